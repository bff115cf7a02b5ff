import { defineRule, firesPerDay, manifest } from "#rule";
import { gapBetweenStarts, period } from "./lib/ticks.js";

/** Seconds apart, up to which the start of a pod is a sizeable part of the gap. */
const close = 120;
/** Runs a day: less is a burst, and no steady load. */
const many = 120;

export default defineRule({
  id: "schedule-too-frequent",
  summary: "A run every minute or two keeps the cluster busy with starting pods.",
  why: `
    Every run is a Job and a pod: objects to store, an address, an image to look up, events, a log stream, and all of it to be
    deleted again. A run each minute makes 1440 of them a day, and the start of the pod is a sizeable part of each. The history
    of three successes and one failure covers a few minutes.

    Work that polls is cheaper in a Deployment with a loop of its own.
  `,
  category: "hygiene",
  severity: "info",
  references: [
    "https://github.com/kubernetes/kubernetes/issues/39815",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits",
  ],
  falsePositives: "Small pollers in a small cluster.",

  *cronJob(cronJob, context) {
    const { schedule, suspend } = cronJob;
    if (suspend.state === "unknown" || suspend.value === true) return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    // Below a minute schedule-at-every speaks.
    if (!reading || !gap || gap.tick !== undefined || gap.typical > close) return;
    const runs = Math.round(firesPerDay(reading.schedule));
    if (runs < many) return;
    const often = gap.uniform ? `due every ${period(gap.shortest)}` : `due mostly every ${period(gap.typical)}`;
    const cost = `${String(runs)} Jobs a day, each with a pod to start and to delete`;
    yield { at: schedule, message: `${often}: ${cost}; run it less often, or loop in a Deployment` };
  },

  examples: [
    {
      title: "Every minute",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: queue }
        spec:
          schedule: "* * * * *"
        #           ^^^^^^^^^^^ due every 60 s: 1440 Jobs a day, each with a pod to start and to delete; run it less often, or loop in a Deployment
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 300
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: queue, image: queue:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: queue }
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 300
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: queue, image: queue:1.0 }]
      `,
    },
  ],
});
