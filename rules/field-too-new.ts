import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-too-new",
  summary: "A field that the clusters in question do not know yet, or drop.",
  why: `
    A field that is newer than the cluster is refused by strict clients and lost with others. A field whose feature gate is
    still off is dropped without a word: the object is accepted and behaves as if the field were not there. The setting
    \`kubernetes\` says which versions must accept the manifest; unset, the newest known one is judged.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/"],

  examples: [
    {
      title: "Newer than the oldest cluster",
      settings: { kubernetes: "1.27 - 1.34" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          podReplacementPolicy: Failed
        # ^^^^^^^^^^^^^^^^^^^^ podReplacementPolicy is known from 1.28 on (alpha, gate JobPodReplacementPolicy off until 1.29): 1.27 refuses it, 1.28 drops it silently; remove it or target clusters that know it
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
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
