import { type CronJob, defineRule, type Fix, manifest, type Present, removeField } from "#rule";
import { duration } from "./lib/duration.js";
import { due, gapBetweenStarts } from "./lib/ticks.js";

/** In a shorter time hardly anybody looks at a run that failed. */
const hour = 3600;

export default defineRule({
  id: "ttl-vs-history",
  summary: "ttlSecondsAfterFinished deletes the runs of a CronJob before its history limits can keep them.",
  why: `
    A CronJob keeps its last finished Jobs, by default three that succeeded and one that failed. \`ttlSecondsAfterFinished\` in its
    jobTemplate deletes each of them on its own: whatever comes first. With a TTL shorter than the gap between runs, each run is
    gone before the next one ends, also the failed one with the pods and logs that say why.

    The history limits alone bound how many Jobs stay.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits",
    "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
  ],
  falsePositives: "Logs that are collected elsewhere, and a quota on Jobs that leaves no room for finished ones.",

  *cronJob(cronJob, context) {
    const { ttlSecondsAfterFinished: ttl } = cronJob.job;
    const gap = gapBetweenStarts(cronJob, context.schedule(cronJob));
    if (ttl.state !== "present" || !gap || ttl.value >= gap.shortest) return;
    const limit = defeated(cronJob);
    // Advice only where nobody said what is to be kept, and none where the next run soon says the same again.
    if (limit === undefined && (ttl.value >= hour || gap.shortest < hour)) return;
    const isWarning =
      limit?.name === "failedJobsHistoryLimit" && ttl.value < hour && gap.shortest >= hour && cronJob.suspend.value !== true;
    const gone = ttl.value === 0 ? "each finished run is deleted at once" : `each finished run is deleted after ${duration(ttl.value)}`;
    const lost = limit ? `so ${limit.name}: ${String(limit.value)} never keeps one until the next` : "with the logs of one that failed";
    yield {
      at: ttl,
      ...(isWarning ? {} : { severity: "info" }),
      message: `${due(gap)}, and ${gone}, ${lost}; leave this out, the history limits clean up`,
      fix: removal(ttl),
    };
  },

  examples: [
    {
      title: "Five minutes to look at a nightly run",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          failedJobsHistoryLimit: 3
          jobTemplate:
            spec:
              ttlSecondsAfterFinished: 300
        #                              ^^^ due every day, and each finished run is deleted after 5 min, so failedJobsHistoryLimit: 3 never keeps one until the next; leave this out, the history limits clean up
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          failedJobsHistoryLimit: 3
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
    },
  ],
});

interface Limit {
  readonly name: string;
  readonly value: number;
}

/** A limit that somebody wrote, to keep runs. */
function defeated({ failedJobsHistoryLimit: failed, successfulJobsHistoryLimit: successful }: CronJob): Limit | undefined {
  if (failed.state === "present" && failed.value > 0) return { name: "failedJobsHistoryLimit", value: failed.value };
  if (successful.state === "present" && successful.value > 0) return { name: "successfulJobsHistoryLimit", value: successful.value };
  return undefined;
}

function removal(ttl: Present<number>): Fix {
  const title = "remove ttlSecondsAfterFinished; finished runs then stay until the history limits delete them";
  return { title, safe: false, edits: removeField(ttl) };
}
