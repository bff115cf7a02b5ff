import { dateOf, day, weekdayOf } from "./civil.js";
import { clockOf } from "./clock.js";
import { occurrencesBetween, ticksOfDay, zoneFor } from "./occurrences.js";
import { matches, matchesDay, type Schedule } from "./schedule.js";

/** A moment at which the clocks of a zone are put forward or back. */
export interface ClockChange {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds from UTC. */
  readonly before: number;
  readonly after: number;
}

/** The changes of a zone's clocks after `from` and before `to`, at most `limit`; none for a zone that this machine lacks. */
export function clockChangesBetween(zone: string, from: number, to: number, limit: number): readonly ClockChange[] {
  const clock = clockOf(zone);
  const changes: ClockChange[] = [];
  if (!clock) return changes;
  for (let span = clock.spanAt(from); span.to < to && changes.length < limit; ) {
    const next = clock.spanAt(span.to);
    if (next.offset !== span.offset && span.to > from) changes.push({ at: span.to, before: span.offset, after: next.offset });
    span = next;
  }
  return changes;
}

/** A time of the calendar at which a schedule should fire and, for a change of the clocks, does not. */
export interface SkippedTime {
  /** The time on the wall as if it were UTC, in milliseconds since 1970. */
  readonly wall: number;
  readonly change: ClockChange;
}

const mostSkipped = 1000;

/**
 * What the controller leaves out around one change: times that do not exist, and those that robfig's walk steps over where a shift is
 * no whole hour or takes midnight away.
 */
export function skippedAround(schedule: Schedule, zone: string, change: ClockChange): readonly SkippedTime[] {
  if (schedule.kind === "every") return [];
  const offsets = [change.before, change.after];
  const fired = occurrencesBetween(schedule, zone, change.at - 3 * day, change.at + 3 * day, 10_000);
  const seen = new Set(fired.flatMap((time) => offsets.map((offset) => time + offset)));
  const firstDay = Math.floor((change.at + Math.min(...offsets)) / day);
  const lastDay = Math.floor((change.at + Math.max(...offsets)) / day);
  const skipped: SkippedTime[] = [];
  for (let days = firstDay; days <= lastDay; days++) {
    const date = dateOf(days);
    if (!matches(schedule.month, date.month) || !matchesDay(schedule, date.day, weekdayOf(days))) continue;
    for (const tick of ticksOfDay(schedule)) {
      const wall = days * day + tick;
      if (!seen.has(wall) && skipped.length < mostSkipped) skipped.push({ wall, change });
    }
  }
  return skipped;
}

/** Whether the time on the wall at this moment comes twice, and then which of the two this is. */
export function repetitionAt(zone: string, time: number): "first" | "second" | undefined {
  const clock = clockOf(zone);
  if (!clock) return undefined;
  const span = clock.spanAt(time);
  const next = clock.spanAt(span.to);
  const back = span.offset - next.offset;
  if (span.to !== Infinity && back > 0 && time >= span.to - back) return "first";
  const previous = clock.spanAt(span.from - 1);
  const before = previous.offset - span.offset;
  return span.from !== -Infinity && before > 0 && time < span.from + before ? "second" : undefined;
}

/** The zone that a schedule is read in, where `zone` is the CronJob's or the controller's. */
export function zoneRead(schedule: Schedule, zone: string): string {
  return zoneFor(schedule, zone) || "Etc/UTC";
}
