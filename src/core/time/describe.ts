import { hour as hourLength, minute as minuteLength } from "./civil.js";
import { everFires } from "./gaps.js";
import { ticksOfDay } from "./occurrences.js";
import type { CronField, CronSchedule, Schedule } from "./schedule.js";

const monthNames = "January February March April May June July August September October November December".split(" ");
const weekdayNames = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** What a schedule says, in plain English: "every 2 minutes", "at 02:00 on Monday to Friday". */
export function describeSchedule(schedule: Schedule): string {
  const zone = schedule.zone === undefined || schedule.zone.name === "" ? "" : ` (${schedule.zone.name})`;
  if (schedule.kind === "every") return `every ${duration(schedule.seconds)}`;
  if (!everFires(schedule)) return "never";
  const [when, on, during] = [times(schedule), days(schedule), months(schedule)];
  // "on day 1 or on Monday in June" could be read as any day 1.
  const parts = on.includes(" or ") && during !== "" ? [when, `${during},`, on] : [when, on, during];
  return parts.filter((part) => part !== "").join(" ") + zone;
}

function duration(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  if (seconds === 3600 || seconds === 60 || seconds === 1) return parts.find(([count]) => count === 1)?.[1] ?? "";
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ");
}

// A pattern within the hour and one of hours are said apart; a few single times are better listed.
function times(schedule: CronSchedule): string {
  const { minute, hour } = schedule;
  const step = stepOf(minute, 60);
  const everyMinute = minute.values.length === 60;
  if (hour.values.length === 24) return everyMinute ? "every minute" : step === undefined ? ofEveryHour(minute) : `every ${step} minutes`;
  if (everyMinute || step !== undefined) return `${everyMinute ? "every minute" : `every ${step} minutes`} ${list(hourWindows(hour))}`;
  const ticks = ticksOfDay(schedule);
  if (ticks.length <= 6) return `at ${list(ticks.map(clock))}`;
  const hourStep = stepOf(hour, 24);
  const minutes = minute.values.length === 1 ? `minute ${minute.values[0]}` : `minutes ${numbers(minute.values)}`;
  if (hourStep !== undefined) return `at ${minutes} of every ${ordinal(hourStep)} hour from 00:00`;
  return `at ${minutes} of hours ${numbers(hour.values)}`;
}

function ofEveryHour({ values }: CronField): string {
  const [only] = values;
  if (values.length > 1) return `at minutes ${numbers(values)} of every hour`;
  return only === 0 ? "every hour on the hour" : `at minute ${only} of every hour`;
}

// The step that fills an hour or a day evenly from 0 on, if there is one above 1 that gives at least two values.
function stepOf({ values }: CronField, size: number): number | undefined {
  const [first, step] = values;
  if (first !== 0 || step === undefined || step === 1 || size % step !== 0 || values.length !== size / step) return undefined;
  return values.every((value, index) => value === index * step) ? step : undefined;
}

function hourWindows({ values }: CronField): readonly string[] {
  return ranges(values).map(([from, to]) => `from ${clock(from * hourLength)} to ${clock(to * hourLength + 59 * minuteLength)}`);
}

function days({ dayOfMonth, month, dayOfWeek, ...schedule }: CronSchedule): string {
  const anyDay = dayOfMonth.values.length === 31;
  const anyWeekday = dayOfWeek.values.length === 7;
  const either = !dayOfMonth.star && !dayOfWeek.star;
  if (either ? anyDay || anyWeekday : anyDay && anyWeekday) return daily(schedule, month.values.length === 12);
  const dayWord = dayOfMonth.values.length === 1 ? "day" : "days";
  const ofMonth = `on ${dayWord} ${numbers(dayOfMonth.values)} of the month`;
  const ofWeek = `on ${weekdays(dayOfWeek.values)}`;
  if (anyDay || dayOfMonth.values.length === 0) return ofWeek;
  if (anyWeekday || dayOfWeek.values.length === 0) return ofMonth;
  // Two restricted day fields are joined by OR.
  return `${ofMonth} or ${ofWeek}`;
}

// "at 02:00 every day", but "every 2 minutes" says it all.
function daily({ minute, hour }: Pick<CronSchedule, "minute" | "hour">, allYear: boolean): string {
  const pattern = minute.values.length === 60 || hour.values.length === 24 || stepOf(minute, 60) !== undefined;
  return allYear && !pattern ? "every day" : "";
}

function months({ month }: CronSchedule): string {
  if (month.values.length === 12) return "";
  return `in ${list(ranges(month.values).flatMap((range) => named(range, (value) => monthNames[value - 1] ?? "")))}`;
}

// A week is read from Monday on, so 0,5,6 is Friday to Sunday.
function weekdays(values: readonly number[]): string {
  const fromMonday = values.map((value) => (value === 0 ? 7 : value)).sort((a, b) => a - b);
  return list(ranges(fromMonday).flatMap((range) => named(range, (value) => weekdayNames[value % 7] ?? "")));
}

function named([from, to]: Range, name: (value: number) => string): readonly string[] {
  if (from === to) return [name(from)];
  return to === from + 1 ? [name(from), name(to)] : [`${name(from)} to ${name(to)}`];
}

function numbers(values: readonly number[]): string {
  const long = ([from, to]: Range): boolean => to > from + 1;
  return list(ranges(values).flatMap((range) => (long(range) ? [`${range[0]} to ${range[1]}`] : [...new Set(range)].map(String))));
}

type Range = readonly [from: number, to: number];

function ranges(values: readonly number[]): readonly Range[] {
  const found: [number, number][] = [];
  for (const value of values) {
    const open = found.at(-1);
    if (open?.[1] === value - 1) open[1] = value;
    else found.push([value, value]);
  }
  return found;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function ordinal(count: number): string {
  return count === 2 ? "2nd" : count === 3 ? "3rd" : `${count}th`;
}

function clock(inDay: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(inDay / hourLength))}:${two(Math.floor((inDay % hourLength) / minuteLength))}`;
}
