import type { CronJobRuns, NextAnswer, NextRun, NextRuns } from "../lint/next-runs.js";
import { localText, localTimestamp, wallText } from "../time/wall-time.js";
import type { Palette } from "./palette.js";
import { deployedByText } from "./deployed-by-text.js";
import { visible } from "./visible.js";

export interface NextLook {
  readonly paint: Palette;
  /** The zone of the person who reads. */
  readonly readerZone: string;
}

/** A CronJob with its next runs, for a terminal. */
export function cronJobRunsText({ file, line, namespace, name = "?", deployedBy, suspended, answer }: CronJobRuns, look: NextLook): string {
  const title = `${visible(file)}:${line} CronJob ${visible(namespace === undefined ? name : `${namespace}/${name}`)}`;
  const note = suspended ? look.paint.severity("warning", " (suspended: nothing runs until spec.suspend is false)") : "";
  return `${look.paint.bold(title)}${deployedByText(deployedBy, look.paint)}${note}\n${nextText(answer, look)}`;
}

/** A schedule in words, and its next runs. */
export function nextText(answer: NextAnswer, look: NextLook): string {
  if (answer.state === "refused") return `  ${look.paint.severity("error", `no runs: ${visible(answer.reason)}`)}\n\n`;
  const { next } = answer;
  const origin = next.zoneFrom === "controller" ? ", the controller's zone" : next.zoneFrom === "schedule" ? ", from the schedule" : "";
  const head = `  ${look.paint.bold(visible(next.schedule))}  ${next.description} ${look.paint.faint(`(${visible(next.zone)}${origin})`)}`;
  const rows = next.runs.length === 0 ? ["  it never fires"] : next.runs.map((run) => `  ${rowOf(run, next, look)}`);
  return `${[head, ...rows].join("\n")}\n\n`;
}

function rowOf(run: NextRun, { zone }: NextRuns, { paint, readerZone }: NextLook): string {
  const { skipped } = run;
  if (skipped) {
    const [from, to] = [skipped.before, skipped.after].map((offset) => wallText(run.at + offset).split(" ").at(-1) ?? "");
    return paint.severity("warning", `${wallText(skipped.wall)}         skipped: the clock goes from ${from ?? ""} to ${to ?? ""}`);
  }
  const own = localText(zone, run.at);
  const reader = localText(readerZone, run.at);
  const other = reader === own ? "" : paint.faint(`   ${reader} ${visible(readerZone)}`);
  const repeats = run.repeats === undefined ? "" : paint.severity("warning", `   this time comes twice: the ${run.repeats} one`);
  return `${own}${other}${repeats}`;
}

/** The same as data for JSON. */
export function nextData({ schedule, zone, zoneFrom, description, runs }: NextRuns, readerZone: string): object {
  return { schedule, timeZone: zone, timeZoneFrom: zoneFrom, description, runs: runs.map((run) => runData(run, zone, readerZone)) };
}

function runData({ at, repeats, skipped }: NextRun, zone: string, readerZone: string): object {
  if (skipped) {
    const { wall, before, after } = skipped;
    const local = new Date(wall).toISOString().slice(0, 19);
    return { skipped: true, local, clockChange: { time: isoTime(at), before: before / 60_000, after: after / 60_000 } };
  }
  const local = { time: isoTime(at), local: localTimestamp(zone, at), reader: localTimestamp(readerZone, at) };
  return repeats === undefined ? local : { ...local, repeats };
}

function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
