import { defineRule, type Finding, insertField, type Job, manifest } from "#rule";
import { duration } from "./lib/duration.js";
import { defaultBackoffLimit, waitBetweenPods } from "./lib/retries.js";

export default defineRule({
  id: "deadline-on-pod-level",
  summary: "activeDeadlineSeconds in the pod template ends one attempt, not the Job.",
  why: `
    The field exists twice. In the pod template it kills the pod, which the Job counts as one failure and retries, up to
    \`backoffLimit\` times; its clock starts when a node has taken the pod, so waiting for a node is not covered. In the
    Job's spec it covers everything from the start of the Job and ends it for good.

    A limit per attempt can be meant. Then both are wanted.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup"],
  outranks: ["no-active-deadline"],

  *job(job) {
    const { activeDeadlineSeconds: own, backoffLimit, backoffLimitPerIndex, podFailurePolicy, pod, cronJob } = job;
    const perPod = pod.activeDeadlineSeconds;
    if (own.state !== "absent" || perPod.state !== "present" || perPod.value < 1) return;
    if (backoffLimitPerIndex.state !== "absent" || podFailurePolicy.state !== "absent") return;
    const retries = backoffLimit.state === "unknown" ? undefined : (backoffLimit.value ?? defaultBackoffLimit);
    const bounded = retries === 0 || cronJob?.concurrencyPolicy.value === "Replace";
    yield {
      at: perPod,
      ...(bounded ? { severity: "info" } : {}),
      message: `${consequence(job, perPod.value, retries)}; set activeDeadlineSeconds in the Job's spec`,
      ...fixFor(job, perPod.value, retries),
    };
  },

  examples: [
    {
      title: "Retried six times",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: sync
        spec:
          schedule: "0 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              template:
                spec:
                  activeDeadlineSeconds: 600
        #                                ^^^ this ends one pod, not the Job: with backoffLimit 6 a run that hangs takes 7 pods of 10 min each and 10 min 30 s between them; set activeDeadlineSeconds in the Job's spec
                  restartPolicy: Never
                  containers:
                    - name: sync
                      image: sync:3.0
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: sync
        spec:
          schedule: "0 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 5250
              template:
                spec:
                  activeDeadlineSeconds: 600
                  restartPolicy: Never
                  containers:
                    - name: sync
                      image: sync:3.0
      `,
    },
  ],
});

/** Several pods may hang at once or one after another: what they take together is not known. */
function isSingle({ completions, parallelism }: Job): boolean {
  return [completions, parallelism].every((count) => count.state !== "unknown" && (count.value ?? 1) === 1);
}

/** A pod past its deadline has failed under either restartPolicy, so the Job starts backoffLimit + 1 of them. */
function consequence(job: Job, seconds: number, retries: number | undefined): string {
  if (retries === undefined) return "this ends one pod, not the Job, which starts the next up to backoffLimit times";
  if (retries === 0) return "this clock starts when a node has taken the pod: a pod that waits for a node has no limit";
  if (!isSingle(job)) return `this ends one pod, not the Job, which fails only when ${String(retries + 1)} pods have failed`;
  const wait = duration(waitBetweenPods(retries));
  const pods = `${String(retries + 1)} pods of ${duration(seconds)} each and ${wait} between them`;
  return `this ends one pod, not the Job: with backoffLimit ${String(retries)} a run that hangs takes ${pods}`;
}

/** A minute per pod is for starting it. */
function fixFor(job: Job, seconds: number, retries = Infinity): Pick<Finding, "fix"> {
  if (retries > 100 || !isSingle(job)) return {};
  const total = (retries + 1) * (seconds + 60) + waitBetweenPods(retries);
  return {
    fix: {
      title: `add activeDeadlineSeconds: ${String(total)} to the Job's spec, which leaves room for all attempts`,
      safe: false,
      edits: insertField(job.spec, "activeDeadlineSeconds", total, { before: "template" }),
    },
  };
}
