import { type CronField, type CronSchedule, defineRule, type Finding, type Fix, manifest, parseSchedule, type Present } from "#rule";
import { replaceValue, within } from "#rule";
import { isSpread, timeOfDay } from "./lib/hours.js";

export default defineRule({
  id: "schedule-uneven-step",
  summary: "A step that does not divide its range leaves uneven gaps, and one as large as the range runs once.",
  why: `
    A step counts within its field and starts over with each hour, day or month. \`*/45\` in the minute field runs at minute 0 and 45,
    so 45 minutes and 15 minutes apart in turn; \`*/90\` runs once an hour, and \`*/48\` in the hour field once a day. In the day of
    the month, \`*/2\` runs on the 31st and again on the 1st. None of it is an error to the API server.

    Even gaps need a step that divides 60 or 24.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://github.com/robfig/cron/blob/v3.0.1/parser.go#L230",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
  ],
  falsePositives: "Steps such as `*/25` that are chosen to spread load, where the short gap does no harm.",

  *cronJob({ schedule: field, suspend }) {
    if (field.state !== "present") return;
    const parsed = parseSchedule(field.value);
    if (!parsed.ok || parsed.schedule.kind !== "cron" || parsed.schedule.macro !== undefined) return;
    const mild = suspend.value === true ? ({ severity: "info" } as const) : {};
    for (const said of unevenParts(parsed.schedule, field)) yield { ...said, ...mild };
  },

  examples: [
    {
      title: "Every 45 minutes, it says",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "*/45 * * * *"
        #            ^^^^ */45 starts over every hour: minute 45 is followed by minute 0, 15 min later; write */30 for even gaps
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
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
          schedule: "*/30 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
    },
    {
      title: "More than an hour",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "*/90 * * * *"
        #            ^^^^ */90 matches minute 0 only: once an hour, and not every 90 min; write what is meant, 0 for once an hour
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
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
          schedule: "0 */2 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
    },
  ],
});

interface Unit {
  readonly size: number;
  readonly name: string;
  /** What starts over. */
  readonly whole: string;
  readonly once: string;
}

const minutes: Unit = { size: 60, name: "min", whole: "hour", once: "an hour" };
const hours: Unit = { size: 24, name: "h", whole: "day", once: "a day" };

/** The start and the step of a field that is stepped all the way round; `8-18/3` and `8/3` are windows that are meant. */
function stepOf({ text }: CronField): { readonly from: number; readonly step: number } | undefined {
  const [, from = "", by = ""] = /^(\*|\?|\d{1,2})\/(\d{1,5})$/.exec(text) ?? [];
  const [start, step] = [Number.isNaN(Number(from)) ? 0 : Number(from), Number(by)];
  return step > 1 && start < step ? { from: start, step } : undefined;
}

function* unevenParts(schedule: CronSchedule, field: Present<string>): Iterable<Finding> {
  const { minute, hour, dayOfMonth, dayOfWeek } = schedule;
  // Where no hour that is due follows another, the minutes never come round.
  if (hasNeighbours(hour, 24)) yield* clockPart(field, minute, minutes);
  if (dayOfWeek.star ? hasNeighbours(dayOfMonth, 31) : hasNeighbours(dayOfWeek, 7)) yield* clockPart(field, hour, hours);
  yield* dayPart(field, schedule);
  yield* monthPart(field, schedule);
  yield* weekdayPart(field, schedule);
}

function hasNeighbours({ values }: CronField, size: number): boolean {
  return values.some((value) => values.includes((value + 1) % size));
}

function* clockPart(field: Present<string>, part: CronField, unit: Unit): Iterable<Finding> {
  const stepped = stepOf(part);
  if (!stepped || isSpread(part, unit.size)) return;
  const { from, step } = stepped;
  const at = within(field, part.start, part.end);
  if (step >= unit.size) {
    yield { at, ...oncePer(field, part, unit, step) };
    return;
  }
  const last = part.values.at(-1) ?? from;
  const next = `${shown(last, unit)} is followed by ${shown(from, unit)}, ${String(unit.size - last + from)} ${unit.name} later`;
  const even = nearestDivisor(step, unit.size);
  const text = part.text.replace(/\d+$/, String(even));
  yield {
    at,
    // Small steps come round nearly evenly, and mostly somebody knew.
    ...(step * 4 <= unit.size ? { severity: "info" } : {}),
    message: `${part.text} starts over every ${unit.whole}: ${next}; write ${text} for even gaps`,
    fix: { title: `write ${text}: every ${String(even)} ${unit.name}, evenly`, safe: false, edits: [written(field, part, text)] },
  };
}

/** The step leaves one value; one of exactly the range is only a roundabout way to say it. */
function oncePer(field: Present<string>, part: CronField, unit: Unit, step: number): Omit<Finding, "at"> {
  const first = String(part.values[0] ?? 0);
  const fact = `${part.text} matches ${part.name} ${first} only`;
  if (step === unit.size) {
    const fix: Fix = { title: `write ${first}, which is the same`, safe: true, edits: [written(field, part, first)] };
    return { severity: "info", message: `${fact}, so it runs once ${unit.once}; ${first} says so plainly`, fix };
  }
  const meant = inHours(field, part, step);
  const remedy = meant === undefined ? `write what is meant, ${first} for once ${unit.once}` : `write "${meant}"`;
  return {
    message: `${fact}: once ${unit.once}, and not every ${String(step)} ${unit.name}; ${remedy}`,
    ...(meant === undefined ? {} : { fix: { title: `write "${meant}"`, safe: false, edits: [replaceValue(field, meant)] } }),
  };
}

/** A step of whole hours, as the hour field says it. */
function inHours(field: Present<string>, part: CronField, step: number): string | undefined {
  const rest = /^\s+\*(?=\s)(.*)$/s.exec(field.value.slice(part.end))?.[1];
  const count = step / 60;
  if (part.name !== "minute" || rest === undefined || !Number.isInteger(count) || 24 % count !== 0) return undefined;
  return `${field.value.slice(0, part.start)}${String(part.values[0] ?? 0)} */${String(count)}${rest}`;
}

function shown(value: number, unit: Unit): string {
  return unit === hours ? timeOfDay(value, 0) : `minute ${String(value)}`;
}

function* dayPart(field: Present<string>, { dayOfMonth: part, dayOfWeek }: CronSchedule): Iterable<Finding> {
  const stepped = stepOf({ ...part, text: part.text.replace(/^1\//, "*/") });
  // schedule-dom-dow-or has more to say.
  if (!stepped || part.values.length < 2 || !dayOfWeek.star) return;
  const last = part.values.at(-1) ?? 1;
  if (last < 29) return;
  const later = last === 31 ? "the day after" : `at most ${String(32 - last)} days later`;
  const fact = `${part.text} starts over every month: day ${String(last)} is followed by day 1, ${later}`;
  const message = `${fact}; cron cannot say every ${String(stepped.step)} days, so test it in the script if it matters`;
  yield { at: within(field, part.start, part.end), severity: "info", message };
}

/** Months are stepped from the first one on, whatever the step. */
function* monthPart(field: Present<string>, { month: part }: CronSchedule): Iterable<Finding> {
  const stepped = stepOf({ ...part, text: part.text.replace(/^1\//, "*/") });
  const last = part.values.at(-1) ?? 1;
  if (!stepped || part.values.length < 2 || 12 % stepped.step === 0) return;
  const gap = 13 - last;
  const fact = `${part.text} starts over every year: month ${String(last)} is followed by month 1, ${months(gap)} later`;
  yield { at: within(field, part.start, part.end), severity: "info", message: `${fact}; name the months that are meant` };
}

function months(count: number): string {
  return count === 1 ? "a month" : `${String(count)} months`;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** No step divides the seven days. */
function* weekdayPart(field: Present<string>, { dayOfWeek: part, dayOfMonth }: CronSchedule): Iterable<Finding> {
  // schedule-dom-dow-or has more to say.
  if (!stepOf(part) || part.values.length < 2 || !dayOfMonth.star) return;
  const [first = 0, last = 0] = [part.values[0], part.values.at(-1)];
  const gap = 7 - last + first;
  const later = gap === 1 ? "the day after" : `${String(gap)} days later`;
  const fact = `${part.text} starts over every week: ${weekdays[last] ?? ""} is followed by ${weekdays[first] ?? ""}, ${later}`;
  yield { at: within(field, part.start, part.end), severity: "info", message: `${fact}; name the weekdays that are meant` };
}

function written(field: Present<string>, { start, end }: CronField, text: string) {
  return replaceValue(field, `${field.value.slice(0, start)}${text}${field.value.slice(end)}`);
}

function nearestDivisor(step: number, size: number): number {
  const divisors = Array.from({ length: size / 2 }, (_, index) => index + 1).filter((one) => size % one === 0);
  return divisors.reduce((best, one) => (Math.abs(one - step) <= Math.abs(best - step) ? one : best), 1);
}
