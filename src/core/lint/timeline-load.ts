import { minute, second } from "../time/civil.js";
import type { RunRequests } from "./timeline-requests.js";
import type { RunList, Stretch } from "./timeline-runs.js";

/** What all CronJobs together do, second by second: each list holds by how much its number changes there. */
export interface Load {
  readonly stretch: Stretch;
  readonly running: Int32Array;
  readonly cpuMilli: Float64Array;
  readonly memoryBytes: Float64Array;
  readonly startsByMinute: Uint32Array;
}

export function emptyLoad(stretch: Stretch): Load {
  const seconds = Math.ceil((stretch.to - stretch.from) / second) + 1;
  return {
    stretch,
    running: new Int32Array(seconds),
    cpuMilli: new Float64Array(seconds),
    memoryBytes: new Float64Array(seconds),
    startsByMinute: new Uint32Array(Math.ceil((stretch.to - stretch.from) / minute)),
  };
}

export function addRuns(load: Load, { starts, ends }: RunList, { cpuMilli, memoryBytes }: RunRequests): void {
  const { from, to } = load.stretch;
  const change = (time: number, by: 1 | -1): void => {
    const index = Math.floor((time - from) / second);
    load.running[index] = (load.running[index] ?? 0) + by;
    load.cpuMilli[index] = (load.cpuMilli[index] ?? 0) + by * cpuMilli;
    load.memoryBytes[index] = (load.memoryBytes[index] ?? 0) + by * memoryBytes;
  };
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? from;
    change(Math.max(start, from), 1);
    change(Math.min(ends[index] ?? to, to), -1);
    if (start >= from) countStart(load, start);
  }
}

function countStart({ startsByMinute, stretch }: Load, start: number): void {
  const index = Math.floor((start - stretch.from) / minute);
  startsByMinute[index] = (startsByMinute[index] ?? 0) + 1;
}

/** The first moment at which a number is as high as it gets. */
export interface Summit {
  readonly at: number;
  readonly value: number;
}

export interface Summits extends Summit {
  readonly byBucket: Float64Array;
}

/** The highest sum of changes, and the highest in each bucket of so many seconds. */
export function summitOf(changes: Int32Array | Float64Array, { from, to }: Stretch, bucketSeconds: number): Summits {
  const seconds = Math.ceil((to - from) / second);
  const byBucket = new Float64Array(Math.ceil(seconds / bucketSeconds));
  let [now, most, at] = [0, 0, 0];
  for (let index = 0; index < seconds; index++) {
    now += changes[index] ?? 0;
    const bucket = Math.floor(index / bucketSeconds);
    if (now > (byBucket[bucket] ?? 0)) byBucket[bucket] = now;
    if (now > most) [most, at] = [now, index];
  }
  return { at: from + at * second, value: most, byBucket };
}

/** The minutes in which most runs start, the busiest first; one start alone makes no minute busy. */
export function busiestMinutes({ startsByMinute, stretch }: Load, count: number): readonly Summit[] {
  const found: Summit[] = [];
  startsByMinute.forEach((value, index) => {
    const least = found.length < count ? 1 : (found.at(-1)?.value ?? 1);
    if (value <= least) return;
    const place = found.findIndex((one) => one.value < value);
    found.splice(place < 0 ? found.length : place, 0, { at: stretch.from + index * minute, value });
    found.length = Math.min(found.length, count);
  });
  return found;
}
