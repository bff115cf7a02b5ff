import { type ContainerScript, defineRule, type Finding, manifest, type ScriptCommand } from "#rule";
import { alternatives, type Alternative } from "./lib/alternatives.js";
import { handlesFailures, isSuccess, lastStatus, lostFailures, mayFail, turnsErrexitOff, wayOut } from "./lib/script-failures.js";

export default defineRule({
  id: "failure-swallowed",
  summary: "A script that ends in || true, exit 0 or the like is a success whatever happens in it.",
  why: `
    The only thing that Kubernetes learns from a run is its exit status. \`|| true\` behind the last command, \`exit 0\` at the end
    of a script without \`set -e\`, or \`trap 'exit 0' EXIT\` make it 0 for good: every Job is Complete, no attempt is repeated,
    and \`backoffLimit\`, \`failedJobsHistoryLimit\` and alerts on failed Jobs never come into play.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy"],
  falsePositives: "Work that is meant to be tried once, and whose failure matters to nobody.",

  *container(container, context) {
    const script = context.writtenScript(container);
    if (!script?.shell || handlesFailures(script)) return;
    const plain = script.commands.filter((one) => isPlain(one) && mayFail(one));
    if (script.isWhole) {
      yield* successAtTheEnd(script, plain);
      yield* turnedOff(script);
      yield* triesInVain(script);
    }
    for (const one of alternatives(script)) {
      const finding = judged(script, one, plain);
      if (finding) yield finding;
    }
    for (const command of script.commands) if (command.name === "trap") yield* trapped(script, command);
  },

  examples: [
    {
      title: "A backup that cannot fail",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: restic/restic:0.17.3
                      command: ["sh", "-c", "restic backup /data || true"]
        #                                                        ^^^^^^^ || true makes the run a success also when restic fails; leave it out
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: restic/restic:0.17.3
                      command: ["sh", "-c", "restic backup /data"]
      `,
    },
  ],
});

function isPlain({ where: { isTested, isSubstituted, isDefinition } }: ScriptCommand): boolean {
  return !isTested && !isSubstituted && !isDefinition;
}

function* successAtTheEnd(script: ContainerScript, plain: readonly ScriptCommand[]): Iterable<Finding> {
  const end = script.commands.findLast(isSuccess);
  const first = plain.find(({ start }) => !script.isOn("errexit", start));
  if (end === undefined || first === undefined || lastStatus(script) !== "always 0") return;
  const what = end.name === "exit" ? "exit 0" : (end.name ?? "this");
  const message = `${what} at the end makes every run a success, also when ${first.name ?? "a command"} fails; leave it out and put set -e first`;
  yield { at: script.at(end), message };
}

function* turnedOff(script: ContainerScript): Iterable<Finding> {
  const off = script.commands.findLast(turnsErrexitOff);
  const first = off && lostFailures(script).find(({ start }) => start > off.start);
  if (off === undefined || first === undefined || lastStatus(script) === "always 0") return;
  yield { at: script.at(off), message: `after set +e the script goes on when ${first.name ?? "a command"} fails; leave it out, or ask for $? behind it` };
}

/** `for i in 1 2 3; do ./load && break; sleep 5; done`: after the last round comes nothing that fails. */
function* triesInVain(script: ContainerScript): Iterable<Finding> {
  const last = script.tree?.statements.at(-1)?.command;
  if (last?.kind !== "for" && last?.kind !== "arithmetic-for") return;
  const rest = last.body.at(-1);
  const end = rest?.command.kind === "simple" ? script.commands.find(({ start }) => start === rest.start) : undefined;
  if (end === undefined || !["sleep", "echo", "printf", "true", ":", "date"].includes(end.name ?? "")) return;
  const tried = script.commands.find((one) => one.start >= last.start && isPlain(one) && mayFail(one) && wayOut(script, one) !== undefined);
  const out = tried && wayOut(script, tried);
  if (tried?.program === undefined || (out?.name !== "break" && out?.name !== "exit")) return;
  const remedy = out.name === "exit" ? "put exit 1 behind the loop" : "write exit 0 for break, and exit 1 behind the loop";
  yield { at: script.at(tried.program), message: `the run succeeds also when ${tried.name ?? "this"} fails in every round; ${remedy}` };
}

