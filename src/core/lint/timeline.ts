import { clockChangesBetween, skippedAround } from "../time/clock-changes.js";
import { hour, minute } from "../time/civil.js";
import { type Buckets, bucketSecondsFor, bucketsOf } from "./timeline-buckets.js";
import type { TimedCronJob } from "./timeline-job.js";
import { addRuns, busiestMinutes, emptyLoad, type Load, summitOf } from "./timeline-load.js";
import { type RunList, runsWithin, type Stretch } from "./timeline-runs.js";
import { type Heat, heatOf } from "./timeline-heat.js";

export interface TimelineOptions extends Stretch {
  /** The zone of the person who reads: days and hours are counted in it. */
  readonly readerZone: string;
}

/** What runs when, and what it takes. Times are milliseconds since 1970. */
export interface Timeline extends TimelineOptions {
  readonly bucketSeconds: number;
  /** By name. */
  readonly rows: readonly TimelineRow[];
  readonly starts: number;
  /** The most runs at once, by bucket. */
  readonly runningByBucket: readonly number[];
  readonly startsByBucket: readonly number[];
  readonly peak: Peak | undefined;
  /** The moments at which most CPU and memory are requested; undefined where nothing is. */
  readonly mostCpu: { readonly at: number; readonly milli: number } | undefined;
  readonly mostMemory: { readonly at: number; readonly bytes: number } | undefined;
  readonly busiestMinutes: readonly BusyMinute[];
  readonly heat: Heat;
}

/** One CronJob; one that is suspended, or whose schedule cannot be read, has no runs. */
export interface TimelineRow {
  readonly cronJob: TimedCronJob;
  readonly runs?: RowRuns;
}

export interface RowRuns {
  readonly counts: RunCounts;
  readonly listed: readonly TimelineRun[];
  /** Runs beyond those listed. */
  readonly more: number;
  /** Ticks that no run is started for; as many as runs are listed at most. */
  readonly skips: readonly number[];
  /** Times that changes of the clock leave out. */
  readonly leftOut: readonly LeftOut[];
  readonly buckets: Buckets;
}

/** A time on the wall that does not come, and the change of the clock, in milliseconds; both as if it were UTC. */
export interface LeftOut {
  readonly wall: number;
  readonly from: number;
  readonly to: number;
}

export interface RunCounts {
  /** Within the timeline; runs that began before it are none of them. */
  readonly starts: number;
  /** Started later than they were due, since Forbid held them back. */
  readonly late: number;
  readonly skipped: number;
  /** Of the skipped ones, those whose starting deadline had passed. */
  readonly pastDeadline: number;
  readonly replaced: number;
  /** Starts while an earlier run of the same CronJob goes on. */
  readonly overlapping: number;
  readonly mostAtOnce: number;
}

export interface TimelineRun {
  readonly due: number;
  readonly start: number;
  /** Undefined where the run time is unknown; Infinity where it never ends. */
  readonly end: number | undefined;
  readonly replaced: boolean;
}

export interface Share {
  readonly row: TimelineRow;
  /** Runs of it. */
  readonly count: number;
}

export interface Peak {
  readonly at: number;
  readonly runs: number;
  readonly who: readonly Share[];
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** There may be more: run times of some CronJobs are unknown, or known from below only. */
  readonly atLeast: boolean;
  /** Some of those at the peak do not say all that they request. */
  readonly requestsAtLeast: boolean;
}

export interface BusyMinute {
  readonly at: number;
  readonly starts: number;
  readonly who: readonly Share[];
}

/** Runs that all rows together list, and the most that one does. */
const mostListed = 60_000;
const mostListedOfOne = 1_500;
const minutesShown = 5;

/** Simulates every CronJob over a stretch of at least a minute, and looks at all of them together. */
export function timelineOf(cronJobs: readonly TimedCronJob[], options: TimelineOptions): Timeline {
  const { from, to } = options;
  const bucketSeconds = bucketSecondsFor(options);
  const load = emptyLoad(options);
  const sorted = [...cronJobs].sort(byName);
  const most = Math.min(mostListedOfOne, Math.max(10, Math.floor(mostListed / Math.max(1, sorted.length))));
  const startsByBucket = new Float64Array(Math.ceil((to - from) / (bucketSeconds * 1000)));
  const rows = sorted.map((cronJob): TimelineRow => {
    const runs = simulated(cronJob, options);
    if (!runs) return { cronJob };
    addRuns(load, runs, cronJob.requests);
    const buckets = bucketsOf(runs, options, bucketSeconds, cronJob.length.seconds !== undefined);
    buckets.starts.forEach((count, index) => (startsByBucket[index] = (startsByBucket[index] ?? 0) + count));
    const leftOut = leftOutOf(cronJob, options);
    return { cronJob, runs: { ...listed(runs, cronJob, most), counts: countsOf(runs, cronJob, options), leftOut, buckets } };
  });
  return {
    ...options,
    bucketSeconds,
    rows,
    starts: rows.reduce((sum, { runs }) => sum + (runs?.counts.starts ?? 0), 0),
    startsByBucket: [...startsByBucket],
    ...together(load, rows, bucketSeconds),
    heat: heatOf(load, options.readerZone),
  };
}

