import { defineRule, type Fix, manifest, parseSchedule, type Present, replaceValue } from "#rule";
import { duration } from "./lib/duration.js";

const [minute, hour, day] = [60, 3600, 86_400];

export default defineRule({
  id: "schedule-at-every",
  summary: "@every counts from the last run and not from the clock, and below a minute it runs once a minute.",
  why: `
    Kubernetes accepts \`@every 90m\`, because its cron library does, but does not document it. The interval counts from the last
    tick, at first from the creation of the CronJob: created again, in another cluster or after a restore, it runs at other times.
    From 1.21 to 1.24 a restart of the controller began it anew as well.

    Jobs are named after the minute, so below a minute only the first tick in each minute starts one.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://github.com/kubernetes/kubernetes/pull/109250",
    "https://github.com/robfig/cron/blob/v3.0.1/constantdelay.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/utils.go",
  ],
  falsePositives: "An interval that five fields cannot say, such as 90 minutes, is often meant.",

  *cronJob({ schedule: field, suspend }) {
    if (field.state !== "present") return;
    const parsed = parseSchedule(field.value);
    if (!parsed.ok || parsed.schedule.kind !== "every") return;
    const { seconds } = parsed.schedule;
    const fields = fiveFields(seconds);
    const remedy = fields === undefined ? "for fixed times write five fields" : `write "${fields}"`;
    const isMild = seconds >= minute || suspend.value === true;
    yield {
      at: field,
      ...(isMild ? { severity: "info" } : {}),
      message: `${factOf(seconds)}; ${remedy}`,
      ...(fields === undefined ? {} : { fix: fixFor(field, fields, seconds) }),
    };
  },

  examples: [
    {
      title: "Every half minute",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "@every 30s"
        #           ^^^^^^^^^^^^ @every 30s is due more than once a minute, and Jobs are named after the minute: at most one a minute starts; write "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 50
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
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 50
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: poll, image: poll:1.0 }]
      `,
    },
    {
      title: "Every hour, from its creation on",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "@every 1h"
        #           ^^^^^^^^^^^ @every counts 1 h from the last run, at first from the creation of the CronJob, and not from the clock; write "0 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 1800
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "0 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 1800
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
    },
  ],
});

function factOf(seconds: number): string {
  const limit = "Jobs are named after the minute: at most one a minute starts";
  if (seconds < minute) return `@every ${String(seconds)}s is due more than once a minute, and ${limit}`;
  return `@every counts ${duration(seconds)} from the last run, at first from the creation of the CronJob, and not from the clock`;
}

/** The same interval by the clock, where it divides an hour or a day. */
function fiveFields(seconds: number): string | undefined {
  if (seconds <= minute) return "* * * * *";
  if (seconds === hour) return "0 * * * *";
  if (seconds === day) return "0 0 * * *";
  if (seconds === 7 * day) return "0 0 * * 0";
  if (seconds % minute === 0 && hour % seconds === 0) return `*/${String(seconds / minute)} * * * *`;
  return seconds % hour === 0 && day % seconds === 0 ? `0 */${String(seconds / hour)} * * *` : undefined;
}

function fixFor(field: Present<string>, fields: string, seconds: number): Fix {
  const what = seconds < minute ? "once a minute, as now" : "the same interval, by the clock";
  return { title: `write "${fields}": ${what}`, safe: false, edits: [replaceValue(field, fields)] };
}
