import { day, daysOf, second, weekdayOf } from "./civil.js";
import { clockOf } from "./clock.js";
import type { Clock } from "./clock.js";
import { occurrencesBetween, ticksOfDay, zoneFor } from "./occurrences.js";
import { matchesDay } from "./schedule.js";
import type { CronSchedule, Schedule } from "./schedule.js";

/** The times between neighbouring runs, in seconds on a clock that is never changed. */
export interface Gaps {
  readonly shortest: number;
  readonly longest: number;
  /** The one that comes most often; the shorter one when two do. */
  readonly typical: number;
  /** Whether there is only one. */
  readonly uniform: boolean;
}

// After 28 years without a turn of a century the calendar repeats itself.
const cycleYears = Array.from({ length: 28 }, (_, index) => 2001 + index);
const cycleStart = daysOf(2001, 1, 1);
const cycleEnd = daysOf(2029, 1, 1);
const changesFrom = daysOf(2026, 1, 1) * day;
const changesTo = daysOf(2028, 1, 1) * day;

/** How far apart the runs are, by the calendar alone; undefined for a schedule that never fires. */
export function clockGaps(schedule: Schedule): Gaps | undefined {
  if (schedule.kind === "every") {
    const { seconds } = schedule;
    return { shortest: seconds, longest: seconds, typical: seconds, uniform: true };
  }
  const ticks = ticksOfDay(schedule);
  const steps = daySteps(schedule);
  const first = ticks[0];
  const last = ticks.at(-1);
  if (first === undefined || last === undefined || steps.size === 0) return undefined;
  const counts = new Map<number, number>();
  const count = (gap: number, times: number): void => {
    counts.set(gap, (counts.get(gap) ?? 0) + times);
  };
  const days = [...steps.values()].reduce((sum, times) => sum + times, 0);
  ticks.slice(1).forEach((tick, index) => count((tick - (ticks[index] ?? tick)) / second, days));
  for (const [step, times] of steps) count((step * day - last + first) / second, times);
  return summary(counts);
}

/**
 * The shortest time between two runs, in seconds. A change of the clock can bring two runs closer together (30 1 * * * runs
 * twice in an autumn night); `counted` takes the changes of 2026 and 2027 into account, which twice a year is rarely what
 * a rule should speak of. Undefined for a schedule that never fires.
 */
export function shortestGap(schedule: Schedule, zone: string, changes: "ignored" | "counted" = "ignored"): number | undefined {
  const gaps = clockGaps(schedule);
  return gaps && Math.min(gaps.shortest, ...(changes === "counted" ? gapsAtChanges(schedule, zone, gaps) : []));
}

/** The longest time between two runs, in seconds; as shortestGap. */
export function longestGap(schedule: Schedule, zone: string, changes: "ignored" | "counted" = "ignored"): number | undefined {
  const gaps = clockGaps(schedule);
  return gaps && Math.max(gaps.longest, ...(changes === "counted" ? gapsAtChanges(schedule, zone, gaps) : []));
}

/** The time between two runs that comes most often, in seconds; the same in every zone. */
export function typicalGap(schedule: Schedule): number | undefined {
  return clockGaps(schedule)?.typical;
}

/** How many runs a day are due on average; 0 for a schedule that never fires. */
export function firesPerDay(schedule: Schedule): number {
  if (schedule.kind === "every") return day / second / schedule.seconds;
  const days = [...daySteps(schedule).values()].reduce((sum, times) => sum + times, 0);
  const share = everyDay(schedule) ? 1 : days / (cycleEnd - cycleStart);
  return schedule.minute.values.length * schedule.hour.values.length * share;
}

/** Whether any date of the calendar matches; 30 February and an empty field do not. */
export function everFires(schedule: Schedule): boolean {
  return schedule.kind === "every" || (schedule.minute.values.length > 0 && schedule.hour.values.length > 0 && daySteps(schedule).size > 0);
}

function summary(counts: ReadonlyMap<number, number>): Gaps {
  const gaps = [...counts.keys()].sort((a, b) => a - b);
  const most = Math.max(...counts.values());
  const typical = gaps.find((gap) => counts.get(gap) === most) ?? 0;
  return { shortest: gaps[0] ?? typical, longest: gaps.at(-1) ?? typical, typical, uniform: gaps.length === 1 };
}

function everyDay({ dayOfMonth, month, dayOfWeek }: CronSchedule): boolean {
  const [anyDay, anyWeekday] = [dayOfMonth.values.length === 31, dayOfWeek.values.length === 7];
  const either = !dayOfMonth.star && !dayOfWeek.star;
  return month.values.length === 12 && (either ? anyDay || anyWeekday : anyDay && anyWeekday);
}

type DaySteps = ReadonlyMap<number, number>;

const daily: DaySteps = new Map([[1, 1]]);

// Most schedules of a cluster are due on the same few sets of days, and walking the calendar is the dearest part.
const knownSteps = new Map<string, DaySteps>();
const mostKnown = 1000;

// From the number of days between two that match to how often it comes in a cycle of the calendar.
function daySteps(schedule: CronSchedule): DaySteps {
  if (everyDay(schedule)) return daily;
  const key = [schedule.dayOfMonth, schedule.month, schedule.dayOfWeek].map(({ text }) => text).join(" ");
  const known = knownSteps.get(key);
  if (known) return known;
  const steps = countedSteps(schedule);
  if (key.length < 100 && knownSteps.size < mostKnown) knownSteps.set(key, steps);
  return steps;
}

function countedSteps(schedule: CronSchedule): DaySteps {
  const steps = new Map<number, number>();
  const days = matchingDays(schedule);
  days.forEach((at, index) => {
    const next = days[index + 1] ?? (days[0] ?? at) + cycleEnd - cycleStart;
    steps.set(next - at, (steps.get(next - at) ?? 0) + 1);
  });
  return steps;
}

// The days of one cycle of the calendar, counted from 1970.
function matchingDays(schedule: CronSchedule): readonly number[] {
  return cycleYears.flatMap((year) => schedule.month.values.flatMap((month) => daysOfMonth(schedule, year, month)));
}

function daysOfMonth(schedule: CronSchedule, year: number, month: number): readonly number[] {
  const days: number[] = [];
  const [first, end] = [daysOf(year, month, 1), daysOf(year, month + 1, 1)];
  for (let at = first; at < end; at++) {
    if (matchesDay(schedule, at - first + 1, weekdayOf(at))) days.push(at);
  }
  return days;
}

// The gaps, in seconds, around each change of the clock.
function gapsAtChanges(schedule: Schedule, zone: string, { longest }: Gaps): readonly number[] {
  const clock = schedule.kind === "cron" ? clockOf(zoneFor(schedule, zone)) : undefined;
  if (!clock) return [];
  return changesOf(clock).flatMap((change) => {
    const margin = 2 * day + longest * second;
    const times = occurrencesBetween(schedule, zone, change - margin, change + margin, 20_000);
    const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / second);
    return [Math.min(...gaps), Math.max(...gaps)].filter(Number.isFinite);
  });
}

function changesOf(clock: Clock): readonly number[] {
  const changes: number[] = [];
  for (let at = clock.spanAt(changesFrom).to; at < changesTo; at = clock.spanAt(at).to) {
    if (clock.offsetAt(at) !== clock.offsetAt(at - 1)) changes.push(at);
  }
  return changes;
}
