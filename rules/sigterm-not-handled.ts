import { type Container, type ContainerScript, defineRule, flag, type Job, manifest, type ScriptCommand } from "#rule";
import { mayFail, onlyPrepares } from "./lib/script-failures.js";

export default defineRule({
  id: "sigterm-not-handled",
  summary: "A shell as process 1 does not pass SIGTERM on, so the work in it is killed without warning.",
  why: `
    When a pod is to end (a deadline, \`concurrencyPolicy: Replace\`, a node being drained) the kubelet sends SIGTERM to process 1 of each
    container, waits for \`terminationGracePeriodSeconds\`, 30 s by default, and kills what is left. A shell that waits for a command
    does nothing with SIGTERM as process 1, and does not tell the command. So the grace period passes unused, and the work is killed in
    the middle: half a file, a lock that stays.

    \`exec\` before the last command makes it process 1, which bash does by itself; \`trap\` with \`wait\` passes the signal on; \`tini -g\` does it for all. This rule
    only speaks where the manifest itself plans on such an end: with a longer grace period, or under Replace.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    "https://man7.org/linux/man-pages/man7/pid_namespaces.7.html",
  ],
  falsePositives: "Work that may be killed at any time.",

  *container(container, context) {
    const { pod, init } = container;
    if (init || flag(pod.spec, "shareProcessNamespace").state !== "absent" || startsOther(container)) return;
    const reason = reasonIn(pod.job);
    const script = reason && context.script(container);
    const work = script && unwarned(script);
    if (!script || work?.program === undefined || (reason.replaces && !writing.has(work.name ?? ""))) return;
    const isLast = !work.where.isInLoop && !work.where.isInSubshell && script.commands.every(({ start }) => start <= work.start);
    // bash puts the last command in its own place by itself.
    if (isLast && script.shell?.family === "bash" && work.where.pipe === undefined) return;
    const remedy = isLast ? "start it with exec" : "trap the signal there and pass it on";
    yield { at: script.at(work.program), message: `${reason.text}, but the shell does not tell ${work.name ?? "it"} of SIGTERM; ${remedy}` };
  },

  examples: [
    {
      title: "A grace period that nobody uses",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 300
              containers:
                - name: import
                  image: registry.example.com/import:3
                  command: ["sh", "-ec", "echo start; ./import --all"]
        #                                             ^^^^^^^^ the pod has 300 s to end, but the shell does not tell import of SIGTERM; start it with exec
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 300
              containers:
                - name: import
                  image: registry.example.com/import:3
                  command: ["sh", "-ec", "echo start; exec ./import --all"]
      `,
    },
  ],
});

interface Reason {
  readonly text: string;
  readonly replaces: boolean;
}

/** Why the pod may be told to end in the middle of the work. */
function reasonIn({ pod, cronJob }: Job): Reason | undefined {
  const grace = pod.terminationGracePeriodSeconds;
  const seconds = grace.value ?? 30;
  if (grace.state === "unknown") return undefined;
  if (seconds > 30) return { text: `the pod has ${String(seconds)} s to end`, replaces: false };
  if (cronJob?.concurrencyPolicy.value !== "Replace" || seconds <= 0) return undefined;
  return { text: `under Replace the next tick ends a run that is not done within ${String(seconds)} s`, replaces: true };
}

/** What leaves half of something behind. */
const writing = new Set([
  ...["pg_dump", "pg_dumpall", "pg_restore", "pg_basebackup", "mysqldump", "mariadb-dump", "mongodump", "mongorestore", "psql", "mysql"],
  ...["mariadb", "tar", "rsync", "restic", "borg", "rclone", "flyway", "liquibase", "alembic", "etcdctl"],
]);

/** An init that passes signals on, or limits the time itself. */
function startsOther({ command, args }: Container): boolean {
  const starter = /(?:^|\/)(?:tini|dumb-init|catatonit|s6-svscan|timeout|env)$/;
  return [command, args].some((words) => words.value?.some(({ value = "" }) => starter.test(value)));
}

/** The work, when more than one command makes the shell stay and nothing in the script cares for signals. */
function unwarned({ shell, commands }: ContainerScript): ScriptCommand | undefined {
  const own = commands.filter(({ where }) => !where.isSubstituted && !where.isDefinition);
  // A shell starts a single command in its own place.
  const isCaredFor = commands.some(({ name, behind, where }) => name === "trap" || behind.includes("exec") || where.isInBackground);
  if (shell === undefined || own.length < 2 || isCaredFor) return undefined;
  return own.findLast((command) => mayFail(command) && (!onlyPrepares(command) || command.name === "tar") && command.name !== "curl");
}
