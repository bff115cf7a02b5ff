import { dateOf, day, hour, weekdayOf } from "../civil.js";
import { clockOf } from "../clock.js";
import type { Span } from "../clock.js";
import { occurrencesBetween, ticksOfDay, zoneFor } from "../occurrences.js";
import { matches, matchesDay } from "../schedule.js";
import type { CronSchedule } from "../schedule.js";

/** Some 5,000 years of minutes would be refused by any machine; this is sixty. */
export const mostTicks = 32_000_000;

// Each walk costs some preparation.
const batch = 200;

interface List {
  times: Float64Array;
  count: number;
}

interface Pattern {
  readonly schedule: CronSchedule;
  readonly ofDay: Float64Array;
  readonly everyDay: boolean;
  /** How far around a tick a walk may look at the clock. */
  readonly margin: number;
}

/**
 * The list of occurrencesBetween in a third of the time: whole days are filled from a pattern, and only around a change of the
 * clock is the schedule walked.
 */
export function ticksBetween(schedule: CronSchedule, zone: string, from: number, to: number): Float64Array {
  const clock = clockOf(zoneFor(schedule, zone));
  if (!clock || !(from < to)) return new Float64Array(0);
  const pattern = patternOf(schedule);
  const list: List = { times: new Float64Array(firstRoom(pattern, to - from)), count: 0 };
  for (let last = from; list.count < mostTicks;) {
    const walked = occurrencesBetween(schedule, zone, last, to, batch);
    const next = walked.at(-1);
    if (next === undefined) break;
    reserve(list, walked.length);
    list.times.set(walked, list.count);
    list.count += walked.length;
    const span = clock.spanAt(next);
    last = next - pattern.margin >= span.from ? fill(list, pattern, span, Math.min(to, span.to - pattern.margin)) : next;
  }
  return list.times.subarray(0, Math.min(list.count, mostTicks));
}

// To grow a list is to copy it, so one of ticks every day is given its room at once.
function firstRoom({ ofDay, everyDay }: Pattern, duration: number): number {
  const days = everyDay ? Math.ceil(duration / day) + 2 : 2;
  return Math.max(1, Math.min(days * ofDay.length, mostTicks / 8));
}

function patternOf(schedule: CronSchedule): Pattern {
  const { hour: hours, dayOfMonth, month, dayOfWeek } = schedule;
  const everyDay = month.values.length === 12 && dayOfMonth.values.length === 31 && dayOfWeek.values.length === 7;
  // With a tick in every hour, the walk only ever adds minutes; else it may go back to a midnight.
  const margin = everyDay && hours.values.length === 24 ? hour : day;
  return { schedule, ofDay: Float64Array.from(ticksOfDay(schedule)), everyDay, margin };
}

// Adds what follows the last tick and comes before `end`; returns the new last one.
function fill(list: List, { schedule, ofDay, everyDay }: Pattern, { offset }: Span, end: number): number {
  const last = list.times[list.count - 1] ?? end;
  const firstDay = Math.floor((last + offset) / day);
  let lastYear = dateOf(firstDay).year;
  for (let days = firstDay; days * day - offset < end && list.count < mostTicks; days++) {
    if (!everyDay) {
      const date = dateOf(days);
      if (date.year > lastYear + 5) break;
      if (!matches(schedule.month, date.month) || !matchesDay(schedule, date.day, weekdayOf(days))) continue;
      lastYear = date.year;
    }
    reserve(list, ofDay.length);
    const midnight = days * day - offset;
    if (days === firstDay || midnight + day > end) addSome(list, ofDay, midnight, end);
    else addAll(list, ofDay, midnight);
  }
  return list.times[list.count - 1] ?? end;
}

function addAll(list: List, ofDay: Float64Array, midnight: number): void {
  const { times, count } = list;
  for (let index = 0; index < ofDay.length; index++) times[count + index] = midnight + (ofDay[index] ?? 0);
  list.count = count + ofDay.length;
}

function addSome(list: List, ofDay: Float64Array, midnight: number, end: number): void {
  const last = list.times[list.count - 1] ?? end;
  for (const inDay of ofDay) {
    const at = midnight + inDay;
    if (at > last && at < end) list.times[list.count++] = at;
  }
}

function reserve(list: List, more: number): void {
  const { times, count } = list;
  if (count + more <= times.length) return;
  list.times = new Float64Array(Math.max(count + more, 2 * times.length));
  list.times.set(times);
}
