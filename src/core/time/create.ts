import { parseSchedule } from "./cron.js";
import { isKnownZone, suggestZone } from "./zone.js";

/** What validation of a new CronJob objects to in its schedule or zone. */
export interface CreateProblem {
  readonly field: "schedule" | "timeZone";
  readonly kind: "empty" | "unparseable" | "zone-in-schedule" | "unknown-zone" | "local-zone";
  /** One clause. */
  readonly reason: string;
  /** Where, in the text of that field: offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/**
 * All that the API server objects to in the schedule and zone of a new object, in its order; an update is judged more leniently.
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/batch/validation/validation.go#L833
 */
export function scheduleCreateProblems(text: string, timeZone?: string): readonly CreateProblem[] {
  return [...scheduleProblems(text), ...(timeZone === undefined ? [] : zoneProblems(timeZone))];
}

/** The first of scheduleCreateProblems, or undefined when a new object may hold this schedule and zone. */
export function scheduleCreateProblem(text: string, timeZone?: string): CreateProblem | undefined {
  return scheduleCreateProblems(text, timeZone)[0];
}

function scheduleProblems(text: string): readonly CreateProblem[] {
  if (text === "") return [{ field: "schedule", kind: "empty", reason: "the schedule is empty", start: 0, end: 0 }];
  const problems: CreateProblem[] = [];
  const result = parseSchedule(text);
  if (!result.ok) {
    const { reason, start, end } = result;
    problems.push({ field: "schedule", kind: "unparseable", reason, start, end });
  }
  // The server looks for these two letters anywhere.
  const at = text.indexOf("TZ");
  if (at >= 0) {
    const prefix = /^(?:CRON_)?TZ=[^ ]*/u.exec(text);
    const [start, end] = prefix ? [0, prefix[0].length] : [at, at + 2];
    const reason = "a schedule may not hold TZ; the zone belongs in timeZone";
    problems.push({ field: "schedule", kind: "zone-in-schedule", reason, start, end });
  }
  return problems;
}

function zoneProblems(name: string): readonly CreateProblem[] {
  if (isKnownZone(name)) return [];
  const problem = (kind: CreateProblem["kind"], reason: string): readonly CreateProblem[] => [
    { field: "timeZone", kind, reason, start: 0, end: name.length },
  ];
  if (name === "") return problem("empty", "timeZone is empty");
  if (name.toLowerCase() === "local") return problem("local-zone", "timeZone must name a zone, and Local is none");
  const use = suggestZone(name)?.use;
  return problem("unknown-zone", `there is no time zone "${shown(name)}"${use === undefined ? "" : `; ${use} may be meant`}`);
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
