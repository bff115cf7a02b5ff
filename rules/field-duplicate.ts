import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-duplicate",
  summary: "Two items of a list that must differ.",
  why: `
    Names of containers and volumes, mount paths and the like tell items apart. The API server rejects an object in which two
    are equal.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go"],

  examples: [
    {
      title: "Two containers of one name",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
                - { name: report, image: proxy:2.0 }
        #                 ^^^^^^ another container is named "report" too; rename one
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
                - { name: proxy, image: proxy:2.0 }
      `,
    },
  ],
});
