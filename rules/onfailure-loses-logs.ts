import { defineRule, itemLevel, keysOf, manifest, type PodTemplate, replaceValue, writtenItems } from "#rule";
import { defaultBackoffLimit } from "./lib/retries.js";

export default defineRule({
  id: "onfailure-loses-logs",
  summary: "With restartPolicy OnFailure the logs of a failed Job are deleted with its pod.",
  why: `
    With \`OnFailure\` the kubelet restarts the container in the same pod. When the restarts reach \`backoffLimit\`, the Job has
    failed and its pod, which is still active, is deleted, and with it the logs that would say why. Until then only the log
    of the last attempt is there. With \`Never\` each attempt is a pod of its own that stays, failed, with its log.

    \`OnFailure\` keeps what is in an \`emptyDir\` from one attempt to the next, and makes fewer pods: where logs are collected
    elsewhere it is a good choice.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy",
    "https://github.com/kubernetes/kubernetes/issues/74848",
  ],
  falsePositives: "Clusters in which all logs are collected.",

  *podTemplate(pod) {
    const { restartPolicy, job } = pod;
    if (restartPolicy.state !== "present" || restartPolicy.value !== "OnFailure" || keepsWork(pod)) return;
    const { backoffLimit } = job;
    if (backoffLimit.state === "unknown") return;
    const limit = backoffLimit.value ?? defaultBackoffLimit;
    // A limit of 0 and one of 1 act alike: the first restart is the end.
    const after = limit < 2 ? "at the first restart" : `after ${String(limit)} restarts (backoffLimit)`;
    yield {
      at: restartPolicy,
      message: `OnFailure: ${after} the pod is deleted, and the logs with it; Never keeps the failed pods`,
      fix: {
        title: "set restartPolicy: Never; each attempt is then a new pod, and files in the pod do not survive it",
        safe: false,
        edits: [replaceValue(restartPolicy, "Never")],
      },
    };
  },

  examples: [
    {
      title: "A Job that fails without a trace",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          backoffLimit: 3
          template:
            spec:
              restartPolicy: OnFailure
        #                    ^^^^^^^^^ OnFailure: after 3 restarts (backoffLimit) the pod is deleted, and the logs with it; Never keeps the failed pods
              containers:
                - name: import
                  image: import:2.1
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          backoffLimit: 3
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
    },
  ],
});

/** What init containers fetched into an emptyDir is there for the next attempt, which is a reason to restart in place. */
function keepsWork({ spec, initContainers }: PodTemplate): boolean {
  const volumes = writtenItems(spec, "volumes", (node, path) => itemLevel(node, path, spec));
  const hasInit = initContainers.state === "unknown" || (initContainers.value?.length ?? 0) > 0;
  return hasInit && volumes.some((volume) => keysOf(volume).some(({ text }) => text === "emptyDir"));
}
