import { type ContainerScript, defineRule, type Fact, manifest, type Schedule, type WorkspaceFinding } from "#rule";
import { fingerprint } from "./lib/fingerprint.js";
import { homeOf, inHome } from "./lib/home.js";

/** What a CronJob does, and when. */
interface Work {
  readonly home: string;
  readonly schedule: string;
  /** Two schedules that are due at the same times share it. */
  readonly times: string;
  readonly zone: string;
  /** Two that are equal do the same. */
  readonly pod: string;
}

export default defineRule({
  id: "duplicate-cronjob-same-work",
  summary: "Two CronJobs do the same work at the same times.",
  why: `
    A CronJob that was renamed, or copied as a start for another, leaves two that run the same image with the same arguments, settings
    and volumes by the same schedule: each backup is made twice, each mail sent twice, and both runs meet every time. After a
    renaming nothing removes the old one from the cluster, unless the tool that applies the manifests prunes.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#job-creation",
    "https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-to-delete-objects",
  ],
  falsePositives: "Programs that take a share of the work each, and know which by the name of their pod.",

  *facts(workload, context) {
    if (workload.kind !== "CronJob" || workload.suspend.value === true || workload.suspend.state === "unknown") return;
    const home = homeOf(workload);
    const { schedule, metadata, job } = workload;
    const { mapping } = job.pod.spec;
    const reading = context.schedule(workload);
    if (home === undefined || metadata.name.state !== "present" || schedule.state !== "present" || !reading || !mapping) return;
    const pod = fingerprint(mapping);
    if (pod === undefined || job.pod.written.every((container) => isDemo(context.script(container)))) return;
    const said = { schedule: schedule.value.trim().replace(/\s+/g, " "), times: timesOf(reading.schedule) };
    yield { at: metadata.name, data: { home, ...said, zone: sameZone(reading.zone), pod } };
  },

  *workspace(facts: readonly Fact<Work>[]) {
    const seen = new Map<string, Fact<Work>>();
    for (const fact of facts) {
      const { home, times, zone, pod } = fact.data;
      const key = JSON.stringify([home, times, zone, pod]);
      const first = seen.get(key);
      // The same name twice is one of two variants.
      if (first && first.object.name === fact.object.name) continue;
      if (first) yield duplicate(fact, first);
      else seen.set(key, fact);
    }
  },

  examples: [
    {
      title: "Renamed, and the old one still there",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: db-backup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - { name: backup, image: backup:1.4, args: [--to, s3://backups/db] }
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: postgres-backup }
        #                 ^^^^^^^^^^^^^^^ CronJob db-backup does the same work by the same schedule, "20 3 * * *", so each run is made twice; remove one of them
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - { name: postgres-backup, image: backup:1.4, args: [--to, s3://backups/db] }
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: postgres-backup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - { name: postgres-backup, image: backup:1.4, args: [--to, s3://backups/db] }
      `,
    },
  ],
});

/** Commands that do no work. */
const idle: ReadonlySet<string | undefined> = new Set(["echo", "printf", "date", "sleep", "true", ":", "hostname", "exit", "uname"]);

/** Tutorials run many CronJobs that say hello. */
function isDemo(script: ContainerScript | undefined): boolean {
  return script?.commands.every(({ name }) => idle.has(name)) === true;
}

/** `@daily` and `0 0 * * *` are due at the same times. */
function timesOf(schedule: Schedule): string {
  if (schedule.kind === "every") return `every ${String(schedule.seconds)}`;
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule;
  const isEither = !dayOfMonth.star && !dayOfWeek.star;
  return [minute, hour, dayOfMonth, month, dayOfWeek].map(({ values }) => values.join()).join(isEither ? " | " : " ");
}

function sameZone(zone: string): string {
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal)$/.test(zone) ? "Etc/UTC" : zone;
}

function duplicate(fact: Fact<Work>, first: Fact<Work>): WorkspaceFinding<Work> {
  const name = first.object.name ?? "";
  const { schedule, home } = fact.data;
  const there = first.data.schedule === schedule ? "" : ` ("${first.data.schedule}" there)`;
  const same = `CronJob ${name} does the same work${inHome(home)} by the same schedule, "${schedule}"${there}`;
  const message = `${same}, so each run is made twice; remove one of them`;
  return { fact, message, related: [{ fact: first, message: `${name} does the same` }] };
}
