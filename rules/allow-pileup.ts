import { type CronJob, defineRule, type Finding, type Fix, insertField, type Job, manifest, replaceValue, type RunTime } from "#rule";
import type { Schedule } from "#rule";
import { suggestedDeadline } from "./lib/deadline.js";
import { duration } from "./lib/duration.js";
import { because, evidencePlaces, longer } from "./lib/evidence.js";
import { fateOf } from "./lib/fate.js";
import { due, gapBetweenStarts, type StartGap } from "./lib/ticks.js";

/** Runs that hang are many before anybody looks: mostly due up to this many seconds apart. */
const frequent = 900;
/** Ticks further apart hardly ever meet a run that hangs: somebody will have looked. */
const rare = 7 * 86_400;

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
    const gap = gapBetweenStarts(cronJob, reading);
    if (!gap || !reading) return;
    const run = context.runTime(job);
    const found = overlapping(cronJob, reading.schedule, gap, run) ?? hanging(cronJob, gap, run);
    if (!found) return;
    const at = policy.state === "present" ? policy : cronJob.schedule;
    yield { at, ...found, ...(suspend.value === true ? { severity: "info" } : {}) };
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
          schedule: "*/30 * * * *"
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
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: queue, image: queue:1.1 }]
      `,
    },
  ],
});

type Said = Omit<Finding, "at">;

function overlapping({ concurrencyPolicy: policy }: CronJob, schedule: Schedule, gap: StartGap, run: RunTime): Said | undefined {
  const name = nameOf(policy);
  if (run.least > gap.shortest) {
    const message = `${due(gap)}, but ${because(run)}: with ${name} ${overlap(schedule, gap, run.least)}`;
    return { message, related: evidencePlaces(run) };
  }
  const why = longer(run, gap.shortest);
  if (why === undefined) return undefined;
  const remedy = `keep runs below ${duration(gap.shortest)}, or use Forbid`;
  return { severity: "info", message: `${due(gap)}, and ${why}: with ${name} long runs overlap; ${remedy}` };
}

function overlap(schedule: Schedule, { uniform, shortest }: StartGap, seconds: number): string {
  if (!Number.isFinite(seconds)) return "every tick adds a run that never ends; let the run end";
  const peak = uniform ? Math.ceil(seconds / shortest) : fateOf(schedule, { policy: "Allow", seconds })?.peak;
  if (peak === undefined) return "runs overlap; use Forbid, or a longer gap";
  return `up to ${String(peak)} runs are active at once; use Forbid, or a longer gap`;
}

/** Nothing bounds a run: a warning where ticks come often, and advice where the default may not even be known. */
function hanging(cronJob: CronJob, gap: StartGap, run: RunTime): Said | undefined {
  const { concurrencyPolicy: policy, job } = cronJob;
  const isFrequent = gap.typical <= frequent;
  if (gap.typical > rare) return undefined;
  if (run.most !== null || !isUnbounded(job) || (policy.value === "Allow" && !isFrequent)) return undefined;
  const result = `${nameOf(policy)} then adds one more at every tick`;
  return {
    ...(isFrequent ? {} : { severity: "info" }),
    message: `${due(gap)}, and nothing ends a run that hangs: ${result}; use Forbid with a deadline`,
    fix: forbid(cronJob, run, gap),
  };
}

function nameOf({ value }: CronJob["concurrencyPolicy"]): string {
  return value === "Allow" ? "Allow" : "the default, Allow,";
}

function isUnbounded({ activeDeadlineSeconds, pod }: Job): boolean {
  return activeDeadlineSeconds.state === "absent" && pod.activeDeadlineSeconds.state === "absent" && pod.spec.state === "present";
}

function forbid({ concurrencyPolicy: policy, spec, job }: CronJob, run: RunTime, { shortest }: StartGap): Fix {
  const isWritten = policy.state === "present";
  const edits = isWritten ? [replaceValue(policy, "Forbid")] : insertField(spec, "concurrencyPolicy", "Forbid", { after: "schedule" });
  const deadline = suggestedDeadline(run, shortest);
  return {
    title: `use Forbid with activeDeadlineSeconds: ${String(deadline)}; a run that takes longer is then killed`,
    safe: false,
    edits: [...edits, ...insertField(job.spec, "activeDeadlineSeconds", deadline, { before: "template" })],
  };
}
