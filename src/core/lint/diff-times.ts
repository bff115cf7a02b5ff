import type { CronJob, Workload } from "../model/workload.js";
import { day } from "../time/civil.js";
import { parseAsController } from "../time/cron.js";
import { occurrencesBetween, ticksOfDay } from "../time/occurrences.js";
import type { CronSchedule, Schedule } from "../time/schedule.js";
import { answerFor } from "./next-runs.js";

/** When a CronJob fires before and after a change of its schedule or time zone. */
export interface TimesChange {
  readonly before: FireTimes;
  readonly after: FireTimes;
  /** Both fire once a day, on the same days: the times on the wall, as `HH:MM`. */
  readonly moved?: { readonly from: string; readonly to: string };
  /** The new manifest is suspended, so that none of it happens for now. */
  readonly suspended: boolean;
}

export type FireTimes =
  | {
      readonly state: "read";
      readonly schedule: string;
      readonly zone: string;
      readonly description: string;
      /** How often in the year from now on. */
      readonly runsPerYear: number;
      /** Milliseconds since 1970. */
      readonly next: readonly number[];
    }
  | { readonly state: "refused"; readonly schedule: string; readonly reason: string };

export interface TimesOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The zone of the controller, where a CronJob names none. */
  readonly controllerZone: string;
}

const shownRuns = 3;

/** Undefined where the times of a CronJob are what they were, as it is written. */
export function timesChange(before: Workload, after: Workload, options: TimesOptions): TimesChange | undefined {
  if (before.kind !== "CronJob" || after.kind !== "CronJob" || !isOtherText(before, after)) return undefined;
  const [old, next] = [fireTimes(before, options), fireTimes(after, options)];
  const moved = movedTime(readingOf(before), readingOf(after));
  return { before: old, after: next, suspended: after.suspend.value === true, ...(moved ? { moved } : {}) };
}

function isOtherText(before: CronJob, after: CronJob): boolean {
  const textOf = ({ schedule, timeZone }: CronJob): string =>
    JSON.stringify([schedule.state, schedule.value, timeZone.state, timeZone.value]);
  return textOf(before) !== textOf(after);
}

function fireTimes(cronJob: CronJob, { now, controllerZone }: TimesOptions): FireTimes {
  const written = cronJob.schedule.value ?? "";
  const answer = answerFor(cronJob.schedule, cronJob.timeZone, { from: now, count: shownRuns, controllerZone });
  const schedule = readingOf(cronJob);
  if (answer.state === "refused") return { state: "refused", schedule: written, reason: answer.reason };
  if (!schedule) return { state: "refused", schedule: written, reason: "its schedule cannot be read" };
  const { zone, description, runs } = answer.next;
  // The next runs come with the changes of the clocks that take one away.
  const next = runs.filter(({ skipped }) => !skipped).map(({ at }) => at);
  return { state: "read", schedule: written, zone, description, runsPerYear: runsPerYear(schedule, zone, now), next };
}

function readingOf({ schedule, timeZone }: CronJob): Schedule | undefined {
  const result = schedule.value === undefined ? undefined : parseAsController(schedule.value, timeZone.value);
  return result?.ok === true ? result.schedule : undefined;
}

/** Of frequent ones, four weeks stand for the year. */
function runsPerYear(schedule: Schedule, zone: string, now: number): number {
  if (schedule.kind === "every") return (365 * day) / (schedule.seconds * 1000);
  const some = occurrencesBetween(schedule, zone, now - 1, now + 28 * day, Infinity).length;
  return some >= 28 ? (some / 28) * 365 : occurrencesBetween(schedule, zone, now - 1, now + 365 * day, 400).length;
}

function movedTime(before: Schedule | undefined, after: Schedule | undefined): TimesChange["moved"] {
  if (before?.kind !== "cron" || after?.kind !== "cron" || daysOf(before) !== daysOf(after)) return undefined;
  const [from, to] = [before, after].map(ticksOfDay);
  if (from?.length !== 1 || to?.length !== 1) return undefined;
  const clock = ([tick = 0]: readonly number[]): string => new Date(tick).toISOString().slice(11, 16);
  return { from: clock(from), to: clock(to) };
}

function daysOf({ dayOfMonth, month, dayOfWeek }: CronSchedule): string {
  return JSON.stringify([dayOfMonth, month, dayOfWeek].map(({ values, star }) => [values, star]));
}
