import { day, second } from "../time/civil.js";
import { type RunPlan, visitRuns } from "../time/controller/runs.js";
import type { RunLength } from "./timeline-duration.js";
import type { Timing } from "./timeline-job.js";

/** A stretch of time, in milliseconds since 1970 on whole seconds; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** All runs of one CronJob that touch a stretch, in the order of their starts; the lists belong together by index. */
export interface RunList {
  readonly ticks: readonly number[];
  readonly starts: readonly number[];
  /** Infinity for a run that never ends. A run of unknown length counts as a second. */
  readonly ends: readonly number[];
  readonly replaced: readonly boolean[];
  /** When, within the stretch, a run was replaced by the next one. */
  readonly replacements: readonly number[];
  /** Ticks within the stretch that no Job is started for. */
  readonly skipped: readonly number[];
  /** Of those, the ticks whose starting deadline had passed when a start was possible again. */
  readonly pastDeadline: number;
}

type ReadTiming = Timing & { readonly state: "read" };

interface Lists {
  readonly ticks: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly replaced: boolean[];
  readonly replacements: number[];
  readonly skipped: number[];
  pastDeadline: number;
}

/**
 * Runs as if the CronJob had been there, with nothing running, for a day before the stretch, or for as long as a run may last. Runs that
 * never end count from the beginning of the stretch, and so do the ticks of `@every`, which nobody but the cluster knows.
 */
export function runsWithin(timing: ReadTiming, length: RunLength, { from, to }: Stretch): RunList {
  const lists: Lists = { ticks: [], starts: [], ends: [], replaced: [], replacements: [], skipped: [], pastDeadline: 0 };
  const seconds = reckonedSeconds(length);
  const deadline = (timing.startingDeadlineSeconds ?? Infinity) * second;
  // What becomes of ticks that Forbid holds back, and of runs under Replace, shows after the end.
  const showsLater = timing.policy === "Replace" || (timing.policy === "Forbid" && seconds !== Infinity);
  const rest = showsLater ? Math.min(seconds * second, mostLead) : 0;
  const plan = { ...timing, durationSeconds: seconds, from: from - leadTime(timing, seconds), to: to + rest };
  let lastEnd = -Infinity;
  visitRuns(plan, {
    run: (tick, start, end, replaced) => {
      lastEnd = end;
      if (replaced && end >= from && end < to) lists.replacements.push(end);
      if (end <= from || start >= to) return;
      lists.ticks.push(tick);
      lists.starts.push(start);
      lists.ends.push(end);
      lists.replaced.push(replaced);
    },
    lost: (tick) => {
      if (tick < from || tick >= to) return;
      lists.skipped.push(tick);
      if (lastEnd > tick + deadline) lists.pastDeadline++;
    },
  });
  if (timing.policy === "Forbid" && seconds === Infinity) skipAllAfterFirst(lists, { ...plan, policy: "Allow", durationSeconds: 1 });
  return lists;
}

/** A run that never ends blocks every later one. */
function skipAllAfterFirst({ starts, skipped }: Lists, plan: RunPlan): void {
  const first = starts[0] ?? Infinity;
  const run = (tick: number): void => {
    if (tick > first) skipped.push(tick);
  };
  visitRuns(plan, { run, lost: () => undefined });
}

/** A moment, where nothing is known: then it starts, and that is all that is claimed. */
function reckonedSeconds({ seconds }: RunLength): number {
  return seconds === undefined ? 1 : Math.max(1, Math.ceil(seconds));
}

const mostLead = 40 * day;

function leadTime({ schedule }: ReadTiming, seconds: number): number {
  const lead = seconds === Infinity ? second : Math.min(Math.max(day, 2 * seconds * second), mostLead);
  if (schedule.kind === "cron") return lead;
  const period = schedule.seconds * second;
  return Math.ceil(lead / period) * period;
}
