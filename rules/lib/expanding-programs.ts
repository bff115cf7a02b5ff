import type { Container, ContainerScript } from "#rule";

/** Programs that read code, templates or commands in their arguments. */
const expanding = new Set([
  ...["ssh", "su", "sudo", "chroot", "nsenter", "watch", "flock", "parallel", "xargs", "script", "expect", "envsubst", "gomplate", "make"],
  ...["eval", "find", "awk", "gawk", "sed", "perl", "ruby", "node", "php", "jq", "yq", "lua", "tclsh", "groovy", "R", "Rscript"],
  ...["osascript", "powershell", "pwsh", "cmd", "mongosh", "mongo", "confd", "consul-template", "supercronic", "s6-setuidgid", "gosu"],
  ...["runuser", "docker", "helm", "terraform", "ansible"],
]);

const shell = /(?:^|\/)(?:sh|bash|ash|dash|zsh|ksh|fish|csh|busybox|cmd\.exe|pwsh)$/;

/** Whether what looks like shell syntax among a container's words may be read by somebody. */
export function expandsItself({ command, args }: Container, { commands }: ContainerScript): boolean {
  const words = [...(command.value ?? []), ...(args.value ?? [])].map(({ value }) => value ?? "");
  if (words.some((word) => shell.test(word)) && words.some((word) => /^-\w*c$/.test(word))) return true;
  const name = commands[0]?.name ?? "";
  return expanding.has(name) || (/^python[\d.]*$/.test(name) && words.includes("-c")) || /(?:entrypoint|wrapper)/.test(name);
}
