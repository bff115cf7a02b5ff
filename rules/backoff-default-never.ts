import { defineRule, insertField, manifest } from "#rule";
import { duration } from "./lib/duration.js";
import { defaultBackoffLimit, waitBetweenPods } from "./lib/retries.js";

export default defineRule({
  id: "backoff-default-never",
  summary: "With restartPolicy Never and no backoffLimit, a failing Job starts seven pods.",
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

  *job({ backoffLimit, backoffLimitPerIndex, spec, pod }) {
    if (backoffLimit.state !== "absent" || backoffLimitPerIndex.state !== "absent") return;
    if (pod.restartPolicy.state !== "present" || pod.restartPolicy.value !== "Never") return;
    const pods = defaultBackoffLimit + 1;
    const wait = duration(waitBetweenPods(defaultBackoffLimit));
    yield {
      at: pod.restartPolicy,
      message: `backoffLimit is unset: work that keeps failing is tried in ${String(pods)} pods, with ${wait} of waiting in all; say how many retries are meant`,
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
        #                    ^^^^^ backoffLimit is unset: work that keeps failing is tried in 7 pods, with 10 min 30 s of waiting in all; say how many retries are meant
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
