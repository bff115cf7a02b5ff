import { dateOf, day, hour, minute, second, weekdayOf } from "./civil.js";
import { clockOf } from "./clock.js";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

const two = (value: number): string => String(value).padStart(2, "0");

/** `Sun 2026-03-29 02:30`, with seconds where there are some; `wall` is local time as if it were UTC. */
export function wallText(wall: number): string {
  const days = Math.floor(wall / day);
  const rest = wall - days * day;
  const { year, month, day: dayOfMonth } = dateOf(days);
  const seconds = Math.floor((rest % minute) / second);
  const clock = `${two(Math.floor(rest / hour))}:${two(Math.floor((rest % hour) / minute))}${seconds === 0 ? "" : `:${two(seconds)}`}`;
  return `${weekdays[weekdayOf(days)] ?? ""} ${String(year).padStart(4, "0")}-${two(month)}-${two(dayOfMonth)} ${clock}`;
}

/** `+02:00`; `Z` would hide that a zone has an offset. */
export function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / minute);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A moment on the wall of a zone: `Sun 2026-03-29 03:30 +02:00`. UTC where this machine lacks the zone. */
export function localText(zone: string, time: number): string {
  const offset = clockOf(zone)?.offsetAt(time) ?? 0;
  return `${wallText(time + offset)} ${offsetText(offset)}`;
}

/** The same as RFC 3339: `2026-03-29T03:30:00+02:00`. */
export function localTimestamp(zone: string, time: number): string {
  const offset = clockOf(zone)?.offsetAt(time) ?? 0;
  return `${new Date(time + offset).toISOString().slice(0, 19)}${offsetText(offset)}`;
}
