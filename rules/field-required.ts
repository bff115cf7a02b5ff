import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-required",
  summary: "A field without which the API server rejects the object.",
  why: `
    Without it the object is not created. In a pipeline that applies many objects the others may well be, so that the release
    looks done while this Job never exists.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "No schedule",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
        #^^^ a CronJob needs a schedule; add one such as "0 3 * * *"
          jobTemplate:
            spec:
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
