import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "duplicate-yaml-key",
  summary: "A key that stands twice in one mapping.",
  why: `
    Only one of the two values can count, and which one depends on who reads the file. \`kubectl\` and Helm turn the YAML into
    JSON before the API server sees it, and there the last one written wins and the other is silently lost; Kustomize refuses
    the file. Most often a block was pasted where one of its keys stood already.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: ["https://yaml.org/spec/1.2.2/#3213-node-comparison"],

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
