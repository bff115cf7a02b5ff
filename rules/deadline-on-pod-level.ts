import { defineRule, insertField, type Job, manifest } from "#rule";
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
    const { activeDeadlineSeconds: own, pod, spec } = job;
    const perPod = pod.activeDeadlineSeconds;
    if (own.state !== "absent" || perPod.state !== "present" || perPod.value < 1) return;
    const attempts = attemptsOf(job);
    const total = attempts && attempts * perPod.value + waitBetweenPods(attempts - 1);
    yield {
      at: perPod,
      message: `this ends one pod, not the Job: ${consequence(perPod.value, attempts)}; set activeDeadlineSeconds in the Job's spec`,
      ...(total === undefined
        ? {}
        : {
            fix: {
              title: `add activeDeadlineSeconds: ${String(total + 60)} to the Job's spec, which leaves room for all attempts`,
              safe: false,
              edits: insertField(spec, "activeDeadlineSeconds", total + 60, { before: "template" }),
            },
          }),
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
        #                                ^^^ this ends one pod, not the Job: with backoffLimit 6 a run that hangs takes 7 pods of 10 min and 10 min 30 s of waiting; set activeDeadlineSeconds in the Job's spec
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
              activeDeadlineSeconds: 4890
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

/** A pod past its deadline has failed under either restartPolicy, so the Job starts backoffLimit + 1 of them. */
function attemptsOf({ backoffLimit, backoffLimitPerIndex, podFailurePolicy, completions, parallelism }: Job): number | undefined {
  if (backoffLimitPerIndex.state !== "absent" || podFailurePolicy.state !== "absent") return undefined;
  if ([completions, parallelism].some((count) => count.state === "unknown" || (count.value ?? 1) > 1)) return undefined;
  if (backoffLimit.state === "unknown") return undefined;
  const limit = backoffLimit.value ?? defaultBackoffLimit;
  return limit <= 100 ? limit + 1 : undefined;
}

function consequence(seconds: number, attempts: number | undefined): string {
  if (attempts === undefined) return "the Job counts a failure and starts the next";
  if (attempts === 1) return "waiting for a node is not covered";
  const wait = duration(waitBetweenPods(attempts - 1));
  return `with backoffLimit ${String(attempts - 1)} a run that hangs takes ${String(attempts)} pods of ${duration(seconds)} and ${wait} of waiting`;
}
