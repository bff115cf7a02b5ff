import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "unknown-field",
  summary: "A field that Kubernetes does not know.",
  why: `
    kubectl, Flux, Helm 4 and server-side apply ask the API server to refuse unknown fields. Helm 3 and Argo CD's default
    client-side apply do not: there the field is dropped without a word, and what it was to do never happens. Mostly it is a
    slip of the pen, and the message names the field that was probably meant.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation"],

  examples: [
    {
      title: "A slip of the pen",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 5 * * *"
          concurencyPolicy: Forbid
        # ^^^^^^^^^^^^^^^^ concurencyPolicy is no field of the CronJob spec; did you mean concurrencyPolicy?
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
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
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
