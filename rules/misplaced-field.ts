import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "misplaced-field",
  summary: "A field that exists, but not at this level.",
  why: `
    A CronJob nests four specs: its own, the Job's, the pod's and the container's. A field written one level too high or too
    low is unknown there: strict clients have it refused, others lose it without a word, so that a Job without its deadline
    or a CronJob without its policy runs for months. Moving the field switches on what it was meant to do, so the fix is a
    suggestion.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/",
    "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
  ],

  examples: [
    {
      title: "The Job's TTL in the CronJob's spec",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          ttlSecondsAfterFinished: 3600
        # ^^^^^^^^^^^^^^^^^^^^^^^ ttlSecondsAfterFinished is no field of the CronJob spec; move it to spec.jobTemplate.spec
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          jobTemplate:
            spec:
              ttlSecondsAfterFinished: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
