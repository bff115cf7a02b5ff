import { type Context, defineRule, type Field, insertField, isAtLeast, type Job, manifest } from "#rule";
import { spotLabelOf } from "./lib/spot.js";

/** Pod failure policies are on by default from this minor on. Source: JobPodFailurePolicy in pkg/features/kube_features.go */
const withPolicies = "1.26";
const soon = 3600;

export default defineRule({
  id: "disruption-counts-as-failure",
  summary: "Without retries, a pod that is evicted or preempted fails the Job.",
  why: `
    A drained node, a preemption for a more important pod, the end of a spot node: each counts as a failure of the pod, as if
    the program had failed. With \`backoffLimit: 0\` the Job is over, although nothing was wrong with it. Nodes are drained at
    every upgrade of the cluster, and spot nodes are taken back any time.

    A \`podFailurePolicy\` that ignores the condition \`DisruptionTarget\` has such a pod replaced without counting it. The work
    then starts again from the beginning, so it has to bear that. A container killed for its own memory limit does not get
    the condition and still counts.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy",
    "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions",
  ],
  outranks: ["autoscaler-eviction"],
  falsePositives: "Work that must not run twice, for which any interruption rightly is the end.",

  *job(job, { kubernetes, schedule }) {
    const { pod, podFailurePolicy, spec, cronJob } = job;
    const limit = limitOf(job);
    if (limit?.state !== "present" || limit.value !== 0) return;
    if (pod.restartPolicy.value !== "Never" || podFailurePolicy.state !== "absent" || spec.state !== "present") return;
    if (!canIgnore({ kubernetes })) return;
    const name = limit === job.backoffLimit ? "backoffLimit" : "backoffLimitPerIndex";
    const spot = spotLabelOf(pod);
    const gap = cronJob && schedule(cronJob)?.gap;
    // The next tick soon makes up for it.
    if (spot === undefined && gap && gap.longest <= soon) return;
    const cause = spot === undefined ? "a drain or a preemption" : `losing the spot node (${spot})`;
    const whole = name === "backoffLimit" ? "the Job" : "the index";
    const fact = `with ${name} 0 ${cause} fails ${whole}`;
    yield {
      at: limit,
      ...(spot === undefined ? { severity: "info" } : {}),
      message: `${fact}; if it may start over, ignore DisruptionTarget in a podFailurePolicy`,
      fix: {
        title: "add a podFailurePolicy that ignores disruptions; a pod that is evicted then starts again",
        safe: false,
        edits: insertField(spec, "podFailurePolicy", ignoring, { after: name }),
      },
    };
  },

  examples: [
    {
      title: "A nightly run on spot nodes",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: aggregate
        spec:
          schedule: "15 1 * * *"
          jobTemplate:
            spec:
              backoffLimit: 0
        #                   ^ with backoffLimit 0 losing the spot node (karpenter.sh/capacity-type: spot) fails the Job; if it may start over, ignore DisruptionTarget in a podFailurePolicy
              template:
                spec:
                  restartPolicy: Never
                  nodeSelector:
                    karpenter.sh/capacity-type: spot
                  containers:
                    - name: aggregate
                      image: aggregate:5.2
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: aggregate
        spec:
          schedule: "15 1 * * *"
          jobTemplate:
            spec:
              backoffLimit: 0
              podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: "True" }] }] }
              template:
                spec:
                  restartPolicy: Never
                  nodeSelector:
                    karpenter.sh/capacity-type: spot
                  containers:
                    - name: aggregate
                      image: aggregate:5.2
      `,
    },
  ],
});

/** The status defaults only from 1.34 on below a CronJob. */
const ignoring = { rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }] };

/** The limit that a single pod's failure exceeds. */
function limitOf({ backoffLimit, backoffLimitPerIndex }: Job): Field<number> | undefined {
  return backoffLimitPerIndex.state === "absent" ? backoffLimit : backoffLimitPerIndex;
}

function canIgnore({ kubernetes }: Pick<Context, "kubernetes">): boolean {
  return kubernetes.every((version) => isAtLeast(version, withPolicies));
}
