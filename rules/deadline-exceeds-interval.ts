import { defineRule, type Finding, type Fix, manifest, type Present, replaceValue, type RunTime, type Schedule } from "#rule";
import { duration } from "./lib/duration.js";
import { fateOf } from "./lib/fate.js";
import { due, gapBetweenStarts, type StartGap } from "./lib/ticks.js";

/** Seconds: runs further apart than this hardly pile up. */
const day = 86_400;

export default defineRule({
  id: "deadline-exceeds-interval",
  summary: "An activeDeadlineSeconds longer than the gap lets runs overlap under Allow, and never counts under Replace.",
  why: `
    Under \`Allow\` each tick starts a run, and only the deadline ends one that hangs. When the deadline is longer than the gap, several
    are active at once on a bad day, and they make it worse. Under \`Replace\` the next tick deletes a run before such a
    deadline can end it, so no run ever fails by it.

    Under \`Forbid\` a deadline longer than the gap is usual: the next run waits, and nothing piles up.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
  ],
  falsePositives: "Runs that may overlap, because each works on something of its own.",

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, job, suspend } = cronJob;
    const deadline = job.activeDeadlineSeconds;
    if (deadline.state !== "present" || policy.state === "unknown") return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    if (!reading || !gap || gap.tick !== undefined || deadline.value <= gap.shortest) return;
    const run = context.runTime(job);
    const isAllowed = ["", "Allow"].includes(policy.value ?? "");
    const found = isAllowed ? allowed(deadline, reading.schedule, gap, run) : policy.value === "Replace" && replaced(deadline, gap);
    if (found) yield { ...found, ...(suspend.value === true ? { severity: "info" } : {}) };
  },

  examples: [
    {
      title: "Half an hour, every ten minutes",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: scan }
        spec:
          schedule: "*/10 * * * *"
          concurrencyPolicy: Allow
          jobTemplate:
            spec:
              activeDeadlineSeconds: 1800
        #                            ^^^^ due every 10 min: up to 3 runs that hang are active at once before this deadline of 30 min ends the first; set it below the gap, or use Forbid
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: scan, image: scan:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: scan }
        spec:
          schedule: "*/10 * * * *"
          concurrencyPolicy: Allow
          jobTemplate:
            spec:
              activeDeadlineSeconds: 540
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: scan, image: scan:1.0 }]
      `,
    },
  ],
});

/** Only where it can never count; with uneven gaps it may after the long ones. */
function replaced(deadline: Present<number>, gap: StartGap): Finding | undefined {
  if (deadline.value <= gap.longest) return undefined;
  const result = `under Replace the next tick ends a run before this deadline of ${duration(deadline.value)} can`;
  const message = `${due(gap)}: ${result}; set it below the gap, or use Forbid`;
  return { at: deadline, severity: "info", message, fix: lower(deadline, gap) };
}

function allowed(deadline: Present<number>, schedule: Schedule, gap: StartGap, run: RunTime): Finding | undefined {
  // Runs that are known to end before the next tick never come near it; those that certainly do not are told of by allow-pileup.
  if (run.most === null || run.most <= gap.shortest || run.least > gap.shortest) return undefined;
  const { value: seconds } = deadline;
  const peak = gap.uniform ? Math.ceil(seconds / gap.shortest) : (fateOf(schedule, { policy: "Allow", seconds })?.peak ?? 2);
  const result = `up to ${String(peak)} runs that hang are active at once before this deadline of ${duration(seconds)} ends the first`;
  const message = `${due(gap)}: ${result}; set it below the gap, or use Forbid`;
  return { at: deadline, ...(gap.typical < day ? {} : { severity: "info" }), message, fix: lower(deadline, gap) };
}

/** Nine tenths of the gap leave the pods time to end. */
function lower(deadline: Present<number>, { shortest }: StartGap): Fix {
  const seconds = Math.floor(shortest * 0.9);
  const title = `set activeDeadlineSeconds: ${String(seconds)}; a run that takes longer is then killed`;
  return { title, safe: false, edits: [replaceValue(deadline, seconds)] };
}
