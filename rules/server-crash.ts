import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "server-crash",
  summary: "A manifest for which the API server's own code crashes.",
  why: `
    The server drops the connection and answers nothing: a defect in Kubernetes that this manifest runs into. No version is
    safe against all of them.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "Indexed, with a success policy, without completions",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
        #^^^ a successPolicy without completions crashes the server's validation, so the Job is never made; add completions
          completionMode: Indexed
          parallelism: 3
          successPolicy:
            rules:
              - succeededCount: 1
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
          parallelism: 3
          completions: 3
          successPolicy:
            rules:
              - succeededCount: 1
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
      `,
    },
  ],
});
