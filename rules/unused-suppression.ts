import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "unused-suppression",
  summary: "A kronlint-ignore that silences nothing.",
  why: `
    The manifest was mended, the comment stands on another line than the finding, or the id is misspelt. A suppression that
    does nothing misleads whoever reads it, and may one day hide a new mistake on its line.

    It is said only where the rule had its say: not in templates and patches, nor about a rule that is switched off.
  `,
  category: "hygiene",
  severity: "warning",
  from: "engine",
  references: [],

  examples: [
    {
      title: "A misspelt rule",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        # kronlint-ignore unused-supression
        #                 ^^^^^^^^^^^^^^^^^ there is no rule unused-supression; did you mean unused-suppression?
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        # kronlint-ignore unused-suppression
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
