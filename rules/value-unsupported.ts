import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "value-unsupported",
  summary: "A value that is not among those that the field accepts.",
  why: `
    Some fields accept only a few words, in exactly one spelling: \`Forbid\`, not \`forbid\`. The API server rejects any
    other value when the object is created or updated.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "Another spelling",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          concurrencyPolicy: forbid
        #                    ^^^^^^ concurrencyPolicy "forbid" is not supported; use Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