function judged(script: ContainerScript, one: Alternative, plain: readonly ScriptCommand[]): Finding | undefined {
  const { guarded, fallback, isLast, extent } = one;
  const main = guarded.findLast(mayFail);
  if (main === undefined || fallback.some((command) => !isSoft(command)) || guarded.some(takesAway)) return undefined;
  const others = plain.filter((command) => !fallback.includes(command));
  const isNotice = (main.name === "curl" || main.name === "wget") && others.length > 0;
  const decides = script.isWhole && (isLast || others.length === 0);
  if (isNotice || (!decides && !isWork(main))) return undefined;
  const what = one.text.length <= 24 ? one.text : "the right side of ||";
  const name = main.name ?? "the command";
  const isNothing = fallback.length === 1 && fallback.every(isSuccess);
  if (!decides) {
    return {
      at: script.at(extent),
      severity: "info",
      message: `${what} lets the script go on when ${name} fails, as if it had succeeded; leave it out if that matters`,
    };
  }
  return {
    at: script.at(extent),
    message: `${what} makes the run a success also when ${name} fails; ${isNothing ? "leave it out" : "end with exit 1 there"}`,
    ...(isNothing ? { fix: removal(script, one) } : {}),
  };
}

function removal(script: ContainerScript, { extent, guardedEnd }: Alternative): NonNullable<Finding["fix"]> {
  const { source, end } = script.at(extent);
  const { start } = script.at({ start: guardedEnd, end: extent.end });
  return { title: "take it away: the run fails when the command does", safe: false, edits: [{ at: { source, start, end }, text: "" }] };
}

/** It neither fails nor does the work in another way. */
function isSoft(command: ScriptCommand): boolean {
  if (isSuccess(command)) return true;
  return ["echo", "printf", "logger", "date", "sleep", "continue"].includes(command.name ?? "");
}

/** What is gone already cannot be taken away, and that is no failure; so with what is there already. */
function takesAway({ name, args }: ScriptCommand): boolean {
  return gentle.has(name ?? "") || args.some(({ lead }) => gentleWords.test(lead));
}

const gentle = new Set([
  ...["rm", "rmdir", "kill", "pkill", "killall", "umount", "grep", "egrep", "diff", "mkdir", "ln"],
  ...["createdb", "dropdb", "useradd", "adduser", "groupadd"],
]);

const gentleWords = /^(?:delete|remove|rm|rb|drop|destroy|unlink|uninstall|unlock|logout|stop|create|mb|init)\b/i;

/** Programs that are called for their result. */
const work = new Set([
  ...["pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump", "mongodump", "pg_restore", "mongorestore", "psql", "mysql", "mariadb"],
  ...["restic", "borg", "aws", "gsutil", "rclone", "rsync", "scp", "tar", "python", "python3", "node", "php", "java", "ruby", "rake"],
  ...["make", "flyway", "liquibase", "alembic"],
]);

function isWork({ name }: ScriptCommand): boolean {
  return work.has(name ?? "");
}

function* trapped(script: ContainerScript, command: ScriptCommand): Iterable<Finding> {
  const [action, ...signals] = command.args;
  const signal = signals.find(({ text }) => /^(?:EXIT|ERR|0)$/.test(text ?? ""));
  if (signal === undefined || action?.text === undefined || !/(?:^|[;\s])exit\s+0\s*;?\s*$/.test(action.text)) return;
  const when = signal.text === "ERR" ? "any failure" : "every end of the script";
  yield { at: script.at(command), message: `this trap turns ${when} into a success; let it exit with the status it finds` };
}
