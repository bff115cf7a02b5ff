import { clockOf } from "./clock.js";
import { parseAsController } from "./cron.js";
import { describeSchedule } from "./describe.js";
import { nextOccurrence, occurrencesBetween, zoneFor } from "./occurrences.js";
import type { Schedule } from "./schedule.js";
import { isLoadableZone } from "./zone.js";

export interface ScheduleOptions {
  /** `spec.timeZone`; a zone within the schedule beats it. */
  readonly timeZone?: string;
  /** The zone of the kube-controller-manager, in which a schedule without a zone is read. Default `Etc/UTC`. */
  readonly controllerZone?: string;
}

/** A schedule as the CronJob controller reads it. */
export interface ScheduleReader {
  /** Why the controller cannot use the schedule or its zone, as one clause; then nothing ever fires. */
  readonly error?: string;
  /**
   * The next time after `from`, to the second; undefined when there is none up to the end of the fifth calendar year. Within an
   * hour that comes twice, the answer of Kubernetes may not be later than `from`: to list times, use `between`.
   */
  readonly next: (from: Date) => Date | undefined;
  /** All times after `from` and before `to`, ascending. A long list takes as much memory as it is long. */
  readonly between: (from: Date, to: Date) => readonly Date[];
  /** In English, with the zone that is named: `at 02:30 every day (Europe/Berlin)`; of one that cannot be used, the error. */
  readonly describe: () => string;
}

/**
 * Reads a schedule as the CronJob controller does, `TZ=` prefix and all; what validation of a new object says of it is
 * another question. Throws a TypeError for what is no text and no Date, as callers without types may hand over.
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/cronjob/cronjob_controllerv2.go
 */
export function schedule(text: string, options: ScheduleOptions = {}): ScheduleReader {
  const { timeZone, controllerZone = "Etc/UTC" } = options;
  expectText(text, "a schedule");
  if (timeZone !== undefined) expectText(timeZone, "timeZone");
  expectText(controllerZone, "controllerZone");
  if (timeZone !== undefined && !isLoadableZone(timeZone)) return unusable(noSuchZone(timeZone));
  const result = parseAsController(text, timeZone);
  if (!result.ok) return unusable(result.reason);
  const named = timeZone === undefined || timeZone === "Local" || text.includes("TZ") ? controllerZone : timeZone;
  const zone = zoneFor(result.schedule, named);
  if (result.schedule.kind === "cron" && !clockOf(zone)) return unusable(noSuchZone(zone));
  return readerOf(result.schedule, zone, timeZone);
}

function expectText(value: unknown, what: string): void {
  if (typeof value !== "string") throw new TypeError(`${what} is a text, not ${value === null ? "null" : typeof value}`);
}

function timeOf(value: unknown): number {
  if (!(value instanceof Date)) throw new TypeError(`a time is a Date, not ${value === null ? "null" : typeof value}`);
  return value.getTime();
}

function noSuchZone(name: string): string {
  return `there is no time zone "${name.length > 40 ? `${name.slice(0, 40)}…` : name}"`;
}

function unusable(error: string): ScheduleReader {
  return { error, next: () => undefined, between: () => [], describe: () => error };
}

function readerOf(read: Schedule, zone: string, timeZone: string | undefined): ScheduleReader {
  const text = describeSchedule(read);
  // A zone within the schedule is in the text already, and @every needs none.
  const isNamed = timeZone !== undefined && timeZone !== "" && read.kind === "cron" && read.zone === undefined && text !== "never";
  return {
    next: (from) => {
      const time = nextOccurrence(read, zone, timeOf(from));
      return time === undefined ? undefined : new Date(time);
    },
    between: (from, to) => {
      const [start, end] = [timeOf(from), timeOf(to)];
      if (!(start < end)) return [];
      return occurrencesBetween(read, zone, start, end, Number.POSITIVE_INFINITY).map((time) => new Date(time));
    },
    describe: () => (isNamed ? `${text} (${timeZone})` : text),
  };
}
