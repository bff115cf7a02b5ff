import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "type-mismatch",
  summary: "A value of the wrong type, which the API server cannot decode.",
  why: `
    The API server decodes a manifest before it looks at its meaning. A text where a number is wanted, a list where an object
    is wanted, or an environment variable's value that YAML reads as a number or a boolean ends that with one error, and
    nothing of the object is stored.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/"],

  examples: [
    {
      title: "A number where a text is wanted",
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
                  env:
                    - name: RETRIES
                      value: 3
        #                    ^ the value of env RETRIES must be text, not the number 3; quote it
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
                - name: report
                  image: report:1.4
                  env:
                    - name: RETRIES
                      value: "3"
      `,
    },
  ],
});
