import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-forbidden",
  summary: "A field that may not be set here.",
  why: `
    The field exists at this level, but not in this place, or not together with what else is set. The API server rejects the
    object.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/apis/core/validation/validation.go"],

  examples: [
    {
      title: "A sidecar among the main containers",
      settings: { kubernetes: "1.33" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: report
                  image: report:1.4
                - name: proxy
                  image: proxy:2.0
                  restartPolicy: Always
        #                        ^^^^^^ a main container has no restartPolicy of its own in this version; remove it, or make this an init container
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: proxy
                  image: proxy:2.0
                  restartPolicy: Always
              containers:
                - name: report
                  image: report:1.4
      `,
    },
  ],
});
