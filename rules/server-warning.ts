import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "server-warning",
  summary: "Something that the API server warns about and accepts.",
  why: `
    The server sends a warning with its answer, which a client such as kubectl shows and a pipeline hides: a field that does
    nothing any more, an entry that hides another one.
  `,
  category: "correctness",
  severity: "warning",
  from: "api",
  references: ["https://kubernetes.io/blog/2020/09/03/warnings/"],

  examples: [
    {
      title: "A volume that no longer works",
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
              volumes: [{ name: code, gitRepo: { repository: https://example.com/code.git } }]
        #                             ^^^^^^^ spec.template.spec.volumes[0].gitRepo: deprecated since 1.11, and does not work since 1.33; use an emptyDir and an init container that clones
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
              volumes: [{ name: code, emptyDir: {} }]
      `,
    },
  ],
});
