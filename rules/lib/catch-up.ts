import { type CronJob, type Fix, insertField, replaceValue } from "#rule";
import { duration } from "./duration.js";

/** Runs that are due this often, in seconds, are not missed when one comes at another time. */
const frequent = 3600;
/** Long enough for a controller that is busy, and short beside the time between runs. */
const suggested = 300;

/** Whether one run more, at another time, would be noticed. */
export function isRare(typicalGap: number): boolean {
  return typicalGap > frequent;
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
