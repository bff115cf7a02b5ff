import { dateOf, day, daysOf, hour, minute, second, weekdayOf } from "./civil.js";
import type { Clock } from "./clock.js";
import { matches, matchesDay } from "./schedule.js";
import type { CronSchedule } from "./schedule.js";

// The walk cannot stand still in zones as they are now, but it can where a whole day was left out (Apia, 30 December 2011).
const mostSteps = 100_000;

/**
 * The next time after `after` (milliseconds since 1970), exactly as robfig/cron walks to it, so with its behaviour around a
 * change of the clock: https://github.com/robfig/cron/blob/v3.0.1/spec.go#L58. Undefined when nothing matches up to the end
 * of the fifth calendar year.
 */
export function walkToNext(schedule: CronSchedule, clock: Clock, after: number): number | undefined {
  if ([schedule.minute, schedule.hour, schedule.month].some(({ values }) => values.length === 0)) return undefined;
  const walk: Walk = { schedule, clock, now: momentAt(clock, Math.floor(after / second) * second + second), moved: false, steps: 0 };
  const lastYear = walk.now.year + 5;
  while (walk.now.year <= lastYear && walk.steps < mostSteps) {
    if (toMonth(walk) && toDay(walk) && toHour(walk) && toMinute(walk) && toSecond(walk)) return walk.now.time;
  }
  return undefined;
}

interface Moment {
  readonly time: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

interface Walk {
  readonly schedule: CronSchedule;
  readonly clock: Clock;
  now: Moment;
  /** Whether the search has left the second that it began with, so that smaller units start from their first value. */
  moved: boolean;
  steps: number;
}

// Each of these returns false when it runs into a new year, month, day, hour or minute: larger units must be looked at again.

function toMonth(walk: Walk): boolean {
  while (!matches(walk.schedule.month, walk.now.month)) {
    if (!walk.moved) startFrom(walk, dateTime(walk, walk.now.year, walk.now.month, 1, 0));
    const { now } = walk;
    step(walk, dateTime(walk, now.year, now.month + 1, now.day, timeOfDay(now)));
    if (walk.now.month === 1 || walk.steps > mostSteps) return false;
  }
  return true;
}

function toDay(walk: Walk): boolean {
  while (!matchesDay(walk.schedule, walk.now.day, walk.now.weekday)) {
    if (!walk.moved) startFrom(walk, dateTime(walk, walk.now.year, walk.now.month, walk.now.day, 0));
    const { now } = walk;
    step(walk, dateTime(walk, now.year, now.month, now.day + 1, timeOfDay(now)));
    // Where midnight does not exist, the nearest whole hours are 23 and 1.
    if (walk.now.hour > 12) step(walk, walk.now.time + (24 - walk.now.hour) * hour);
    else if (walk.now.hour > 0) step(walk, walk.now.time - walk.now.hour * hour);
    if (walk.now.day === 1 || walk.steps > mostSteps) return false;
  }
  return true;
}

function toHour(walk: Walk): boolean {
  while (!matches(walk.schedule.hour, walk.now.hour)) {
    const { now } = walk;
    if (!walk.moved) startFrom(walk, dateTime(walk, now.year, now.month, now.day, now.hour * hour));
    step(walk, walk.now.time + hour);
    if (walk.now.hour === 0 || walk.steps > mostSteps) return false;
  }
  return true;
}

function toMinute(walk: Walk): boolean {
  while (!matches(walk.schedule.minute, walk.now.minute)) {
    if (!walk.moved) startFrom(walk, Math.floor(walk.now.time / minute) * minute);
    step(walk, walk.now.time + minute);
    if (walk.now.minute === 0 || walk.steps > mostSteps) return false;
  }
  return true;
}

function toSecond(walk: Walk): boolean {
  if (walk.now.second === 0) return true;
  walk.moved = true;
  step(walk, walk.now.time + (60 - walk.now.second) * second);
  return false;
}

function startFrom(walk: Walk, time: number): void {
  walk.moved = true;
  walk.now = momentAt(walk.clock, time);
}

function step(walk: Walk, time: number): void {
  walk.steps++;
  walk.now = momentAt(walk.clock, time);
}

// Go's time.Date looks the offset up as if local time were UTC and once more with the result; where local time
// does not exist that gives a moment on the other side of the gap: https://pkg.go.dev/time#Date
function dateTime({ clock }: Walk, year: number, month: number, dayOfMonth: number, inDay: number): number {
  const local = daysOf(year, month, dayOfMonth) * day + inDay;
  return local - clock.offsetAt(local - clock.offsetAt(local));
}

function timeOfDay(moment: Moment): number {
  return moment.hour * hour + moment.minute * minute + moment.second * second;
}

function momentAt(clock: Clock, time: number): Moment {
  const local = time + clock.offsetAt(time);
  const days = Math.floor(local / day);
  const rest = local - days * day;
  const { year, month, day: dayOfMonth } = dateOf(days);
  return {
    time,
    year,
    month,
    day: dayOfMonth,
    weekday: weekdayOf(days),
    hour: Math.floor(rest / hour),
    minute: Math.floor((rest % hour) / minute),
    second: Math.floor((rest % minute) / second),
  };
}
