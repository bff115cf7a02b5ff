import { defineRule, insertField, manifest, replaceValue } from "#rule";

const allowed = new Set(["Never", "OnFailure"]);

export default defineRule({
  id: "restart-policy-invalid",
  summary: "The pods of a Job must use restartPolicy Never or OnFailure.",
  why: `
    A Job is done when its pods are done, and a pod that always restarts is never done, so the API server rejects the
    Job. The usual cause is silence: when \`restartPolicy\` is left out it defaults to \`Always\`.

    With \`Never\` each attempt is a new pod, and the logs of failed attempts stay readable. With \`OnFailure\` the
    container restarts in the same pod, which is deleted once backoffLimit is reached.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
  ],
  supersedes: ["field-required", "value-unsupported", "field-invalid"],

  *podTemplate({ restartPolicy, spec }) {
    if (spec.state !== "present") return;
    if (restartPolicy.state === "absent") {
      yield {
        at: restartPolicy,
        message: "restartPolicy is missing and defaults to Always, which a Job may not use; set Never or OnFailure",
        fix: { title: "set restartPolicy: Never", safe: false, edits: insertField(spec, "restartPolicy", "Never") },
      };
    }
    if (restartPolicy.state === "present" && !allowed.has(restartPolicy.value)) {
      const meant = [...allowed].find((policy) => policy.toLowerCase() === restartPolicy.value.toLowerCase());
      yield {
        at: restartPolicy,
        message: `a Job may not use restartPolicy ${JSON.stringify(restartPolicy.value)}; ${meant ? `write ${meant}` : "use Never or OnFailure"}`,
        fix: {
          title: `set restartPolicy: ${meant ?? "Never"}`,
          safe: meant !== undefined,
          edits: [replaceValue(restartPolicy, meant ?? "Never")],
        },
      };
    }
  },

  examples: [
    {
      title: "Left out",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
        #   ^^^^ restartPolicy is missing and defaults to Always, which a Job may not use; set Never or OnFailure
              containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              containers: [{ name: report, image: report:1.4 }]
              restartPolicy: Never
      `,
    },
    {
      title: "Copied from a Deployment",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Always
        #                        ^^^^^^ a Job may not use restartPolicy "Always"; use Never or OnFailure
                  containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
