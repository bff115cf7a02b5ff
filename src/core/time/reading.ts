import type { Schedule } from "./cron.js";

/** A schedule as the controller reads it. */
export interface ScheduleReading {
  readonly schedule: Schedule;
  /** The zone it is read in: the one in the schedule, `spec.timeZone`, else the controller's own. */
  readonly zone: string;
  /** Seconds between neighbouring runs; undefined when it never fires or fires once. */
  readonly gap: { readonly shortest: number; readonly longest: number; readonly typical: number } | undefined;
}
