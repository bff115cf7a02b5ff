import { defineRule, insertField, type Job, manifest } from "#rule";
import { duration } from "./lib/duration.js";
import { defaultBackoffLimit, waitBetweenPods } from "./lib/retries.js";

export default defineRule({
  id: "backoff-default-never",
  summary: "With restartPolicy Never and no backoffLimit, a failing Job starts up to seven pods.",
  why: `
    \`backoffLimit\` defaults to 6. With \`restartPolicy: Never\` every attempt is a new pod, so work that fails for good is
    tried seven times, with waits of 10, 20, 40, 80, 160 and 320 seconds in between: more than ten minutes pass before
    the Job counts as failed, and seven failed pods remain. Work that must not be repeated is repeated six times.

    Retries are often right. The advice is to say how many are meant.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/backoff_utils.go",
  ],

  *job(job) {
    const { backoffLimit, backoffLimitPerIndex, podFailurePolicy, spec, pod } = job;
    if (backoffLimit.state !== "absent" || backoffLimitPerIndex.state !== "absent" || podFailurePolicy.state !== "absent") return;
    if (pod.restartPolicy.state !== "present" || pod.restartPolicy.value !== "Never") return;
    const effect = effectOf(job);
    if (effect === undefined) return;
    yield {
      at: pod.restartPolicy,
      message: `backoffLimit is unset and defaults to ${String(defaultBackoffLimit)}: ${effect}; say how many retries are meant`,
      fix: {
        title: `write the default out: backoffLimit: ${String(defaultBackoffLimit)}`,
        safe: true,
        edits: insertField(spec, "backoffLimit", defaultBackoffLimit, { before: "template" }),
      },
    };
  },

  examples: [
    {
      title: "Seven pods by default",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
        spec:
          template:
            spec:
              restartPolicy: Never
        #                    ^^^^^ backoffLimit is unset and defaults to 6: work that keeps failing is tried in up to 7 pods, with 10 min 30 s of waiting in all; say how many retries are meant
              containers:
                - name: migrate
                  image: shop:5.2
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
        spec:
          backoffLimit: 6
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop:5.2
      `,
    },
  ],
});

/** Nothing where a deadline leaves no time for a second pod. */
function effectOf({ activeDeadlineSeconds: deadline, parallelism }: Job): string | undefined {
  const pods = defaultBackoffLimit + 1;
  if (parallelism.state !== "absent" && parallelism.value !== 1) return `the Job fails only with its ${String(pods)}th failed pod`;
  if (deadline.state === "unknown") return `work that keeps failing is tried in up to ${String(pods)} pods`;
  const wait = waitBetweenPods(defaultBackoffLimit);
  if (deadline.value === undefined || deadline.value > wait) {
    return `work that keeps failing is tried in up to ${String(pods)} pods, with ${duration(wait)} of waiting in all`;
  }
  const started = podsStartedIn(deadline.value);
  if (started < 2) return undefined;
  return `work that keeps failing is tried in up to ${String(started)} pods before the deadline of ${duration(deadline.value)}`;
}

function podsStartedIn(seconds: number): number {
  let pods = 1;
  while (waitBetweenPods(pods) < seconds) pods++;
  return pods;
}
