import { defineRule, insertField, type Job, manifest, type RunTime } from "#rule";
import { duration } from "./lib/duration.js";
import { namesHours } from "./lib/hours.js";
import { gapBetweenStarts } from "./lib/ticks.js";

export default defineRule({
  id: "starting-deadline-missing-late-start",
  summary: "Without startingDeadlineSeconds a run that was held back starts at any later time of day.",
  why: `
    When a tick cannot start its run, because the one before still runs under \`Forbid\`, the control plane is down or the CronJob is
    suspended, the latest missed tick is made up for as soon as that is over, hours later if need be. Nightly work then runs at
    eleven in the morning. One run starts, however many ticks were missed.

    For a backup that is right. For work that belongs in the night, \`startingDeadlineSeconds\` says until when it may still start.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],
  falsePositives: "Work that must be made up for, whenever that is.",

  *cronJob(cronJob, context) {
    const { startingDeadlineSeconds: deadline, concurrencyPolicy: policy, spec, job } = cronJob;
    if (deadline.state !== "absent" || policy.value !== "Forbid") return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    if (!gap || reading?.schedule.kind !== "cron" || !namesHours(reading.schedule)) return;
    const isBlocked = mayReach(job, context.runTime(job), gap.shortest);
    const cause = `${isBlocked ? "a long run, " : ""}an outage or a suspension`;
    const effect = `a run held back by ${cause} starts at any later hour`;
    const half = Math.floor(gap.shortest / 2);
    yield {
      at: deadline,
      message: `startingDeadlineSeconds is unset: ${effect}; set how late it may start`,
      fix: {
        title: `set startingDeadlineSeconds: ${String(half)}; a run that is more than ${duration(half)} late is then left out`,
        safe: false,
        edits: insertField(spec, "startingDeadlineSeconds", half, { after: "schedule" }),
      },
    };
  },

  examples: [
    {
      title: "Nightly work",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: reindex }
        spec:
        #^^^ startingDeadlineSeconds is unset: a run held back by an outage or a suspension starts at any later hour; set how late it may start
          schedule: "0 3 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 14400
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: reindex, image: reindex:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: reindex }
        spec:
          schedule: "0 3 * * *"
          startingDeadlineSeconds: 43200
          timeZone: Etc/UTC
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 14400
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: reindex, image: reindex:1.0 }]
      `,
    },
  ],
});

/** Whether a run may still be there at the next tick. */
function mayReach({ activeDeadlineSeconds }: Job, { most }: RunTime, gap: number): boolean {
  return activeDeadlineSeconds.state === "unknown" || most === null || most > gap;
}
