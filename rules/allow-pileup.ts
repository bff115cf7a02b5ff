import { type CronJob, defineRule, type Finding, insertField, type Job, manifest, replaceValue, type ScheduleReading } from "#rule";
import { duration } from "./lib/duration.js";
import { because, evidencePlaces } from "./lib/evidence.js";

/** Up to this gap, in seconds, a run that hangs has dozens of others beside it before anybody looks. */
const frequent = 300;

export default defineRule({
  id: "allow-pileup",
  summary: "Under concurrencyPolicy Allow, runs that are slow or hang pile up.",
  why: `
    \`Allow\`, the default, starts a run at every tick, whether the one before has ended or not. When runs take longer than
    the gap, several are always active at once and do the same work on the same data. When runs hang, because a database is
    locked or a pod cannot start, every tick adds another one, until quota, nodes or connections are used up.

    \`Forbid\` with a deadline, or a deadline shorter than the gap, bounds them.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],
  outranks: ["no-active-deadline"],
  falsePositives: "Short work that cannot hang, which the manifest does not show.",

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, job, suspend } = cronJob;
    if (policy.state === "unknown" || !["", "Allow"].includes(policy.value ?? "")) return;
    const reading = context.schedule(cronJob);
    if (!reading?.gap) return;
    const run = context.runTime(job);
    const suspended = suspend.value === true ? ({ severity: "info" } as const) : {};
    const common = { at: policy.state === "present" ? policy : cronJob.schedule, ...suspended, ...forbid(cronJob) };
    const name = policy.state === "present" ? "Allow" : "the default, Allow,";
    if (run.least > reading.gap.shortest) {
      yield { ...common, message: `${due(reading)}, but ${because(run)}: ${overlap(name, reading, run.least)}`, related: evidencePlaces(run) };
    } else if (reading.gap.shortest <= frequent && run.most === null && isUnbounded(job)) {
      yield { ...common, message: `${due(reading)}, and nothing ends a run that hangs: ${name} then adds one more at every tick; use Forbid with a deadline` };
    }
  },

  examples: [
    {
      title: "A run longer than the gap",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: export
          annotations:
            kronlint/expected-runtime: 20m
        spec:
          schedule: "*/15 * * * *"
        #           ^^^^^^^^^^^^^^ due every 15 min, but a run is expected to take 20m (line 6): with the default, Allow, up to 2 runs are active at once; use Forbid, or a longer gap
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: export, image: export:4.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: export
          annotations:
            kronlint/expected-runtime: 20m
        spec:
          schedule: "*/15 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: export, image: export:4.0 }]
      `,
    },
    {
      title: "Every minute, without a bound",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: queue
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Allow
        #                    ^^^^^ due every 60 s, and nothing ends a run that hangs: Allow then adds one more at every tick; use Forbid with a deadline
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: queue, image: queue:1.1 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: queue
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: queue, image: queue:1.1 }]
      `,
    },
  ],
});

function due({ gap }: ScheduleReading): string {
  if (!gap) return "";
  return gap.uniform ? `due every ${duration(gap.shortest)}` : `due as little as ${duration(gap.shortest)} apart`;
}

function overlap(name: string, { gap }: ScheduleReading, seconds: number): string {
  if (!Number.isFinite(seconds)) return `with ${name} every tick adds a run that never ends; let the run end`;
  const together = Math.ceil(seconds / (gap?.shortest ?? seconds));
  return `with ${name} up to ${String(together)} runs are active at once; use Forbid, or a longer gap`;
}

function isUnbounded({ activeDeadlineSeconds, pod }: Job): boolean {
  return activeDeadlineSeconds.state === "absent" && pod.activeDeadlineSeconds.state === "absent" && pod.spec.state === "present";
}

function forbid({ concurrencyPolicy: policy, spec }: CronJob): Pick<Finding, "fix"> {
  const edits = policy.state === "present" ? [replaceValue(policy, "Forbid")] : insertField(spec, "concurrencyPolicy", "Forbid", { after: "schedule" });
  return { fix: { title: "use Forbid: the next run then starts when this one has ended", safe: false, edits } };
}
