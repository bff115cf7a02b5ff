import { defineRule, type Finding, insertField, type Job, level, manifest, type RunTime, text } from "#rule";
import { duration } from "./lib/duration.js";

/** Seconds from which on a run that is lost hurts. */
const long = 1800;

const annotations = ["cluster-autoscaler.kubernetes.io/safe-to-evict", "karpenter.sh/do-not-disrupt", "karpenter.sh/do-not-evict"] as const;

export default defineRule({
  id: "autoscaler-eviction",
  summary: "A long run that is not repeated may be ended by the removal of its node.",
  why: `
    To the cluster autoscaler and to Karpenter the pod of a Job is one that something else starts again: they may evict it when its node
    is hardly used. The work of hours is lost, the eviction counts as a failure, and with \`backoffLimit\` 0 or 1 the Job is
    soon at its end.

    Annotations on the **pod template** hold such a node back while the pod runs. They need \`activeDeadlineSeconds\`: a pod that
    hangs would otherwise keep its node for ever.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node",
    "https://karpenter.sh/docs/concepts/disruption/#pod-level-controls",
  ],
  falsePositives: "Clusters whose nodes nobody removes, and work that goes on where it was interrupted.",

  *job(job, context) {
    const { activeDeadlineSeconds: deadline, backoffLimit, podFailurePolicy, pod } = job;
    if (deadline.state !== "present" || backoffLimit.state !== "present" || backoffLimit.value > 1) return;
    if (podFailurePolicy.state !== "absent" || pod.spec.state !== "present" || isProtected(job)) return;
    const length = lengthOf(context.runTime(job), deadline.value);
    if (length === undefined) return;
    const rest = backoffLimit.value === 0 ? "backoffLimit 0 allows no other" : "backoffLimit 1 allows one more";
    const fact = `${length} is lost if an autoscaler removes its node, and ${rest}`;
    yield { at: deadline, message: `${fact}; annotate the pod template with safe-to-evict: "false"`, ...fixFor(job) };
  },

  examples: [
    {
      title: "Four hours, one attempt",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: train }
        spec:
          activeDeadlineSeconds: 14400
        #                        ^^^^^ a run of up to 4 h is lost if an autoscaler removes its node, and backoffLimit 0 allows no other; annotate the pod template with safe-to-evict: "false"
          backoffLimit: 0
          template:
            metadata:
              annotations:
                team: ranking
            spec:
              restartPolicy: Never
              containers: [{ name: train, image: train:0.9 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: train }
        spec:
          activeDeadlineSeconds: 14400
          backoffLimit: 0
          template:
            metadata:
              annotations:
                team: ranking
                cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
                karpenter.sh/do-not-disrupt: "true"
            spec:
              restartPolicy: Never
              containers: [{ name: train, image: train:0.9 }]
      `,
    },
  ],
});

/** Undefined where a run is known to be short. */
function lengthOf({ least, most, from }: RunTime, deadline: number): string | undefined {
  if (Number.isFinite(least) && least > long) return `a run of at least ${duration(least)}`;
  const isKnown = most !== null && (from !== "script" || most < deadline);
  if (isKnown && most <= long) return undefined;
  return deadline > long ? `a run of up to ${duration(deadline)}` : undefined;
}

/** Also where the annotation stands at a level that nobody reads: another rule says so. */
function isProtected({ pod, metadata, object }: Job): boolean {
  const levels = [pod.metadata.annotations, metadata.annotations, object.metadata.annotations];
  return annotations.some((key) => levels.some((one) => text(one, key).state !== "absent"));
}

function fixFor({ pod }: Job): Pick<Finding, "fix"> {
  const own = pod.metadata.annotations;
  if (own.state !== "present" || level(own, annotations[0]).state !== "absent") return {};
  const [first] = insertField(own, annotations[0], "false");
  const [second] = insertField(own, annotations[1], "true");
  if (!first || !second) return {};
  const title = "add both annotations to the pod template: its node then stays until the pod has ended; a Job that exists must be replaced";
  return { fix: { title, safe: false, edits: [{ at: first.at, text: first.text + second.text }] } };
}
