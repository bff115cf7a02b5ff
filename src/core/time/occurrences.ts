import { dateOf, day, hour, minute, second, weekdayOf } from "./civil.js";
import { clockOf, earliest, latest } from "./clock.js";
import type { Clock, Span } from "./clock.js";
import { walkToNext } from "./next.js";
import { matches, matchesDay } from "./schedule.js";
import type { CronSchedule, EverySchedule, Schedule } from "./schedule.js";

/**
 * The next time a schedule fires after `after`; both in milliseconds since 1970. A `TZ=` prefix beats `zone`, which is the
 * zone of the CronJob or, without one, of the controller. Undefined when nothing matches up to the end of the fifth calendar
 * year, and also where the zone is unknown (see isKnownZone) or the time is outside the years 1 to 9998.
 *
 * This is robfig's own answer, and in an hour that comes twice that is not always later than `after`: to list times, use
 * occurrencesBetween, which always gets on.
 */
export function nextOccurrence(schedule: Schedule, zone: string, after: number): number | undefined {
  if (!(after >= earliest && after < latest)) return undefined;
  if (schedule.kind === "every") return nextOfEvery(schedule, after);
  const clock = clockOf(zoneFor(schedule, zone));
  return clock && walkToNext(schedule, clock, after);
}

/**
 * The times a schedule fires after `from` and before `to`, ascending, at most `limit` of them: each is the next occurrence of
 * the one before.
 */
export function occurrencesBetween(schedule: Schedule, zone: string, from: number, to: number, limit: number): readonly number[] {
  if (!(from >= earliest && from < latest) || !(limit >= 1)) return [];
  const end = Math.min(to, latest);
  if (schedule.kind === "every") return everyBetween(schedule, from, end, limit);
  const clock = clockOf(zoneFor(schedule, zone));
  return clock ? cronBetween(schedule, clock, from, end, limit) : [];
}

/** The zone a schedule is reckoned in: its prefix names it, or `zone` does. */
export function zoneFor(schedule: Schedule, zone: string): string {
  return schedule.zone === undefined || schedule.zone.name === "Local" ? zone : schedule.zone.name;
}

function nextOfEvery({ seconds }: EverySchedule, after: number): number {
  return (Math.floor(after / second) + seconds) * second;
}

function everyBetween(schedule: EverySchedule, from: number, to: number, limit: number): readonly number[] {
  const times: number[] = [];
  for (let at = nextOfEvery(schedule, from); at < to && times.length < limit; at = nextOfEvery(schedule, at)) times.push(at);
  return times;
}

function cronBetween(schedule: CronSchedule, clock: Clock, from: number, to: number, limit: number): readonly number[] {
  const ticks = ticksOfDay(schedule);
  const times: number[] = [];
  let last = from;
  while (times.length < limit) {
    const next = nextBeyond(schedule, clock, last);
    if (next === undefined || next >= to) break;
    times.push(next);
    last = next;
    const span = clock.spanAt(next);
    // A walk from one tick to the next looks at clock times up to 14 hours off. Where the offset is one all along, and a
    // day beyond on either side, it finds what the calendar says; near a change only walking tells.
    if (next - day >= span.from) last = expand({ schedule, ticks, span, end: Math.min(to, span.to - day), limit }, times) ?? last;
  }
  return times;
}

// Where an hour or a part of one comes twice, the walk can end before it began, or stand still for ever (Chatham, "55 3 4 * 0"
// on 4 April 2027). Here the list goes on with the first answer that is later, as the controller does when its clock has moved on.
function nextBeyond(schedule: CronSchedule, clock: Clock, time: number): number | undefined {
  let at = time;
  for (let hop = 0; hop < 5; hop++) {
    const next = walkToNext(schedule, clock, at);
    if (next === undefined || next > time) return next;
    if (next === at) break;
    at = next;
  }
  for (let start = time + minute; start < time + 2 * day; start += minute) {
    const next = walkToNext(schedule, clock, start);
    if (next === undefined || next > time) return next;
  }
  return undefined;
}

/** Milliseconds since midnight of each tick on a day that matches, ascending. */
export function ticksOfDay(schedule: CronSchedule): readonly number[] {
  return schedule.hour.values.flatMap((h) => schedule.minute.values.map((m) => h * hour + m * minute));
}

interface Expansion {
  readonly schedule: CronSchedule;
  readonly ticks: readonly number[];
  readonly span: Span;
  readonly end: number;
  readonly limit: number;
}

// Adds what follows the last of the times; returns the new last one.
function expand({ schedule, ticks, span, end, limit }: Expansion, times: number[]): number | undefined {
  let last = times.at(-1);
  if (last === undefined) return undefined;
  const firstDay = Math.floor((last + span.offset) / day);
  let lastYear = dateOf(firstDay).year;
  for (let days = firstDay; days * day - span.offset < end; days++) {
    const date = dateOf(days);
    if (date.year > lastYear + 5) return last;
    if (!matches(schedule.month, date.month) || !matchesDay(schedule, date.day, weekdayOf(days))) continue;
    const midnight = days * day - span.offset;
    for (const tick of ticks) {
      const at = midnight + tick;
      if (at <= last) continue;
      if (at >= end || times.length >= limit) return last;
      times.push(at);
      last = at;
    }
    lastYear = date.year;
  }
  return last;
}
