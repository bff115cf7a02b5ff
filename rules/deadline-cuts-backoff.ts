import { defineRule, type Fix, type Job, manifest, type Present, replaceValue, waitsBetweenPods, waitsBetweenRestarts } from "#rule";
import { duration } from "./lib/duration.js";

export default defineRule({
  id: "deadline-cuts-backoff",
  summary: "activeDeadlineSeconds ends the Job before backoffLimit can be reached.",
  why: `
    The deadline counts from the start of the Job and covers the waits between attempts: 10 s after the first failed pod,
    then doubled up to 10 min. Where these waits alone are longer than the deadline, the last attempts never start, however
    quickly each one fails. The Job then fails with \`DeadlineExceeded\`, which hides that every attempt failed.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/backoff_utils.go",
  ],
  falsePositives: "A deadline that is meant to come first, with a backoffLimit that is only there to be large enough.",

  *job(job) {
    const { activeDeadlineSeconds: deadline, backoffLimit, pod } = job;
    if (deadline.state !== "present" || backoffLimit.state !== "present" || !isOneByOne(job)) return;
    const attempts = attemptsOf(pod.restartPolicy.value, backoffLimit.value);
    // A deadline of 0 fails the Job at once, which is another mistake.
    if (!attempts || deadline.value < 1 || attempts.waits(attempts.most) < deadline.value) return;
    let started = 1;
    while (attempts.waits(started + 1) < deadline.value) started++;
    const limit = attempts.limitFor(started);
    const all = `${String(attempts.most)} attempts that backoffLimit ${String(backoffLimit.value)} allows`;
    const waits = `${duration(attempts.waits(attempts.most))} of waiting between them`;
    yield {
      at: deadline,
      message: `this ends the Job before ${ordinal(started + 1)} of the ${all}, which take ${waits}; lower backoffLimit to ${String(limit)}, or allow more time`,
      related: [{ at: backoffLimit, message: `backoffLimit ${String(backoffLimit.value)}` }],
      fix: lowered(backoffLimit, limit),
    };
  },

  examples: [
    {
      title: "Five minutes for seven attempts",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          backoffLimit: 6
          activeDeadlineSeconds: 300
        #                        ^^^ this ends the Job before the 6th of the 7 attempts that backoffLimit 6 allows, which take 10 min 30 s of waiting between them; lower backoffLimit to 4, or allow more time
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.3
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          backoffLimit: 4
          activeDeadlineSeconds: 300
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.3
      `,
    },
  ],
});

/** Several pods at once, or successes in between, make the waits another matter; a policy may not count some failures. */
function isOneByOne({ parallelism, completions, backoffLimitPerIndex, podFailurePolicy, suspend }: Job): boolean {
  const isSingle = [parallelism, completions].every((count) => count.state === "absent" || count.value === 1);
  return isSingle && backoffLimitPerIndex.state === "absent" && podFailurePolicy.state === "absent" && suspend.value !== true;
}

interface Attempts {
  readonly most: number;
  /** Seconds of waiting before the last of so many attempts starts. */
  readonly waits: (attempts: number) => number;
  readonly limitFor: (attempts: number) => number;
}

/** With Never, a pod more than the limit; with OnFailure, as many attempts in one pod. */
function attemptsOf(restartPolicy: string | undefined, limit: number): Attempts | undefined {
  if (limit < 1 || limit > 1000) return undefined;
  if (restartPolicy === "Never")
    return { most: limit + 1, waits: (attempts) => waitsBetweenPods(attempts - 1), limitFor: (attempts) => attempts - 1 };
  // The wait before the restart at which the Job fails would be cut too.
  const waits = (attempts: number): number => waitsBetweenRestarts(attempts - 1);
  if (restartPolicy === "OnFailure") return { most: limit, waits, limitFor: (attempts) => Math.max(1, attempts - 1) };
  return undefined;
}

function lowered(backoffLimit: Present<number>, limit: number): Fix {
  const title = `set backoffLimit: ${String(limit)}, so that the Job fails when the last attempt that fits has failed`;
  return { title, safe: false, edits: [replaceValue(backoffLimit, limit)] };
}

function ordinal(number: number): string {
  const ending = number % 100 > 10 && number % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `the ${String(number)}${ending}`;
}
