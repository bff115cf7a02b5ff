import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "api-version-removed",
  summary: "The apiVersion is one that the API server serves no more.",
  why: `
    \`batch/v1beta1\` CronJobs were removed in Kubernetes 1.25 and \`batch/v2alpha1\` in 1.21. Applying one to a newer cluster
    ends with \`no matches for kind "CronJob"\`, and a Helm release that holds one can no longer be upgraded. \`batch/v1\` has
    the same fields and has been there since 1.21, so the fix only changes the version.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://kubernetes.io/docs/reference/using-api/deprecation-guide/#cronjob-v125"],
  supersedes: ["kind-not-served"],

  examples: [
    {
      title: "A CronJob of the beta",
      bad: manifest`
        apiVersion: batch/v1beta1
        #           ^^^^^^^^^^^^^ batch/v1beta1 CronJob was removed in Kubernetes 1.25; use batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
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
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
