import { type Container, type ContainerScript, defineRule, type Edit, type Field, type Finding, manifest, within } from "#rule";

export default defineRule({
  id: "pipefail-in-dash",
  summary: "set -o pipefail ends the script at once where sh is a dash older than 0.5.12-7.",
  why: `
    In images of Debian and Ubuntu, \`sh\` is dash, and dash knows \`pipefail\` only from Debian's 0.5.12-7 on: Debian 13 has it,
    Debian 12 and Ubuntu 24.04 do not. There \`set -o pipefail\` says "Illegal option -o pipefail" and the shell exits with 2, even
    before \`|| true\`. Every attempt fails in its first second, until \`backoffLimit\` is used up.

    These images also contain bash, which knows it. Where both must work:
    \`(set -o pipefail) 2>/dev/null && set -o pipefail\`.
  `,
  category: "correctness",
  severity: "error",
  references: ["https://tracker.debian.org/pkg/dash", "https://packages.ubuntu.com/noble/dash"],
  falsePositives: "Images of the same name whose sh has been replaced.",

  *container(container, context) {
    const script = context.writtenScript(container);
    const image = script?.shell?.image;
    if (script?.shell?.family !== "dash" || image?.withoutPipefail !== true) return;
    const message = `dash of ${image.system} knows no pipefail and ends the script here with status 2; run it with bash`;
    const fix = withBash(container, script);
    const ofShell = script.shell.flags.pipefail ? wordsOf(container).find((word) => word.value === "pipefail") : undefined;
    if (ofShell) yield { at: ofShell, message, ...fix };
    for (const { name, args, where } of script.commands) {
      if (name !== "set") continue;
      const option = args.find(({ text }, index) => text === "pipefail" && /^-\w*o$/.test(args[index - 1]?.text ?? ""));
      // A subshell ends in place of the script; a branch may be that of other shells.
      if (option && !where.isInSubshell && !where.isSubstituted && !where.isConditional && !where.isDefinition) {
        yield { at: script.at(option), message, ...fix };
        return;
      }
    }
  },

  examples: [
    {
      title: "A script for bash, run by dash",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: backup }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: debian:12-slim
                  command: ["/bin/sh", "-c", "set -eo pipefail; ./load | tee /out/load.log"]
        #                                             ^^^^^^^^ dash of Debian 12 knows no pipefail and ends the script here with status 2; run it with bash
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: backup }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: debian:12-slim
                  command: ["/bin/bash", "-c", "set -eo pipefail; ./load | tee /out/load.log"]
      `,
    },
  ],
});

type Words = readonly Extract<Field<string>, { state: "present" }>[];

function wordsOf({ command, args }: Container): Words {
  return [...(command.value ?? []), ...(args.value ?? [])].flatMap((word) => (word.state === "present" ? [word] : []));
}

function withBash(container: Container, { shell }: ContainerScript): Pick<Finding, "fix"> {
  const sh = wordsOf(container).find(({ value }) => /(?:^|\/)(?:da)?sh$/.test(value));
  if (sh === undefined || shell?.image?.hasBash !== true) return {};
  const edit: Edit = { at: within(sh, sh.value.lastIndexOf("/") + 1, sh.value.length), text: "bash" };
  return { fix: { title: "run the script with bash", safe: false, edits: [edit] } };
}
