import { type CronField, type CronSchedule, defineRule, manifest, parseSchedule, replaceValue, within } from "#rule";

export default defineRule({
  id: "schedule-every-minute-of-hour",
  summary: "A star in the minute field runs the job every minute of the hours named.",
  why: `
    \`* 2 * * *\` reads like "at two o'clock" and means sixty runs, one a minute from 02:00 to 02:59; \`* */3 * * *\` means 480
    runs a day. With the default concurrency policy and a slow command many of them run at the same time.

    A window of hours written as a range (\`* 8-18 * * *\`) is taken for what it says, a poller.
  `,
  category: "correctness",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"],
  outranks: ["allow-pileup", "deadline-exceeds-interval", "forbid-loses-ticks", "schedule-too-frequent"],

  *cronJob({ schedule: field, suspend }) {
    if (field.state !== "present") return;
    const parsed = parseSchedule(field.value);
    if (!parsed.ok || parsed.schedule.kind !== "cron" || !isSlip(parsed.schedule)) return;
    const { minute, hour } = parsed.schedule;
    const { hours, one } = wordsFor(hour.values.length);
    const once = `${field.value.slice(0, minute.start)}0${field.value.slice(minute.end)}`;
    yield {
      at: within(field, minute.start, minute.end),
      ...(suspend.value === true ? { severity: "info" } : {}),
      message: `minute ${minute.text} with hour ${hour.text} runs every minute of ${hours}${counted(parsed.schedule)}; for ${one} write "${once}"`,
      fix: { title: `run at minute 0 only: ${once}`, safe: false, edits: [replaceValue(field, once)] },
    };
  },

  examples: [
    {
      title: "Meant for two o'clock",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: vacuum }
        spec:
          schedule: "* 2 * * *"
        #            ^ minute * with hour 2 runs every minute of that hour, 60 runs a day; for one run write "0 2 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: vacuum, image: vacuum:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: vacuum }
        spec:
          schedule: "0 2 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: vacuum, image: vacuum:1.0 }]
      `,
    },
  ],
});

/** Every minute, in an hour field that is not a plain star and no window of three hours or more. */
function isSlip({ minute, hour, macro }: CronSchedule): boolean {
  if (macro !== undefined || !["*", "*/1", "?"].includes(minute.text)) return false;
  return !["*", "?"].includes(hour.text) && !isWindow(hour);
}

function isWindow({ text, values }: CronField): boolean {
  const [first = 0] = values;
  const contiguous = values.every((value, index) => value === first + index);
  return text.includes("-") && !text.includes("/") && contiguous && values.length >= 3;
}

function counted(schedule: CronSchedule): string {
  const days = schedule.dayOfMonth.star && schedule.dayOfWeek.star && schedule.month.star;
  return `, ${String(schedule.hour.values.length * 60)} runs ${days ? "a day" : "on each day it is due"}`;
}

function wordsFor(count: number): { readonly hours: string; readonly one: string } {
  if (count === 1) return { hours: "that hour", one: "one run" };
  return count === 24 ? { hours: "the day", one: "one run an hour" } : { hours: "those hours", one: "one run in each of them" };
}
