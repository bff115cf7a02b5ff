import type { Extent } from "./script.js";

/** Where something stands: in the script, or as a whole word of the command that starts it. */
export interface Site extends Extent {
  readonly word?: number;
}

/** Seconds since the script began, between two bounds; `why` adds up to `least`. */
export interface Clock {
  readonly least: number;
  readonly most: number;
  readonly why: Reason | undefined;
}

/** One thing that takes time for certain, after all those before it. */
export interface Reason {
  readonly site: Site;
  readonly cause: "sleep" | "timeout" | "loop";
  readonly seconds: number;
  readonly before: Reason | undefined;
}

export const beginning: Clock = { least: 0, most: 0, why: undefined };

/** The clock after something that takes so many seconds, no more and no less. */
export function passed(clock: Clock, seconds: number, cause: Reason["cause"], site: Site): Clock {
  if (seconds === 0 || clock.least === Infinity) return clock;
  const why = { site, cause, seconds, before: clock.why };
  return { least: clock.least + seconds, most: clock.most + seconds, why };
}

/** The clock after something that may take any time. */
export function unbounded(clock: Clock): Clock {
  return { ...clock, most: Infinity };
}

/** The clock when either may be true. */
export function either(one: Clock, other: Clock): Clock {
  const first = one.least <= other.least ? one : other;
  return { ...first, most: Math.max(one.most, other.most) };
}

/** The clock when both have come. */
export function both(one: Clock, other: Clock): Clock {
  const last = one.least >= other.least ? one : other;
  return { ...last, most: Math.max(one.most, other.most) };
}

/** The clock of something that is stopped when so many seconds have passed since `from`; `grace` more until it is dead. */
export function cut(clock: Clock, from: Clock, limit: { readonly seconds: number; readonly grace: number }, site: Site): Clock {
  const latest = passed(from, limit.seconds, "timeout", site);
  const first = clock.least <= latest.least ? clock : latest;
  return { ...first, most: Math.min(clock.most, latest.most + limit.grace) };
}
