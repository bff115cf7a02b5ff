import { defineRule, manifest, parseSchedule, replaceValue } from "#rule";

export default defineRule({
  id: "schedule-template-or-quote",
  summary: "The schedule lacks its quotes, or holds quotes that a template left behind.",
  why: `
    In YAML a value may not begin with \`*\`, which refers to an anchor, or with \`@\`, which is reserved. A schedule without
    quotes therefore makes the whole document unreadable, and no tool applies any of it. A template that quotes a value
    twice leaves quotes inside the schedule, and the API server rejects that.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: [
    "https://yaml.org/spec/1.2.2/#rule-c-indicator",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
  ],
  supersedes: ["schedule-syntax", "field-invalid", "yaml-syntax"],

  *cronJob({ schedule }) {
    if (schedule.state !== "present") return;
    const inner = /^\s*(["'])(.*)\1\s*$/s.exec(schedule.value)?.[2]?.trim();
    if (inner === undefined || !parseSchedule(inner).ok) return;
    yield {
      at: schedule,
      message: `the quotes are part of the schedule, and the API server rejects them; write ${JSON.stringify(inner)}`,
      fix: { title: "drop the inner quotes", safe: true, edits: [replaceValue(schedule, inner)] },
    };
  },

  examples: [
    {
      title: "Without quotes",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: */5 * * * *
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "*/5 * * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
    },
    {
      title: "Quoted twice",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: '"*/5 * * * *"'
        #           ^^^^^^^^^^^^^^^ the quotes are part of the schedule, and the API server rejects them; write "*/5 * * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: '*/5 * * * *'
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
    },
  ],
});
