import { type CronSchedule, defineRule, type Fix, manifest, parseSchedule, type Present, replaceValue, within } from "#rule";
import { clockHits, type Hit, isInGap } from "./lib/clock-changes.js";
import { timeOfDay } from "./lib/hours.js";

/** A schedule with more runs on its days can spare one. */
const few = 4;

export default defineRule({
  id: "timezone-dst-gap",
  summary: "When the clocks of its zone change, a run is lost or starts twice.",
  why: `
    When clocks go forward, a time such as 02:30 does not exist on that day, and the controller does not make up for it: the daily
    run is left out. When they go back, the hour comes twice, and so does the run. Which hours that are differs: 02:00 in
    Berlin and New York, 01:00 in London, midnight in Cairo and Santiago.

    The times are computed for the next two years with the zone's own rules, and the way the controller's cron library steps over
    a change, which in zones that change at midnight or by half an hour loses runs outside the gap as well.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://github.com/kubernetes/kubernetes/issues/121594",
    "https://github.com/robfig/cron/blob/v3.0.1/spec.go#L58",
    "https://data.iana.org/time-zones/tzdb/europe",
  ],
  falsePositives: "Work for which one night without a run does not matter.",

  *cronJob(cronJob, context) {
    const { schedule: field, suspend } = cronJob;
    const reading = context.schedule(cronJob);
    if (field.state !== "present" || !reading?.gap || reading.schedule.kind !== "cron") return;
    const { schedule, zone } = reading;
    if (schedule.minute.values.length * schedule.hour.values.length > few) return;
    const hits = clockHits(schedule, zone, context.now);
    const [lost, twice] = [hits.skipped[0], hits.repeated[0]];
    if (!lost && !twice) return;
    const better = quietHour(schedule, zone, context.now);
    const remedy = better === undefined ? "choose a time or day outside, or Etc/UTC" : `${shownHour(schedule, better)} is outside`;
    yield {
      at: schedule.macro === undefined ? within(field, schedule.minute.start, schedule.hour.end) : field,
      ...(!lost || suspend.value === true ? { severity: "info" } : {}),
      message: [...(lost ? [losing(lost, zone)] : []), ...(twice ? [doubling(twice, zone, lost)] : []), remedy].join("; "),
      ...(better === undefined ? {} : { fix: moved(field, schedule, better) }),
    };
  },

  examples: [
    {
      title: "Half past two in Berlin",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "30 2 * * *"
        #            ^^^^ in Europe/Berlin clocks skip 02:30 on 2026-03-29, and that run is lost; on 2026-10-25 02:30 comes twice; 03:30 is outside
          timeZone: Europe/Berlin
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 7200
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "30 3 * * *"
          timeZone: Europe/Berlin
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 7200
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
    },
  ],
});

function losing(hit: Hit, zone: string): string {
  const [date, time] = shown(hit);
  if (isInGap(hit)) return `in ${zone} clocks skip ${time} on ${date}, and that run is lost`;
  return `in ${zone} the controller steps over ${time} on ${date}, when the clocks change, and that run is lost`;
}

function doubling(hit: Hit, zone: string, lost: Hit | undefined): string {
  const [date, time] = shown(hit);
  if (lost) return `on ${date} ${time} comes twice`;
  return `in ${zone} ${time} comes twice on ${date}, when clocks go back, and starts two runs`;
}

function shown({ wall }: Hit): readonly [date: string, time: string] {
  const text = new Date(wall).toISOString();
  return [text.slice(0, 10), text.slice(11, 16)];
}

/** The next hour of the same day that no change touches, for a schedule with a single hour. */
function quietHour(schedule: CronSchedule, zone: string, now: number | undefined): number | undefined {
  const [hour, ...others] = schedule.hour.values;
  if (hour === undefined || others.length > 0 || schedule.macro !== undefined) return undefined;
  const near = [hour + 1, hour + 2, hour - 1, hour - 2].filter((other) => other >= 0 && other < 24);
  return near.find((other) => {
    const hits = clockHits(atHour(schedule, other), zone, now);
    return hits.skipped.length + hits.repeated.length === 0;
  });
}

function atHour(schedule: CronSchedule, hour: number): CronSchedule {
  const { minute, dayOfMonth, month, dayOfWeek } = schedule;
  const fields = [minute, hour, dayOfMonth, month, dayOfWeek].map((one) => (typeof one === "number" ? String(one) : one.text));
  const parsed = parseSchedule(fields.join(" "));
  return parsed.ok && parsed.schedule.kind === "cron" ? parsed.schedule : schedule;
}

function shownHour({ minute: { values } }: CronSchedule, hour: number): string {
  return timeOfDay(hour, values[0] ?? 0);
}

function moved(field: Present<string>, { hour }: CronSchedule, other: number): Fix {
  const text = `${field.value.slice(0, hour.start)}${String(other)}${field.value.slice(hour.end)}`;
  return { title: `write "${text}": every run then starts at the other hour`, safe: false, edits: [replaceValue(field, text)] };
}
