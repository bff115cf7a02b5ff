import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-immutable",
  summary: "A change to a field that cannot change once the object exists.",
  why: `
    Most of a Job is fixed when it is created, above all its pod template. The API server rejects the update, and with it the
    whole apply or sync. \`kronlint diff\` finds it, which knows both the old manifest and the new one.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-template",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
  ],

  examples: [
    {
      title: "Another image for a Job that has run",
      before: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: migrate:1 }]
      `,
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: migrate:2 }]
        #                                          ^^^^^^^^^ spec.template.spec.containers[0].image differs from the live Job, whose template cannot change; give the Job a new name, or delete the old one first (kubectl replace --force does both)
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate-2 }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: migrate:2 }]
      `,
    },
  ],
});
