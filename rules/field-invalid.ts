import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-invalid",
  summary: "A value of the right type that the API server rejects.",
  why: `
    The value can be decoded, but breaks a rule of the field: a count below zero, a quantity that is none, a number out of
    range. The API server rejects the object.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "A count below zero",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          backoffLimit: -1
        #               ^^ backoffLimit is -1, but must be at least 0; write 0 or more
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
