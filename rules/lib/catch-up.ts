import { type CronJob, type Fix, type ScheduleReading, insertField, replaceValue } from "#rule";
import { duration } from "./duration.js";

/** Runs that are due this often, in seconds, are not missed when one comes at another time. */
const frequent = 3600;
/** Long enough for a controller that is busy, and short beside the time between runs. */
const suggested = 300;

/** Whether one run more, at another time, would be noticed. */
export function isRare(typicalGap: number): boolean {
  return typicalGap > frequent;
}

/** Whether anybody may notice it at all. */
export function isNoticeable(typicalGap: number): boolean {
  return typicalGap >= frequent / 2;
}

/** Smaller shares of the time are hit by chance only: an hour of a day is not. */
export const smallShare = 0.04;

type Gap = NonNullable<ScheduleReading["gap"]>;

/** Whether a tick of some time ago is still made up for: at any time, or for so many seconds after each tick. */
export function madeUp({ startingDeadlineSeconds: deadline }: CronJob, gap: Gap): "always" | number | undefined {
  if (deadline.state === "unknown") return undefined;
  const seconds = deadline.value ?? Infinity;
  if (seconds >= gap.longest) return "always";
  return seconds > suggested && seconds >= smallShare * gap.typical ? seconds : undefined;
}

/** A deadline with which a tick that was missed is not made up for hours later; undefined when a template decides. */
export function withDeadline({ startingDeadlineSeconds: deadline, spec }: CronJob): Fix | undefined {
  if (deadline.state === "unknown") return undefined;
  const edits =
    deadline.state === "present"
      ? [replaceValue(deadline, suggested)]
      : insertField(spec, "startingDeadlineSeconds", suggested, { after: "schedule" });
  const title = `set startingDeadlineSeconds: ${String(suggested)}; a run that cannot start within ${duration(suggested)} is then left out`;
  return { title, safe: false, edits };
}
