import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-too-many",
  summary: "More items in a list than the API server takes.",
  why: `
    Some lists have a largest number of items. The API server rejects an object with more.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "More success rules than 20",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          completionMode: Indexed
          completions: 30
          successPolicy:
            rules:
              - succeededCount: 1
        #     ^^^^^^^^^^^^^^^^^^^ rules has 21 items, but at most 20 are allowed; remove some
              - succeededCount: 2
              - succeededCount: 3
              - succeededCount: 4
              - succeededCount: 5
              - succeededCount: 6
              - succeededCount: 7
              - succeededCount: 8
              - succeededCount: 9
              - succeededCount: 10
              - succeededCount: 11
              - succeededCount: 12
              - succeededCount: 13
              - succeededCount: 14
              - succeededCount: 15
              - succeededCount: 16
              - succeededCount: 17
              - succeededCount: 18
              - succeededCount: 19
              - succeededCount: 20
              - succeededCount: 21
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          completionMode: Indexed
          completions: 30
          successPolicy:
            rules:
              - succeededCount: 20
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
      `,
    },
  ],
});
