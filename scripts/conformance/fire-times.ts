import { scheduleCreateProblems } from "../../src/core/time/create.js";
import { parseAsController } from "../../src/core/time/cron.js";
import { nextOccurrence } from "../../src/core/time/occurrences.js";
import type { Schedule } from "../../src/core/time/schedule.js";
import { isLoadableZone } from "../../src/core/time/zone.js";
import { type FireTimesCase, sameZones } from "./cases.js";
import type { Compared } from "./compared.js";

/** Texts of errors are Go's, so only their number counts. */
export interface Answer {
  readonly createErrors: number;
  readonly error: boolean;
  readonly times?: readonly string[] | undefined;
  readonly exhausted: boolean;
}

/** A recorded schedule: whether it may be written and used, and when it fires. */
export function comparedFireTimes(recorded: FireTimesCase, version: string): Compared {
  const [theirs, ours] = [recordedAnswer(recorded), ourAnswer(recorded)];
  const differ = (part: keyof Answer): string | undefined => {
    const [recordedPart, own] = [JSON.stringify(theirs[part]), JSON.stringify(ours[part])];
    return recordedPart === own ? undefined : `${part}: ${recordedPart}, ours ${own}`;
  };
  const parts = { create: differ("createErrors"), error: differ("error"), times: differ("times") ?? differ("exhausted") };
  const { id, schedule, timeZone = "no zone" } = recorded;
  const stage = theirs.error ? "unusable" : theirs.exhausted ? "comes to an end" : "fires";
  return { subject: "fire times", version, stage, id, about: `${schedule}, ${timeZone}`, parts, skipped: needsOtherZones(recorded) };
}

/** Whether this machine's zones are not those of the recording, and count. */
export function needsOtherZones(question: FireTimesCase): boolean {
  return !sameZones && (!["UTC", "Etc/UTC"].includes(zoneOf(question)) || question.schedule.includes("TZ="));
}

/** The answer of this engine, in a form that toEqual compares. */
export function ourAnswer(question: FireTimesCase): Answer {
  const { schedule: text, timeZone } = question;
  const createErrors = scheduleCreateProblems(text, timeZone).length;
  const result = parseAsController(text, timeZone);
  const badZone = timeZone !== undefined && !isLoadableZone(timeZone);
  if (!result.ok || badZone) return { createErrors, error: true, times: undefined, exhausted: false };
  return { createErrors, error: false, ...firstTimes(result.schedule, zoneOf(question), question) };
}

/** The recorded answer in the same form. */
export function recordedAnswer({ createErrors, error, times, exhausted }: FireTimesCase): Answer {
  return { createErrors: createErrors?.length ?? 0, error: error !== undefined, times, exhausted: exhausted === true };
}

/** The zone a schedule without a prefix is read in: the recording controller ran in UTC. */
export function zoneOf({ schedule, timeZone }: FireTimesCase): string {
  return timeZone === undefined || timeZone === "" || timeZone === "Local" || schedule.includes("TZ") ? "UTC" : timeZone;
}

function firstTimes(schedule: Schedule, zone: string, { from, n, until }: FireTimesCase): Pick<Answer, "times" | "exhausted"> {
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
