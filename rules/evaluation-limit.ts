import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "evaluation-limit",
  summary: "A template of a chart that takes more work to evaluate than kronlint does.",
  why: `
    Templates of charts are evaluated with the chart's values, in a bounded number of steps. One that loops over very much, or
    whose helpers include each other without an end, is judged as it is written instead: what its values would show, such as a
    schedule that never fires, is not seen then.
  `,
  category: "hygiene",
  severity: "info",
  from: "engine",
  references: ["https://helm.sh/docs/chart_template_guide/"],

  examples: [
    {
      title: "A helper that includes itself for ever",
      file: "templates/report.yaml",
      bad: manifest`
        {{- define "report.command" }}{{ include "report.command" . }}{{ end }}
        #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the helpers of this template include each other more than 60 levels deep, so it is judged as it is written, without values; lint what helm template prints as well
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4, command: [{{ include "report.command" . }}] }]
      `,
      good: manifest`
        {{- define "report.command" }}report{{ end }}
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4, command: [{{ include "report.command" . }}] }]
      `,
    },
  ],
});
