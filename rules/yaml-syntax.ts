import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "yaml-syntax",
  summary: "A document that does not parse as YAML or JSON.",
  why: `
    Nothing of the document reaches the cluster: \`kubectl apply\` stops at it, and a GitOps controller reports the whole
    application as failed and keeps what was there before. Other documents and files are still checked here.

    The usual causes are a schedule that begins with \`*\` without quotes, since an unquoted \`*\` is YAML's sign for an alias, a
    tab in the indentation, a colon inside an unquoted text, and a quote that is never closed.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: ["https://yaml.org/spec/1.2.2/#53-indicator-characters", "https://yaml.org/spec/1.1/#id891745"],

  examples: [
    {
      title: "A value that begins with a sign YAML keeps for itself",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
          annotations:
            owner: @reports
        #          ^^^^^^^^ the value begins with \`@\`, which YAML keeps for itself; quote it
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
        metadata:
          name: report
          annotations:
            owner: "@reports"
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
    {
      title: "A quote that stays open",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: "report }
        #                 ^ the quote \`"\` that begins here is not closed on this line; close it
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: "report" }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
