import { second } from "../time/civil.js";
import type { RunList, Stretch } from "./timeline-runs.js";

/** What one CronJob does in each bucket of time, for a chart. */
export interface Buckets {
  readonly starts: Uint32Array;
  /** The most runs at once; 0 throughout where the run time is unknown. */
  readonly atOnce: Uint32Array;
  readonly skipped: Uint32Array;
  readonly replaced: Uint32Array;
}

const lengths = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440];
const mostBuckets = 336;

/** Seconds: whole minutes that make the hour or the day, and few enough of them for a chart. */
export function bucketSecondsFor({ from, to }: Stretch): number {
  const minutes = (to - from) / (60 * second);
  return (lengths.find((one) => minutes / one <= mostBuckets) ?? 1440) * 60;
}

export function bucketsOf(runs: RunList, stretch: Stretch, bucketSeconds: number, known: boolean): Buckets {
  const count = Math.ceil((stretch.to - stretch.from) / (bucketSeconds * second));
  const counted = (times: Iterable<number>): Uint32Array => {
    const list = new Uint32Array(count);
    for (const time of times) {
      const index = Math.floor((time - stretch.from) / (bucketSeconds * second));
      if (index >= 0 && index < count) list[index] = (list[index] ?? 0) + 1;
    }
    return list;
  };
  return {
    starts: counted(runs.starts),
    atOnce: known ? mostAtOnce(runs, stretch, bucketSeconds, count) : new Uint32Array(count),
    skipped: counted(runs.skipped),
    replaced: counted(runs.replacements),
  };
}

/** Runs that are equally long end in the order in which they start. */
function mostAtOnce({ starts, ends }: RunList, { from }: Stretch, bucketSeconds: number, count: number): Uint32Array {
  const list = new Uint32Array(count);
  let [started, ended] = [0, 0];
  for (let bucket = 0; bucket < count; bucket++) {
    const begin = from + bucket * bucketSeconds * second;
    const end = begin + bucketSeconds * second;
    const runningAt = (time: number): number => {
      while ((ends[ended] ?? Infinity) <= time) ended++;
      return started - ended;
    };
    while ((starts[started] ?? Infinity) < begin) started++;
    let most = Math.max(0, runningAt(begin));
    for (; (starts[started] ?? Infinity) < end; ) {
      const time = starts[started] ?? 0;
      started++;
      most = Math.max(most, runningAt(time));
    }
    list[bucket] = most;
  }
  return list;
}
