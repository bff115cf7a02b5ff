import { type ContainerScript, defineRule, manifest, type Pipeline, type ScriptCommand } from "#rule";
import {
  handlesFailures, installs, isTrivial, lastStatus, lostFailures, mayFail, onlyPrepares, turnsErrexitOff,
} from "./lib/script-failures.js";
import { addFlag } from "./lib/shell-options.js";

export default defineRule({
  id: "shell-no-errexit",
  summary: "Without set -e a script goes on after a failure, and only its last command decides whether the Job succeeds.",
  why: `
    A shell takes no notice of a command that fails unless it is told to: it runs the next one, and the script's exit status is
    that of the last. \`migrate; seed; echo done\` is a success whenever \`echo\` is, so the Job is Complete, nothing is tried
    again and nobody is alerted.

    \`set -e\` (or \`sh -ec\`) ends the script at the first command that fails. It does not apply to conditions, to the left side
    of \`&&\` and \`||\`, and to all members of a pipe but the last; for these there is \`set -o pipefail\`.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#set"],
  falsePositives: "Scripts whose first commands may rightly fail.",

  *container(container, context) {
    const script = context.writtenScript(container);
    if (!script?.shell || !script.isWhole) return;
    if (handlesFailures(script) || lastStatus(script) === "always 0" || script.commands.some(turnsErrexitOff)) return;
    const reported = pipesWithLostFailures(script);
    // Of these another rule speaks, with the same remedy.
    const unseen = lostFailures(script).filter(({ where }) => !where.pipe || !reported.has(where.pipe.pipeline));
    const last = script.commands.findLast(({ where }) => !where.isSubstituted);
    const isStrictInTheEnd = last !== undefined && script.isOn("errexit", last.start);
    // What cannot do without the program ends the script then.
    const lost = isStrictInTheEnd ? unseen.filter((command) => !installs(command)) : unseen;
    const [astray] = lost.slice(0, 50).flatMap((command) => deletedAstray(script, command) ?? []);
    const first = lost.find((command) => !onlyPrepares(command)) ?? astray?.cd ?? lost[0];
    if (first?.program === undefined) return;
    const isAstray = first === astray?.cd;
    const isMild = !isAstray && last !== undefined && (isStrictInTheEnd || mayFail(last)) && lost.every(onlyPrepares);
    if (isMild && lost.every(isTrivial)) return;
    const isAnother = last?.name !== undefined && last.name !== first.name && last.start !== first.start;
    const decides = `and ${isAnother ? last.name : "what comes last"} decides whether the Job succeeds`;
    yield {
      at: script.at(first.program),
      ...(isMild ? { severity: "info" } : {}),
      message: isAstray
        ? `when cd fails the script goes on and ${astray.by} deletes in another folder; put set -e first`
        : `when ${first.name ?? "this"} fails the script goes on${isStrictInTheEnd ? ", since set -e comes later" : ` ${decides}`}; put set -e first`,
      fix: { title: "run the shell with -e: the script ends at the first failure", safe: false, edits: addFlag(container, script, "e") },
    };
  },

  examples: [
    {
      title: "A migration whose failure echo hides",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:4.2
                  command: ["sh", "-c", "./migrate up; ./seed; echo done"]
        #                                ^^^^^^^^^ when migrate fails the script goes on and echo decides whether the Job succeeds; put set -e first
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:4.2
                  command: ["sh", "-ec", "./migrate up; ./seed; echo done"]
      `,
    },
  ],
});

/** What a relative path deletes elsewhere when the `cd` before it fails. */
function deletedAstray({ commands }: ContainerScript, cd: ScriptCommand): { readonly cd: ScriptCommand; readonly by: string } | undefined {
  if (cd.name !== "cd") return undefined;
  const behind = commands.slice(commands.indexOf(cd) + 1);
  const next = behind.findIndex(({ name }) => name === "cd");
  const by = (next < 0 ? behind : behind.slice(0, next)).find(deletesHere);
  return by?.name === undefined ? undefined : { cd, by: by.name };
}

function deletesHere({ name, args }: ScriptCommand): boolean {
  if (name === "find") return /^\.\/?$/.test(args[0]?.text ?? "") && args.some(({ text }) => text === "-delete");
  return name === "rm" && args.some(({ lead }) => /^[\w.*]/.test(lead));
}

/** Pipes before whose end something fails unseen. */
function pipesWithLostFailures({ commands, isOn }: ContainerScript): ReadonlySet<Pipeline> {
  const found = new Set<Pipeline>();
  for (const command of commands) {
    const { pipe } = command.where;
    const isLost = pipe !== undefined && pipe.index < pipe.pipeline.commands.length - 1 && mayFail(command);
    if (isLost && !isOn("pipefail", command.start)) found.add(pipe.pipeline);
  }
  return found;
}
