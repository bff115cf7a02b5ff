import { scheduleCreateProblems } from "../../../src/core/time/create.js";
import { parseAsController } from "../../../src/core/time/cron.js";
import { nextOccurrence } from "../../../src/core/time/occurrences.js";
import type { Schedule } from "../../../src/core/time/schedule.js";
import { isLoadableZone } from "../../../src/core/time/zone.js";

/** A question about a schedule, and what Kubernetes' own code answered. */
export interface RecordedCase extends Answer {
  readonly id: string;
  readonly schedule: string;
  readonly timeZone?: string;
  readonly from: string;
  readonly n: number;
  readonly until: string;
}

/** Texts of errors are Go's, so only their number counts. */
export interface Answer {
  readonly createErrors?: readonly string[];
  readonly error?: string;
  readonly times?: readonly string[];
  readonly exhausted?: boolean;
}

/** The answer of this engine, in a form that toEqual compares. */
export function ourAnswer(question: RecordedCase): object {
  const { schedule: text, timeZone } = question;
  const createErrors = scheduleCreateProblems(text, timeZone).length;
  const result = parseAsController(text, timeZone);
  const badZone = timeZone !== undefined && !isLoadableZone(timeZone);
  if (!result.ok || badZone) return { createErrors, error: true, times: undefined, exhausted: false };
  return { createErrors, error: false, ...firstTimes(result.schedule, zoneOf(question), question) };
}

/** The recorded answer in the same form. */
export function recordedAnswer({ createErrors, error, times, exhausted }: RecordedCase): object {
  return { createErrors: createErrors?.length ?? 0, error: error !== undefined, times, exhausted: exhausted === true };
}

/** The zone a schedule without a prefix is read in: the recording controller ran in UTC. */
export function zoneOf({ schedule, timeZone }: RecordedCase): string {
  return timeZone === undefined || timeZone === "" || timeZone === "Local" || schedule.includes("TZ") ? "UTC" : timeZone;
}

function firstTimes(schedule: Schedule, zone: string, { from, n, until }: RecordedCase): object {
  const times: string[] = [];
  let at = Date.parse(from);
  while (times.length < n) {
    const next = nextOccurrence(schedule, zone, at);
    if (next === undefined) return { times, exhausted: true };
    if (next >= Date.parse(until)) break;
    times.push(utc(next));
    at = next;
  }
  return { times, exhausted: false };
}

/** A time as the recordings write it. */
export function utc(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
