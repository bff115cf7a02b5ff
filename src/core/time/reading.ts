import type { CronJob } from "../model/workload.js";
import { parseAsController } from "./cron.js";
import { clockGaps } from "./gaps.js";
import type { Gaps } from "./gaps.js";
import { zoneFor } from "./occurrences.js";
import type { Schedule } from "./schedule.js";
import { isKnownZone } from "./zone.js";

/** A schedule as the controller reads it. */
export interface ScheduleReading {
  readonly schedule: Schedule;
  /** The zone it is read in: the one in the schedule, `spec.timeZone`, else the controller's own. */
  readonly zone: string;
  /** Seconds between neighbouring runs by the calendar, changes of the clock aside; undefined when it never fires. */
  readonly gap: Gaps | undefined;
}

/** How the controller reads the schedule of a CronJob; undefined when it, or its zone, is absent, unknown or of no use. */
export function readingOf(cronJob: CronJob, controllerZone: string): ScheduleReading | undefined {
  const { schedule: text, timeZone } = cronJob;
  if (text.state !== "present" || timeZone.state === "unknown") return undefined;
  if (timeZone.value !== undefined && !isKnownZone(timeZone.value)) return undefined;
  const result = parseAsController(text.value, timeZone.value);
  if (!result.ok) return undefined;
  const { schedule } = result;
  // A schedule that holds a zone beats timeZone, and its Local is the controller's own.
  const own = schedule.zone === undefined ? (timeZone.value ?? controllerZone) : controllerZone;
  return { schedule, zone: zoneFor(schedule, own) || "Etc/UTC", gap: clockGaps(schedule) };
}
