import { type CronJob, type CronSchedule, defineRule, everFires, insertField, manifest, parseSchedule } from "#rule";
import { type Present, replaceValue, within } from "#rule";

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const february = 2;

export default defineRule({
  id: "schedule-never-fires",
  summary: "No date ever matches the schedule, so no run ever starts.",
  why: `
    The API server accepts a schedule such as \`0 0 31 4 *\` without a word. The controller looks five years ahead, finds no
    match, leaves one event \`InvalidSchedule\` and sleeps until the object changes.

    The 30th or 31st of February is often written on purpose, to have a CronJob that is only started by hand.
    \`suspend: true\` says the same in a way that every reader and tool understands.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://github.com/robfig/cron/blob/v3.0.1/spec.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/utils.go",
  ],

  *cronJob(cronJob) {
    const { schedule: field, suspend } = cronJob;
    if (field.state !== "present") return;
    const parsed = parseSchedule(field.value);
    if (!parsed.ok || parsed.schedule.kind !== "cron" || everFires(parsed.schedule)) return;
    const onPurpose = isFebruary(parsed.schedule);
    if (onPurpose && suspend.value === true) return;
    yield { at: placeOfFault(field, parsed.schedule), ...verdict(cronJob, parsed.schedule, onPurpose) };
  },

  examples: [
    {
      title: "A day that the month does not have",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: quarter }
        spec:
          schedule: "0 6 31 4,6,9 *"
        #                ^^ the schedule never fires: none of its months has that day; name a day that exists
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: quarter, image: quarter:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: quarter }
        spec:
          schedule: "0 6 30 4,6,9 *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: quarter, image: quarter:1.0 }]
      `,
    },
    {
      title: "The 31st of February, to start it by hand only",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restore }
        spec:
          schedule: "0 0 31 2 *"
        #                ^^ the schedule never fires: February has no day 31; if it is only started by hand, say suspend: true
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: restore, image: restore:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restore }
        spec:
          schedule: "0 0 31 2 *"
          suspend: true
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: restore, image: restore:1.0 }]
      `,
    },
  ],
});

function emptyField(schedule: CronSchedule) {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule;
  return [minute, hour, dayOfMonth, month, dayOfWeek].find(({ values }) => values.length === 0);
}

function isFebruary({ month, dayOfMonth }: CronSchedule): boolean {
  return month.values.length === 1 && month.values[0] === february && dayOfMonth.values.length > 0;
}

function placeOfFault(field: Present<string>, schedule: CronSchedule) {
  const { start, end } = emptyField(schedule) ?? schedule.dayOfMonth;
  return within(field, start, end);
}

function verdict({ spec, suspend }: CronJob, schedule: CronSchedule, onPurpose: boolean) {
  const empty = emptyField(schedule);
  if (empty) return { message: `the schedule never fires: the ${empty.name} field names no value; write * or a number` };
  const days = `${months[(schedule.month.values[0] ?? 1) - 1] ?? ""} has no day ${String(schedule.dayOfMonth.values[0])}`;
  if (!onPurpose) {
    const why = schedule.month.values.length > 1 ? "none of its months has that day" : days;
    return { message: `the schedule never fires: ${why}; name a day that exists` };
  }
  return {
    severity: "info" as const,
    message: `the schedule never fires: ${days}; if it is only started by hand, say suspend: true`,
    fix: {
      title: "set suspend: true, which also stops every run until it is resumed",
      safe: false,
      edits: suspend.state === "present" ? [replaceValue(suspend, true)] : insertField(spec, "suspend", true, { after: "schedule" }),
    },
  };
}
