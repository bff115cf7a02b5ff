import type { FireTimes, TimesChange } from "../lint/diff-times.js";
import { localText, localTimestamp } from "../time/wall-time.js";
import type { Palette } from "./palette.js";
import { plural } from "./summary.js";
import { iso } from "./timeline-json.js";
import { visible } from "./visible.js";

/** The old times and the new ones, with the next runs of both on the wall of the new zone. */
export function diffTimesText({ before, after, moved, suspended }: TimesChange, paint: Palette): readonly string[] {
  const zone = after.state === "read" ? after.zone : before.state === "read" ? before.zone : "Etc/UTC";
  const note = suspended ? paint.severity("warning", " (suspended: nothing runs until spec.suspend is false)") : "";
  return [
    `  ${paint.faint("fired")}  ${meaning(before)}`,
    `  ${paint.faint("fires")}  ${meaning(after)}${note}`,
    ...(moved && before.state === "read" && after.state === "read" ? [`  ${movedText(moved, before.zone, after.zone)}`] : []),
    ...nextLines(before, after, zone, paint),
  ];
}

function meaning(times: FireTimes): string {
  if (times.state === "refused") return `never: ${visible(times.reason)}`;
  const { schedule, zone, description, runsPerYear } = times;
  return `${visible(schedule)}  ${description} (${visible(zone)}), ${rate(runsPerYear)}`;
}

/** `24 runs a day`, `52 runs a year`. */
function rate(runsPerYear: number): string {
  const daily = Math.round((runsPerYear / 365) * 10) / 10;
  return daily >= 1 ? `${plural(daily, "run")} a day` : `${plural(Math.round(runsPerYear), "run")} a year`;
}

function movedText({ from, to }: { readonly from: string; readonly to: string }, oldZone: string, zone: string): string {
  if (oldZone === zone) return from === to ? "at the time it was" : `moves from ${from} to ${to} ${visible(zone)}`;
  return `moves from ${from} ${visible(oldZone)} to ${to} ${visible(zone)}`;
}

function nextLines(before: FireTimes, after: FireTimes, zone: string, paint: Palette): readonly string[] {
  const [old, next] = [before, after].map((times) => (times.state === "read" ? times.next : []));
  const count = Math.max(old?.length ?? 0, next?.length ?? 0);
  return Array.from({ length: count }, (_, index) => {
    const [was, is] = [old?.[index], next?.[index]].map((at) => (at === undefined ? "no run" : localText(zone, at)));
    return `  ${paint.faint(index === 0 ? "next" : "    ")}   ${(was ?? "").padEnd(27)} → ${is ?? ""}`;
  });
}

/** The same for machines. */
export function diffTimesData({ before, after, moved, suspended }: TimesChange): object {
  return { before: timesData(before), after: timesData(after), ...(moved ? { moved } : {}), suspended };
}

function timesData(times: FireTimes): object {
  if (times.state === "refused") return { schedule: times.schedule, error: times.reason };
  const { schedule, zone, description, runsPerYear, next } = times;
  const runs = next.map((at) => ({ time: iso(at), local: localTimestamp(zone, at) }));
  return { schedule, timeZone: zone, description, runsPerDay: Math.round((runsPerYear / 365) * 1000) / 1000, next: runs };
}
