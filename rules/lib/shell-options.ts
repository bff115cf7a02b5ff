import { type Container, type ContainerScript, type Edit, type Field, within } from "#rule";

/** Writes a letter into the flags before the script: `-c` becomes `-ec`. Nothing where the flags stand otherwise. */
export function addFlag({ command, args }: Container, { shell }: ContainerScript, letter: string): readonly Edit[] {
  const words: readonly Field<string>[] = [...(command.value ?? []), ...(args.value ?? [])];
  const flags = words[words.findIndex((word) => word === shell?.script) - 1];
  if (flags?.state !== "present" || !/^-[a-z]*c$/.test(flags.value)) return [];
  const { source, start } = within(flags, 1, 1);
  return [{ at: { source, start, end: start }, text: letter }];
}

/** Writes a command before all others of the script. */
export function putFirst({ shell, at }: ContainerScript, command: string): readonly Edit[] {
  if (shell?.script.node.kind !== "scalar") return [];
  const { source, start } = at({ start: 0, end: 1 });
  const isBlock = shell.script.node.style === "literal";
  const indent = start - (source.text.lastIndexOf("\n", start - 1) + 1);
  const lineEnd = source.text[source.text.indexOf("\n", start) - 1] === "\r" ? "\r\n" : "\n";
  return [{ at: { source, start, end: start }, text: isBlock ? `${command}${lineEnd}${" ".repeat(indent)}` : `${command}; ` }];
}

/** How to have pipefail in this script, as a remedy: `put set -eo pipefail first`. */
export function pipefailRemedy({ shell, isOn }: ContainerScript, offset: number): string {
  const set = isOn("errexit", offset) ? "set -o pipefail" : "set -eo pipefail";
  if (shell?.family === "dash") return `run the script with bash and put ${set} first`;
  return shell?.family === undefined ? `put ${set} first, with bash if sh is dash` : `put ${set} first`;
}
