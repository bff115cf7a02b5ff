import type { CronJob, ScheduleReading } from "#rule";
import { duration } from "./duration.js";

type Gap = NonNullable<ScheduleReading["gap"]>;

/**
 * How far apart the ticks that start a run are, where they do. Undefined where none ever starts: a tick is handled 0.1 s late, which
 * is past a deadline of 0, and `@every` is counted from now minus the deadline. Undefined below a minute too, as Jobs are named
 * after the minute and two ticks in one share a Job. Source: `pkg/controller/cronjob/utils.go`.
 */
export function gapBetweenStarts({ startingDeadlineSeconds: deadline }: CronJob, reading: ScheduleReading | undefined): Gap | undefined {
  if (!reading?.gap || reading.gap.shortest < 60 || deadline.state === "unknown" || deadline.value === 0) return undefined;
  if (reading.schedule.kind === "every" && (deadline.value ?? Infinity) < reading.gap.shortest) return undefined;
  return reading.gap;
}

/** `due every 15 min` */
export function due({ uniform, shortest }: Gap): string {
  return uniform ? `due every ${period(shortest)}` : `due as little as ${duration(shortest)} apart`;
}

/** `15 min`, and `hour` or `day` for one of them: what stands behind "every". */
export function period(seconds: number): string {
  if (seconds === 86_400) return "day";
  return seconds === 3600 ? "hour" : duration(seconds);
}
