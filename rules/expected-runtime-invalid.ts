import { defineRule, durationSeconds, manifest, text } from "#rule";

const annotation = "kronlint/expected-runtime";

export default defineRule({
  id: "expected-runtime-invalid",
  summary: "A kronlint/expected-runtime annotation that is no duration.",
  why: `
    The annotation says how long a run takes, and the rules about overlapping runs reckon with it. What is no duration, or is
    zero, counts as absent: those rules then fall back on the settings or the script, or stay silent about a run that is too long.

    It is written as numbers with the units \`s\`, \`m\`, \`h\` and \`d\`, without blanks; a bare number means seconds.
  `,
  category: "hygiene",
  severity: "warning",
  references: [],

  *job(job) {
    for (const { annotations } of job.cronJob ? [job.cronJob.metadata, job.metadata] : [job.metadata]) {
      const field = text(annotations, annotation);
      if (field.state !== "present" || (durationSeconds(field.value) ?? 0) > 0) continue;
      const written = JSON.stringify(field.value);
      yield { at: field, message: `${annotation} ${written} is no duration of a run and has no effect; write it like 90s, 45m or 1h30m` };
    }
  },

  examples: [
    {
      title: "A unit in words",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: export
          annotations:
            kronlint/expected-runtime: 7 hours
        #                              ^^^^^^^ kronlint/expected-runtime "7 hours" is no duration of a run and has no effect; write it like 90s, 45m or 1h30m
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 50400
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: export, image: export:4.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: export
          annotations:
            kronlint/expected-runtime: 7h
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 50400
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: export, image: export:4.0 }]
      `,
    },
  ],
});
