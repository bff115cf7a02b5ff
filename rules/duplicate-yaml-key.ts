import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "duplicate-yaml-key",
  summary: "A key that stands twice in one mapping.",
  why: `
    Only one of the two values can count, and which one depends on who reads the file. The API server's strict decoding,
    which \`kubectl\` asks for, refuses the object; without it the last one written wins and the other is silently lost.
    Most often a block was pasted where one of its keys stood already.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: ["https://kubernetes.io/docs/reference/using-api/api-concepts/#setting-the-field-validation-level"],

  examples: [
    {
      title: "Two deadlines",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
          activeDeadlineSeconds: 3600
        # ^^^^^^^^^^^^^^^^^^^^^ \`activeDeadlineSeconds\` is written twice in this mapping (line 5 and here): kubectl and Helm keep only the last one, Kustomize and strict clients refuse both; merge them or remove one
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
          activeDeadlineSeconds: 3600
      `,
    },
  ],
});
