import { type CronJob, defineRule, type Field, type Finding, type Fix, manifest, type Present, replaceValue } from "#rule";

/** More than this many finished runs nobody looks through. */
const many = 10;

export default defineRule({
  id: "history-limits-extreme",
  summary: "The history limits keep no failed run, or very many.",
  why: `
    With \`failedJobsHistoryLimit: 0\` a failed Job is deleted as soon as the controller sees it, with its pods and their logs.
    Nobody can look at what went wrong, and alerts that count failed Jobs have nothing to count.

    High limits keep as many Jobs and all their pods: lists that nobody can read, load on the API server, and an alert for
    each failed Job that is kept.
  `,
  category: "hygiene",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits"],
  options: {
    limit: { type: "integer", default: many, minimum: 1, description: "The most finished Jobs that a CronJob may keep of each sort." },
  },

  *cronJob(cronJob, context) {
    const { failedJobsHistoryLimit: failed, successfulJobsHistoryLimit: successful } = cronJob;
    if (failed.state === "present" && failed.value === 0) {
      yield { at: failed, message: "no failed run is kept: its Job, pods and logs go at once; keep at least 1", fix: setTo(failed, 1) };
    }
    const shortLived = keptAtMost(cronJob, context.schedule(cronJob)?.gap?.shortest);
    for (const [limit, sort, usual] of [[failed, "failed", 1], [successful, "successful", 3]] as const) {
      yield* tooMany(limit, sort, usual, { most: context.options.limit, shortLived });
    }
  },

  examples: [
    {
      title: "No failed run is kept",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          successfulJobsHistoryLimit: 3
          failedJobsHistoryLimit: 0
        #                         ^ no failed run is kept: its Job, pods and logs go at once; keep at least 1
          jobTemplate:
            spec:
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
          successfulJobsHistoryLimit: 3
          failedJobsHistoryLimit: 1
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

/** Finished Jobs that a TTL leaves at any time; any number without one. */
function keptAtMost({ job: { ttlSecondsAfterFinished: ttl } }: CronJob, gap: number | undefined): number {
  if (ttl.state === "unknown") return 0;
  return ttl.value === undefined || gap === undefined ? Infinity : Math.ceil((ttl.value + 1) / Math.max(gap, 60));
}

interface Bounds {
  readonly most: number;
  readonly shortLived: number;
}

function* tooMany(limit: Field<number>, sort: string, usual: number, { most, shortLived }: Bounds): Iterable<Finding> {
  if (limit.state !== "present" || limit.value <= most || shortLived <= most) return;
  yield {
    at: limit,
    severity: "info",
    message: `up to ${String(limit.value)} ${sort} Jobs are kept, each with its pods; a few are enough to look at`,
    fix: setTo(limit, usual),
  };
}

function setTo(limit: Present<number>, value: number): Fix {
  return { title: `keep ${String(value)}, the default`, safe: false, edits: [replaceValue(limit, value)] };
}
