import type { Peak, RunCounts, Share, TimelineRow } from "../lint/timeline.js";
import type { RunLength } from "../lint/timeline-duration.js";
import type { TimedCronJob } from "../lint/timeline-job.js";
import { localText, wallText } from "../time/wall-time.js";
import type { ObservedRuns } from "../runtime/observed.js";
import { plural } from "./summary.js";

/** `prod/report`; a `?` for a name that a template decides. */
type NamedCronJob = Pick<TimedCronJob, "namespace" | "name" | "deployedBy" | "isVariant">;

export function nameText({ namespace, name = "?", deployedBy = "", isVariant }: NamedCronJob): string {
  const own = namespace === undefined ? name : `${namespace}/${name}`;
  return isVariant ? `${own} (${deployedBy})` : own;
}

const units = [
  { size: 86_400, name: "d" },
  { size: 3600, name: "h" },
  { size: 60, name: "min" },
  { size: 1, name: "s" },
] as const;

/** `45 s`, `1 min 40 s`, `2 h`, `3 d 4 h`: two units at most, rounded down. */
export function lengthText(seconds: number): string {
  if (seconds < 60) return `${String(Math.round(seconds * 10) / 10)} s`;
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (const { size, name } of units) {
    if (parts.length < 2 && rest >= size) parts.push(`${String(Math.floor(rest / size))} ${name}`);
    rest %= size;
  }
  return parts.join(" ");
}

const origins = { annotation: "annotation", settings: "settings", observed: "observed", script: "script" } as const;

/** `3 min (annotation)`, `at least 5 min (script)`, `unknown`. */
export function runTimeText({ seconds, meaning, most, from }: RunLength): string {
  const upTo = most === undefined ? "" : `, at most ${lengthText(most)}`;
  if (seconds === undefined) return `unknown${upTo}`;
  const origin = from === undefined ? "" : ` (${origins[from]})`;
  if (seconds === Infinity) return `never ends${origin}`;
  if (meaning === "median") return `${lengthText(seconds)} at the median${origin}`;
  return meaning === "least" ? `at least ${lengthText(seconds)}${upTo}${origin}` : `${lengthText(seconds)}${origin}`;
}

/** `median 20 s, 95th percentile 38 s, longest 40 s, 1 of 42 runs failed`. */
export function observedText({ succeeded, failed, unfinished, seconds }: ObservedRuns): string {
  const finished = succeeded + failed;
  const counts = finished === 0 ? [] : [`${failed === 0 ? "none" : String(failed)} of ${plural(finished, "run")} failed`];
  const open = unfinished === 0 ? [] : [`${String(unfinished)} not finished`];
  const lengths = seconds
    ? [
        `median ${lengthText(seconds.median)}`,
        `95th percentile ${lengthText(seconds.percentile95)}`,
        `longest ${lengthText(seconds.longest)}`,
      ]
    : [];
  const all = [...lengths, ...counts, ...open];
  return all.length === 0 ? "no runs" : all.join(", ");
}

/** `1.5 CPU`, `250m CPU`. */
export function cpuText(milli: number): string {
  return milli < 1000 ? `${String(milli)}m CPU` : `${short(milli / 1000)} CPU`;
}

/** `1.5 GiB`. */
export function memoryText(bytes: number): string {
  const names = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
  const power = bytes < 1024 ? 0 : Math.min(names.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${short(bytes / 1024 ** power)} ${names[power] ?? ""}`;
}

/** `1.5 CPU` and `2 GiB`, as far as they are requested. */
export function requestTexts({ cpuMilli, memoryBytes }: Pick<Peak, "cpuMilli" | "memoryBytes">): readonly string[] {
  return [...(cpuMilli > 0 ? [cpuText(cpuMilli)] : []), ...(memoryBytes > 0 ? [memoryText(memoryBytes)] : [])];
}

function short(value: number): string {
  return String(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
}

/** What is worth a word besides the number of starts: `240 skipped, 239 late`. */
export function troubles({ late, skipped, pastDeadline, replaced, overlapping, mostAtOnce }: RunCounts): readonly string[] {
  const deadline = pastDeadline === 0 ? "" : ` (${String(pastDeadline)} past the deadline)`;
  return [
    skipped > 0 ? `${String(skipped)} skipped${deadline}` : "",
    late > 0 ? `${String(late)} late` : "",
    replaced > 0 ? `${String(replaced)} replaced` : "",
    overlapping > 0 ? `${String(overlapping)} overlapping, up to ${String(mostAtOnce)} at once` : "",
  ].filter((text) => text !== "");
}

/** What a chart alone does not say of a row: times that a change of the clock leaves out, and that nobody knows when `@every` begins. */
export function timeRemarks({ cronJob: { timing }, runs }: TimelineRow): readonly string[] {
  if (timing.state === "refused" || !runs) return [];
  const clock = (wall: number): string => wallText(wall).split(" ").at(-1) ?? "";
  const leftOut = runs.leftOut.map(({ wall, from, to }) => {
    return `${wallText(wall)} is skipped: the clock goes from ${clock(from)} to ${clock(to)} (${timing.zone})`;
  });
  const unknown = "@every counts from when the CronJob was created, so the times of its starts are not known";
  const phase = timing.schedule.kind === "every" ? [unknown] : [];
  return [...leftOut, ...phase];
}

/** Why a row has no runs. */
export function absenceText({ cronJob: { suspended, timing } }: TimelineRow): string {
  if (timing.state === "refused") return timing.reason;
  return suspended ? "suspended" : "";
}

/** `prod/a, prod/b ×3 and 4 more CronJobs`. */
export function whoText(who: readonly Share[], most: number): string {
  const named = who.slice(0, most).map(({ row, count }) => `${nameText(row.cronJob)}${count > 1 ? ` ×${String(count)}` : ""}`);
  const rest = who.length - named.length;
  return `${named.join(", ")}${rest > 0 ? ` and ${plural(rest, "more CronJob")}` : ""}`;
}

/** `Sat 2026-03-28 02:30`: the zone is named elsewhere, once. */
export function clockText(zone: string, time: number): string {
  return localText(zone, time).replace(/ [+-]\d\d:\d\d$/, "");
}
