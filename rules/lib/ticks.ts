import type { CronJob, ScheduleReading } from "#rule";
import { duration } from "./duration.js";

type Gap = NonNullable<ScheduleReading["gap"]>;

export interface StartGap extends Gap {
  /** Seconds between the ticks of `@every`, where that is below a minute. */
  readonly tick?: number;
}

/**
 * How far apart the ticks that start a run are, where they do. Undefined where none ever starts: a tick is handled 0.1 s late, which
 * is past a deadline of 0, and `@every` is counted from now minus the deadline. Jobs are named after the minute, so of the ticks
 * in one only the first starts a run. Source: `pkg/controller/cronjob/utils.go`.
 */
export function gapBetweenStarts(cronJob: CronJob, reading: ScheduleReading | undefined): StartGap | undefined {
  const deadline = cronJob.startingDeadlineSeconds;
  if (!reading?.gap || deadline.state === "unknown" || deadline.value === 0) return undefined;
  const { shortest } = reading.gap;
  if (reading.schedule.kind === "every" && (deadline.value ?? Infinity) < shortest) return undefined;
  return shortest < 60 ? { shortest: 60, longest: 60, typical: 60, uniform: 60 % shortest === 0, tick: shortest } : reading.gap;
}

/** `due every 15 min` */
export function due({ uniform, shortest, tick }: StartGap): string {
  if (tick !== undefined) return `due every ${period(tick)}, of which one a minute starts`;
  return uniform ? `due every ${period(shortest)}` : `due as little as ${duration(shortest)} apart`;
}

/** `15 min`, and `hour` or `day` for one of them: what stands behind "every". */
export function period(seconds: number): string {
  if (seconds === 86_400) return "day";
  return seconds === 3600 ? "hour" : duration(seconds);
}
