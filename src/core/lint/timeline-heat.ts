import { day, hour, minute, weekdayOf } from "../time/civil.js";
import { clockOf } from "../time/clock.js";
import type { Load } from "./timeline-load.js";

/** Starts by weekday, Monday first, and hour on the wall; null for hours that the timeline does not touch. */
export type Heat = readonly (readonly (number | null)[])[];

export function heatOf({ startsByMinute, stretch }: Load, zone: string): Heat {
  const heat = Array.from({ length: 7 }, () => new Array<number | null>(24).fill(null));
  const clock = clockOf(zone);
  startsByMinute.forEach((count, index) => {
    const time = stretch.from + index * minute;
    const wall = time + (clock?.offsetAt(time) ?? 0);
    const days = Math.floor(wall / day);
    const row = heat[(weekdayOf(days) + 6) % 7];
    const column = Math.floor((wall - days * day) / hour);
    if (row) row[column] = (row[column] ?? 0) + count;
  });
  return heat;
}
