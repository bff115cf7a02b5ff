import { type CronSchedule, defineRule, manifest, parseSchedule, within } from "#rule";
import { daysAYear } from "./lib/calendar.js";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ordinals = ["first", "second", "third", "fourth", "last"];

export default defineRule({
  id: "schedule-dom-dow-or",
  summary: "Day of month and day of week are joined by OR when both are restricted.",
  why: `
    \`0 9 1-7 * 1\` is not the first Monday of the month: it runs on each of the days 1 to 7, and on every Monday besides. Where
    neither field is a star, one that matches is enough. A day that stands there "to be safe" makes a monthly job a weekly one.

    Other crons join the fields by AND when one of them begins with a star, such as \`*/2\`. In Kubernetes only a plain \`*\` or
    \`?\`, or a step of 1, leaves a field unrestricted.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://github.com/robfig/cron/blob/v3.0.1/spec.go#L176",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
    "https://github.com/kubernetes/website/pull/47652",
  ],
  falsePositives: "Both are meant: the first of the month, and every Monday as well.",

  *cronJob({ schedule: field, suspend }) {
    if (field.state !== "present") return;
    const parsed = parseSchedule(field.value);
    if (!parsed.ok || parsed.schedule.kind !== "cron") return;
    const { schedule } = parsed;
    const { dayOfMonth, dayOfWeek } = schedule;
    if (dayOfMonth.star || dayOfWeek.star) return;
    const [days, both] = [daysAYear(schedule), daysAYear({ ...schedule, dayOfMonth: { ...dayOfMonth, star: true } })];
    // Nothing matches, or each is every day.
    if (days === 0 || days === both) return;
    const fact = `day of month ${dayOfMonth.text} and day of week ${dayOfWeek.text} are joined by OR`;
    const count = `due on some ${String(days)} days a year, ${both === 0 ? "and none matches both" : `and only ${String(both)} ${both === 1 ? "matches" : "match"} both`}`;
    yield {
      at: within(field, dayOfMonth.start, dayOfWeek.end),
      ...(suspend.value === true ? { severity: "info" } : {}),
      message: `${fact}: ${count}; ${remedy(schedule)}`,
    };
  },

  examples: [
    {
      title: "Meant for the first Monday",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: audit }
        spec:
          schedule: "0 9 1-7 * 1"
        #                ^^^^^^^ day of month 1-7 and day of week 1 are joined by OR: due on some 124 days a year, and only 12 match both; for the first Monday write "0 9 * * 1", and test the day of the month in the script
          timeZone: Etc/UTC
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: audit, image: audit:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: audit }
        spec:
          schedule: "0 9 * * 1"
          timeZone: Etc/UTC
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: audit
                      image: audit:1.0
                      command: [sh, -c, 'if [ "$(date +%-d)" -gt 7 ]; then exit 0; fi; audit']
      `,
    },
  ],
});

function remedy({ minute, hour, month, dayOfMonth, dayOfWeek }: CronSchedule): string {
  const week = weekOf(dayOfMonth.values);
  const weekday = dayOfWeek.values.length === 1 ? weekdays[dayOfWeek.values[0] ?? 0] : undefined;
  if (week === undefined || weekday === undefined) return "write * in one of them, and test the other day in the script";
  const weekly = `${minute.text} ${hour.text} * ${month.text} ${dayOfWeek.text}`;
  return `for the ${week} ${weekday} write "${weekly}", and test the day of the month in the script`;
}

/** Which week of the month seven days in a row are meant to be. */
function weekOf(days: readonly number[]): string | undefined {
  const [first = 0] = days;
  if (days.length !== 7 || days.at(-1) !== first + 6) return undefined;
  if (first === 25) return "last";
  return first % 7 === 1 ? ordinals[(first - 1) / 7] : undefined;
}
