import { day, second } from "../civil.js";

/** Go's zero time, which stands for a schedule that is never due again. */
export const zeroTime = -62_135_596_800_000;

/** The next time after another, in milliseconds; zeroTime if there is none. */
export type Next = (after: number) => number;

export interface Missed {
  /** `invalid` when the schedule does not get on from its first tick to a second one. */
  readonly kind: "none" | "few" | "many" | "invalid";
  /** The latest tick that is due, as far as the estimate finds it. */
  readonly latest: number | undefined;
}

// Ticks are followed one by one to the last that is due. In real time there are a handful; the rest is for a schedule with a
// dense stretch after a long pause, where it is enough to follow those of the last two days.
const mostFollowed = 1000;
const mostAtTheEnd = 10_000;

/**
 * The controller's estimate of what is due since `earliest`: it takes the first gap between two ticks for all of them, so of
 * an uneven schedule it may miss the last ticks: mostRecentScheduleTime in
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/cronjob/utils.go
 */
export function missedStarts(next: Next, earliest: number, now: number): Missed {
  const first = next(earliest);
  if (now < first) return { kind: "none", latest: undefined };
  const following = next(first);
  if (now < following) return { kind: "none", latest: first };
  const gap = following - first;
  if (gap < second) return { kind: "invalid", latest: undefined };
  const count = Math.floor((now - first) / gap) + 1;
  return { kind: count > 100 ? "many" : "few", latest: lastDue(next, first + (count - 2) * gap, now) };
}

function lastDue(next: Next, from: number, now: number): number | undefined {
  let latest: number | undefined;
  let tick = next(from);
  for (let followed = 0; tick <= now && followed < mostAtTheEnd; followed++) {
    latest = tick;
    tick = next(followed === mostFollowed ? Math.max(tick, now - 2 * day) : tick);
  }
  return latest;
}