function byName(a: TimedCronJob, b: TimedCronJob): number {
  const [one, other] = [a, b].map(({ namespace = "", name = "", deployedBy = "" }) => `${namespace}/${name} ${deployedBy}`);
  return (one ?? "") < (other ?? "") ? -1 : one === other ? 0 : 1;
}

function simulated({ suspended, timing, length }: TimedCronJob, stretch: Stretch): RunList | undefined {
  return suspended || timing.state === "refused" ? undefined : runsWithin(timing, length, stretch);
}

const mostChanges = 10;
const mostLeftOut = 20;

function leftOutOf({ timing }: TimedCronJob, { from, to }: Stretch): readonly LeftOut[] {
  if (timing.state === "refused" || timing.schedule.kind === "every") return [];
  const { schedule, zone } = timing;
  return clockChangesBetween(zone, from - 1, to, mostChanges)
    .flatMap((change) => skippedAround(schedule, zone, change))
    .slice(0, mostLeftOut)
    .map(({ wall, change: { at, before, after } }) => ({ wall, from: at + before, to: at + after }));
}

type Listed = Pick<RowRuns, "listed" | "more" | "skips">;

function listed({ ticks, starts, ends, replaced, skipped }: RunList, { length }: TimedCronJob, most: number): Listed {
  const runs = starts.slice(0, most).map((start, index) => ({
    due: ticks[index] ?? start,
    start,
    end: length.seconds === undefined ? undefined : ends[index],
    replaced: replaced[index] === true,
  }));
  return { listed: runs, more: starts.length - runs.length, skips: skipped.slice(0, most) };
}

function countsOf(runs: RunList, { length }: TimedCronJob, { from }: Stretch): RunCounts {
  const { ticks, starts, ends, skipped, pastDeadline } = runs;
  const lost = { skipped: skipped.length, pastDeadline, replaced: runs.replacements.length };
  const counts = { starts: 0, late: 0, ...lost, overlapping: 0, mostAtOnce: 0 };
  let ended = 0;
  starts.forEach((start, index) => {
    while ((ends[ended] ?? Infinity) <= start) ended++;
    const running = index + 1 - ended;
    if (length.seconds !== undefined) counts.mostAtOnce = Math.max(counts.mostAtOnce, running);
    if (start < from) return;
    counts.starts++;
    if (start > (ticks[index] ?? start)) counts.late++;
    if (running > 1) counts.overlapping++;
  });
  return counts;
}

function together(load: Load, rows: readonly TimelineRow[], bucketSeconds: number) {
  const summit = summitOf(load.running, load.stretch, bucketSeconds);
  const [cpu, memory] = [load.cpuMilli, load.memoryBytes].map((changes) => summitOf(changes, load.stretch, bucketSeconds));
  const minutes = busiestMinutes(load, minutesShown);
  const atPeak: Share[] = [];
  const inMinutes = minutes.map(({ at, value }): BusyMinute & { readonly who: Share[] } => ({ at, starts: value, who: [] }));
  for (const row of rows) {
    const runs = simulated(row.cronJob, load.stretch);
    if (!runs) continue;
    // Both lists ascend: runs that are equally long end in the order in which they start.
    share(atPeak, row, countBefore(runs.starts, summit.at + 1) - countBefore(runs.ends, summit.at + 1));
    for (const { at, who } of inMinutes) share(who, row, countBefore(runs.starts, at + minute) - countBefore(runs.starts, at));
  }
  return {
    runningByBucket: [...summit.byBucket],
    peak: summit.value === 0 ? undefined : peakOf(summit.at, atPeak, rows),
    mostCpu: cpu && cpu.value > 0 ? { at: cpu.at, milli: cpu.value } : undefined,
    mostMemory: memory && memory.value > 0 ? { at: memory.at, bytes: memory.value } : undefined,
    busiestMinutes: inMinutes,
  };
}

function countBefore(times: readonly number[], end: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? end) < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

function share(who: Share[], row: TimelineRow, count: number): void {
  if (count > 0) who.push({ row, count });
}

function peakOf(at: number, who: readonly Share[], rows: readonly TimelineRow[]): Peak {
  const sum = (of: (row: TimelineRow) => number): number => who.reduce((total, { row, count }) => total + count * of(row), 0);
  const isOpen = ({ cronJob: { length }, runs }: TimelineRow): boolean => runs !== undefined && /least|unknown/.test(length.meaning);
  return {
    at,
    runs: sum(() => 1),
    who: [...who].sort((a, b) => b.count - a.count),
    cpuMilli: sum(({ cronJob }) => cronJob.requests.cpuMilli),
    memoryBytes: sum(({ cronJob }) => cronJob.requests.memoryBytes),
    atLeast: rows.some(isOpen),
    requestsAtLeast: who.some(({ row }) => !row.cronJob.requests.complete),
  };
}

/** Whole hours make the better axis. */
export function hourOf(time: number): number {
  return Math.floor(time / hour) * hour;
}
