import { defineRule, manifest, parseSchedule, replaceValue, within } from "#rule";

export default defineRule({
  id: "schedule-template-or-quote",
  summary: "The schedule lacks its quotes, or holds quotes that a template left behind.",
  why: `
    A template that quotes a value which is quoted already, or a shell that does, leaves quotes inside the schedule. YAML takes
    them for a part of it, and the API server rejects the CronJob.

    A schedule that begins with \`*\` or \`@\` and has no quotes is no YAML at all: \`*\` refers to an anchor there, \`@\` is
    reserved. No tool applies any of the document.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: [
    "https://yaml.org/spec/1.2.2/#73-flow-scalar-styles",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
  ],
  supersedes: ["schedule-syntax", "field-invalid", "yaml-syntax"],

  *cronJob({ schedule, runBy }) {
    if (schedule.state !== "present") return;
    const { value } = schedule;
    const inner = /^\s*(["'])(.*)\1\s*$/s.exec(value)?.[2]?.trim();
    if (inner === undefined || !parseSchedule(inner).ok) return;
    yield {
      at: within(schedule, value.length - value.trimStart().length, value.trimEnd().length),
      message: `the quotes are part of the schedule, and ${runBy === "Kubernetes" ? "the API server" : runBy} rejects them; write ${JSON.stringify(inner)}`,
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
        #           ^^^^^^^^^^^ the schedule begins with *, which YAML takes for an alias, so the document cannot be read; put it in quotes
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
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
              activeDeadlineSeconds: 240
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
        #            ^^^^^^^^^^^^^ the quotes are part of the schedule, and the API server rejects them; write "*/5 * * * *"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
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
              activeDeadlineSeconds: 240
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
    },
  ],
});
