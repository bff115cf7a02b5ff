import type { RunTime } from "#rule";

const [hour, day] = [3600, 86_400];

/** Seconds that end a run which hangs and leave a known one room: one gap between runs, at least an hour and at most a day. */
export function suggestedDeadline({ least, most }: RunTime, gap = hour): number {
  const known = Math.max(Number.isFinite(least) ? least : 0, most ?? 0);
  return Math.max(hour, Math.min(gap, day), Math.ceil((2 * known) / hour) * hour);
}
