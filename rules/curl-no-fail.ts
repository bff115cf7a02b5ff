import { type ContainerScript, defineRule, type Finding, manifest, type ScriptCommand } from "#rule";
import { curlCall, type CurlCall } from "./lib/curl.js";
import { endsRun } from "./lib/script-failures.js";

export default defineRule({
  id: "curl-no-fail",
  summary: "Without -f, curl succeeds whatever status the server answers with.",
  why: `
    For curl a transfer has succeeded when an answer came, be it 404 or 500. A CronJob that calls an address once a night is then
    Complete every night, also in the weeks in which the address does nothing but fail.

    With \`-f\` (\`--fail\`), or \`--fail-with-body\` from curl 7.76 on, curl exits with 22 for 400 and above, the attempt fails, and
    \`backoffLimit\` has it tried again.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://curl.se/docs/manpage.html#-f", "https://curl.se/docs/manpage.html#--fail-with-body"],
  falsePositives: "Calls of which only the body matters and is checked by a program that the script starts later.",

  *container(container, context) {
    const script = context.writtenScript(container);
    for (const command of script?.commands ?? []) {
      const finding = script && command.name === "curl" ? judged(script, command) : undefined;
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "An endpoint called once a night",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: close-day }
        spec:
          schedule: "15 1 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: call
                      image: curlimages/curl:8.9.1
                      args: ["-sS", "-X", "POST", "http://billing/close-day"]
        #                     ^^^ curl succeeds when the server answers with an error such as 404 or 500; add -f so that the run fails
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: close-day }
        spec:
          schedule: "15 1 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: call
                      image: curlimages/curl:8.9.1
                      args: ["-fsS", "-X", "POST", "http://billing/close-day"]
      `,
    },
  ],
});

function judged(script: ContainerScript, command: ScriptCommand): Finding | undefined {
  const call = curlCall(command, script);
  if (!call || call.fails || call.isQuestion || isLookedAt(script, command, call)) return undefined;
  const at = script.at(command.program ?? command.args[0] ?? command);
  const flags = call.shortFlags && script.at({ start: call.shortFlags.start + 1, end: call.shortFlags.start + 1 });
  const end = { source: at.source, start: at.end, end: at.end };
  const edit = flags ? { at: flags, text: "f" } : { at: end, text: " -f" };
  const isWritable = flags !== undefined || (script.shell !== undefined && command.program !== undefined);
  return {
    at,
    message: "curl succeeds when the server answers with an error such as 404 or 500; add -f so that the run fails",
    ...(isWritable ? { fix: { title: "add -f: answers of 400 and above fail the command", safe: false, edits: [edit] } } : {}),
  };
}

/** Somebody reads what comes back, or has said that it may fail. */
function isLookedAt(script: ContainerScript, command: ScriptCommand, call: CurlCall): boolean {
  const { where, redirects } = command;
  const { shell } = script;
  if ((where.isTested && !endsRun(script, command)) || where.isInBackground) return true;
  if (shell === undefined) return false;
  const isWritten = redirects.some(({ operator, target }) => operator.startsWith(">") && target?.lead.startsWith("/dev/") === false);
  // A status that only goes to the log makes nothing fail.
  if (call.printsStatus && (where.isSubstituted || where.isDefinition || where.pipe !== undefined || isWritten)) return true;
  const isKept = call.output !== undefined || redirects.some(({ operator, target }) => operator === ">" && target?.lead !== "/dev/null");
  if (where.isSubstituted) return !isKept;
  const next = where.pipe?.pipeline.commands[where.pipe.index + 1];
  if (next === undefined) return false;
  const words = next.kind === "simple" ? next.words : [];
  const [reader, ...options] = words.map(({ parts: [part] }) => (part?.kind === "text" ? part.value : ""));
  // They fail at a page that tells of an error, which is not what they were promised.
  const isTrusting = reader !== undefined && ["jq", "tee", "cat", "sh", "bash", "head", "tail"].includes(reader);
  return !isTrusting || options.some((word) => /^-\w*e|^--exit-status/.test(word));
}
