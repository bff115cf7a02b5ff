import type { Extent } from "./script.js";

/** Where something stands: in the script, or as a whole word of the command that starts it. */
export interface Site extends Extent {
  readonly word?: number;
}

/** Seconds since the script began, between two bounds. */
export interface Clock {
  readonly least: number;
  readonly most: number;
  /** Adds up to `least`. */
  readonly why: Reason | undefined;
  /** What `most` consists of, where it is finite; a kill that comes late is not among it. */
  readonly bound: Reason | undefined;
}

/** One thing that takes time, after all those before it. */
export interface Reason {
  readonly site: Site;
  /** `limit`: at most so long. */
  readonly cause: "sleep" | "timeout" | "loop" | "endless" | "limit";
  readonly seconds: number;
  readonly before: Reason | undefined;
}

export const beginning: Clock = { least: 0, most: 0, why: undefined, bound: undefined };

/** Nothing is known. */
export const anyTime: Clock = { least: 0, most: Infinity, why: undefined, bound: undefined };

/** The clock after something that takes so many seconds, no more and no less. */
export function passed(clock: Clock, seconds: number, cause: Reason["cause"], site: Site): Clock {
  if (seconds === 0 || clock.least === Infinity) return clock;
  const why = { site, cause, seconds, before: clock.why };
  const bound = { site, cause, seconds, before: clock.bound };
  return { least: clock.least + seconds, most: clock.most + seconds, why, bound };
}

/** The clock after something that takes at most so many seconds. */
export function upTo(clock: Clock, seconds: number, site: Site): Clock {
  if (seconds === 0) return clock;
  return { ...clock, most: clock.most + seconds, bound: { site, cause: "limit", seconds, before: clock.bound } };
}

/** The clock after something that may take any time. */
export function unbounded(clock: Clock): Clock {
  return { ...clock, most: Infinity };
}

/** The clock when either may be true. */
export function either(one: Clock, other: Clock): Clock {
  const first = one.least <= other.least ? one : other;
  return { ...first, ...later(one, other) };
}

function later(one: Clock, other: Clock): Pick<Clock, "most" | "bound"> {
  const { most, bound } = one.most >= other.most ? one : other;
  return { most, bound };
}

/** The clock when both have come. */
export function both(one: Clock, other: Clock): Clock {
  const last = one.least >= other.least ? one : other;
  return { ...last, ...later(one, other) };
}

/** The clock of something that is stopped when so many seconds have passed since `from`; `grace` more until it is dead. */
export function cut(clock: Clock, from: Clock, limit: { readonly seconds: number; readonly grace: number }, site: Site): Clock {
  const latest = passed(from, limit.seconds, "timeout", site);
  const first = clock.least <= latest.least ? clock : latest;
  const most = latest.most + limit.grace;
  return clock.most <= most ? { ...first, most: clock.most, bound: clock.bound } : { ...first, most, bound: latest.bound };
}
