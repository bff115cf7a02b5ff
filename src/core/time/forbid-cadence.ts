/** What becomes of the ticks of an even schedule when every run is longer than the gap, under Forbid. */
export interface Cadence {
  /** Ticks until the pattern repeats; the other counts are out of these. */
  readonly ticks: number;
  readonly started: number;
  readonly lost: number;
  /** Of the started ones, those that start after their time, and by how many seconds at most. */
  readonly late: number;
  readonly latest: number;
}

/**
 * Follows the controller through one period, in whole seconds: when a run ends, the latest tick that was missed starts at
 * once, unless its deadline has passed; earlier ones are gone. Source: `pkg/controller/cronjob/cronjob_controllerv2.go`.
 */
export function forbidCadence(gap: number, run: number, startingDeadline = Number.POSITIVE_INFINITY): Cadence {
  let [ticks, started, late, latest, delay] = [0, 0, 0, 0, 0];
  do {
    started++;
    const free = delay + run;
    const passed = Math.max(1, Math.floor(free / gap));
    const missedBy = Math.max(0, free - passed * gap);
    const waits = missedBy > 0 && missedBy >= startingDeadline;
    ticks += waits ? passed + 1 : passed;
    delay = waits ? 0 : missedBy;
    if (delay > 0) late++;
    latest = Math.max(latest, delay);
  } while (delay > 0 && started < 100_000);
  return { ticks, started, lost: ticks - started, late, latest };
}
