import type { Peak, RowRuns, Share, Timeline, TimelineRow, TimelineRun } from "../lint/timeline.js";
import type { TimedCronJob } from "../lint/timeline-job.js";
import type { ObservedRuns } from "../runtime/observed.js";
import type { RunLength } from "../lint/timeline-duration.js";
import { visibleJson } from "./visible.js";

/** Grows when a reader of the JSON would have to change. */
const version = 1;

/** Runs listed of one CronJob; the rest is counted. */
const mostRuns = 200;

/** The timeline for machines: times in UTC, CPU in thousandths, memory in bytes; a CronJob a line. */
export function timelineJson(timeline: Timeline): string {
  const { from, to, readerZone, bucketSeconds, rows, starts, peak, mostCpu, mostMemory, busiestMinutes, heat } = timeline;
  const head = { version, from: iso(from), to: iso(to), timeZone: readerZone, starts };
  const tail = {
    peak: peak ? peakData(peak) : null,
    mostCpu: mostCpu ? { time: iso(mostCpu.at), cpuMilli: mostCpu.milli } : null,
    mostMemory: mostMemory ? { time: iso(mostMemory.at), memoryBytes: mostMemory.bytes } : null,
    busiestMinutes: busiestMinutes.map((one) => ({ time: iso(one.at), starts: one.starts, cronJobs: one.who.map(shareData) })),
    startsByWeekdayAndHour: heat,
    bucketSeconds,
    startsByBucket: timeline.startsByBucket,
    mostRunningByBucket: timeline.runningByBucket,
  };
  const lines = rows.map((row) => visibleJson(rowData(row))).join(",\n");
  return `${visibleJson(head).slice(0, -1)},"cronJobs":[\n${lines}\n],\n${visibleJson(tail).slice(1)}\n`;
}

/** `2026-03-01T06:30:00Z`. */
export function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** `2026-03-29T02:30:00`: a time on the wall. */
function local(wall: number): string {
  return iso(wall).slice(0, -1);
}

function rowData({ cronJob, runs }: TimelineRow): object {
  const { schedule, suspended, timing, length, requests, observed } = cronJob;
  const named = { ...whoseData(cronJob), schedule, suspended };
  if (timing.state === "refused") return { ...named, error: timing.reason };
  const { description, zone, policy, startingDeadlineSeconds } = timing;
  return {
    ...named,
    description,
    timeZone: zone,
    ...(timing.schedule.kind === "every" ? { phase: "unknown" } : {}),
    concurrencyPolicy: policy,
    ...(startingDeadlineSeconds === undefined ? {} : { startingDeadlineSeconds }),
    runTime: runTimeData(length),
    ...(observed ? { observed: observedData(observed) } : {}),
    requests,
    ...(runs ? runsData(runs) : {}),
  };
}

/** JSON has no infinity: a run without end says so. */
function runTimeData({ seconds, meaning, most, from, evidence }: RunLength): object {
  return {
    meaning,
    seconds: seconds === undefined || seconds === Infinity ? null : seconds,
    mostSeconds: most === undefined || most === Infinity ? null : most,
    ...(seconds === Infinity ? { endless: true } : {}),
    ...(from === undefined ? {} : { from }),
    evidence,
  };
}

function observedData({ succeeded, failed, unfinished, seconds }: ObservedRuns): object {
  const counts = { succeeded, failed, unfinished };
  if (!seconds) return counts;
  const { shortest, median, percentile95, longest } = seconds;
  return { ...counts, shortestSeconds: shortest, medianSeconds: median, percentile95Seconds: percentile95, longestSeconds: longest };
}

function runsData({ counts, listed, more, leftOut }: RowRuns): object {
  const runs = listed.slice(0, mostRuns);
  const skipped = leftOut.map(({ wall, from, to }) => ({ local: local(wall), clockFrom: local(from), clockTo: local(to) }));
  const byClock = skipped.length === 0 ? {} : { skippedByClock: skipped };
  return { ...counts, ...byClock, runs: runs.map(runData), runsLeftOut: more + listed.length - runs.length };
}

function runData({ due, start, end, replaced }: TimelineRun): object {
  return {
    start: iso(start),
    end: end === undefined || end === Infinity ? null : iso(end),
    ...(due === start ? {} : { due: iso(due) }),
    ...(replaced ? { replaced } : {}),
  };
}

function shareData({ row: { cronJob }, count }: Share): object {
  return { ...whoseData(cronJob), runs: count };
}

function whoseData({ file, line, namespace, name, deployedBy }: TimedCronJob): object {
  return {
    file,
    line,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(deployedBy === undefined ? {} : { deployedBy }),
  };
}

function peakData({ at, who, ...peak }: Peak): object {
  return { time: iso(at), ...peak, cronJobs: who.map(shareData) };
}
