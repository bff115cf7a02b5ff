import type { Timeline, TimelineRow } from "../lint/timeline.js";
import { axisText, type Cell, cellsOf, highest, idle, type Mark, type Scale, scaleFor } from "./timeline-chart.js";
import {
  absenceText, clockText, cpuText, lengthText, memoryText, nameText, observedText, requestTexts, runTimeText, timeRemarks, troubles,
  whoText,
} from "./timeline-words.js";
import type { Palette } from "./palette.js";
import { plural } from "./summary.js";
import { displayWidth, visible } from "./visible.js";

export interface TimelineLook {
  readonly paint: Palette;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Rows and lines of each kind; the rest is counted, and JSON and HTML have it. */
const mostRows = 100;
const mostLines = 20;
const countWidth = 8;

/** A chart that fits the terminal, and below it what is worth a word. */
export function timelineText(timeline: Timeline, { paint, width }: TimelineLook): string {
  const running = timeline.rows.filter(({ runs }) => runs !== undefined);
  const shown = running.length > mostRows ? mostRemarkable(running) : running;
  const longest = Math.max(8, ...shown.map(({ cronJob }) => displayWidth(visible(nameText(cronJob)))));
  // Names take what the columns leave, and these a few whole minutes each.
  const scale = scaleFor(timeline, width - Math.min(longest, Math.floor(width / 4)) - countWidth - 2);
  const nameWidth = Math.min(longest, Math.max(8, width - scale.columns - countWidth - 2), 48);
  const rows = shown.map((row) => rowText(row, { paint, scale, nameWidth }));
  const left = running.length - shown.length;
  const parts = [
    [paint.bold(titleOf(timeline, scale))],
    running.length === 0 ? [] : [`${" ".repeat(nameWidth)} ${paint.faint(axisText(scale, timeline.readerZone))}`, ...rows],
    left > 0 ? [paint.faint(`… and ${plural(left, "more CronJob")}; --format json and --format html have all`)] : [],
    running.length === 0 ? [] : [loadText(timeline, { paint, scale, nameWidth }), paint.faint(legend(shown, scale, width))],
  ];
  const chart = parts.flat().join("\n");
  return `${[chart, ...remarks(timeline, paint)].filter((text) => text !== "").join("\n\n")}\n`;
}

function titleOf({ from, to, readerZone, starts }: Timeline, scale: Scale): string {
  const zone = visible(readerZone);
  const column = starts === 0 ? "" : `; a column is ${lengthText(scale.columnMilliseconds / 1000)}`;
  return `${clockText(readerZone, from)} to ${clockText(readerZone, to)} (${zone}): ${plural(starts, "start")}${column}`;
}

/** Those with trouble first, then the busiest; shown by name all the same. */
function mostRemarkable(rows: readonly TimelineRow[]): readonly TimelineRow[] {
  const weight = ({ runs }: TimelineRow): number => (runs ? (troubles(runs.counts).length > 0 ? 1e9 : 0) + runs.counts.starts : 0);
  const chosen = new Set([...rows].sort((a, b) => weight(b) - weight(a)).slice(0, mostRows));
  return rows.filter((row) => chosen.has(row));
}

interface RowLook {
  readonly paint: Palette;
  readonly scale: Scale;
  readonly nameWidth: number;
}

const marks: Readonly<Record<Exclude<Mark, "several">, string>> = { idle: "·", starts: "●", runs: "━", skipped: "x", replaced: "%" };
const meanings: Readonly<Record<Mark, string>> = {
  idle: "",
  starts: "● starts",
  runs: "━ runs on",
  several: "2-9, + as many of its runs at once",
  skipped: "x a start is skipped",
  replaced: "% a run is replaced",
};

function rowText(row: TimelineRow, { paint, scale, nameWidth }: RowLook): string {
  const cells = cellsOf(row, scale).map((cell) => cellText(cell, paint));
  const count = String(row.runs?.counts.starts ?? 0).padStart(countWidth - 1);
  return `${fitted(nameText(row.cronJob), nameWidth)} ${cells.join("")} ${count}`;
}

function cellText({ mark, count }: Cell, paint: Palette): string {
  if (mark === "several") return paint.severity("info", count > 9 ? "+" : String(count));
  if (mark === "idle") return paint.faint(marks.idle);
  if (mark === "starts" || mark === "runs") return marks[mark];
  return paint.severity(mark === "skipped" ? "warning" : "error", marks[mark]);
}

/** One line of exactly so many columns. */
function fitted(name: string, width: number): string {
  const text = visible(name);
  if (displayWidth(text) <= width) return text + " ".repeat(width - displayWidth(text));
  let cut = "";
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…${" ".repeat(Math.max(0, width - 1 - displayWidth(cut)))}`;
}

const levels = " ▁▂▃▄▅▆▇█";

function loadText(timeline: Timeline, { paint, scale, nameWidth }: RowLook): string {
  const values = highest(timeline.runningByBucket, scale);
  const most = Math.max(1, ...values);
  const bars = values.map((value) => levels[Math.ceil((value / most) * 8)] ?? " ").join("");
  return `${paint.faint(fitted("at once", nameWidth))} ${bars} ${paint.faint(`max ${String(timeline.peak?.runs ?? 0)}`)}`;
}

function legend(rows: readonly TimelineRow[], scale: Scale, width: number): string {
  const used = new Set(rows.flatMap((row) => cellsOf(row, scale).map(({ mark }) => mark)).filter((mark) => mark !== idle.mark));
  const texts = Object.entries(meanings).flatMap(([mark, text]) => ([...used].some((one) => one === mark) ? [text] : []));
  const lines: string[] = [];
  for (const text of texts) {
    const longer = `${lines.at(-1) ?? ""}   ${text}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines.join("\n");
}

/** Paragraphs below the chart. */
function remarks(timeline: Timeline, paint: Palette): readonly string[] {
  const { rows } = timeline;
  const troubled = rows.flatMap(({ cronJob, runs }) => {
    const found = runs ? troubles(runs.counts) : [];
    if (found.length === 0 || cronJob.timing.state === "refused") return [];
    const { description, policy } = cronJob.timing;
    const facts = `${description}, run time ${runTimeText(cronJob.length)}, ${policy}`;
    const name = paint.bold(visible(nameText(cronJob)));
    return [`${name} ${paint.severity("warning", found.join(", "))} ${paint.faint(`(${visible(facts)})`)}`];
  });
  const absent = rows.filter(({ runs }) => runs === undefined).map((row) => {
    return `${visible(nameText(row.cronJob))} ${paint.faint(`no runs: ${visible(absenceText(row))}`)}`;
  });
  const seen = rows.flatMap(({ cronJob }) => {
    const { observed } = cronJob;
    return observed ? [`${visible(nameText(cronJob))} ${paint.faint(`seen in the cluster: ${observedText(observed)}`)}`] : [];
  });
  const timed = rows.flatMap((row) => {
    return timeRemarks(row).map((text) => `${visible(nameText(row.cronJob))} ${paint.severity("warning", visible(text))}`);
  });
  return [some(troubled), some(timed), some(seen), some(absent), loadRemarks(timeline, paint), unknownRemark(rows, paint)];
}

function some(lines: readonly string[]): string {
  const rest = lines.length - mostLines;
  return [...lines.slice(0, mostLines), ...(rest > 0 ? [`… and ${plural(rest, "more CronJob")}`] : [])].join("\n");
}

function loadRemarks({ peak, mostCpu, mostMemory, busiestMinutes, readerZone }: Timeline, paint: Palette): string {
  if (!peak) return "";
  const atLeast = peak.atLeast ? "at least " : "";
  const requests = requestTexts(peak);
  const least = peak.requestsAtLeast ? "at least " : "";
  const they = peak.runs === 1 ? "it requests" : "they request";
  const requested = requests.length === 0 ? `${they} nothing` : `${they} ${least}${requests.join(" and ")}`;
  const when = (at: number): string => clockText(readerZone, at);
  const most = (title: string, at: number, text: string): string => `${paint.bold(title)} ${when(at)}: ${text}`;
  return [
    `${paint.bold("peak")} ${when(peak.at)}: ${atLeast}${plural(peak.runs, "run")} at once; ${requested}`,
    paint.faint(`     ${visible(whoText(peak.who, 6))}`),
    ...(mostCpu && mostCpu.milli > peak.cpuMilli ? [most("most CPU", mostCpu.at, cpuText(mostCpu.milli))] : []),
    ...(mostMemory && mostMemory.bytes > peak.memoryBytes ? [most("most memory", mostMemory.at, memoryText(mostMemory.bytes))] : []),
    ...busiestMinutes.map(({ at, starts, who }, index) => {
      const title = index === 0 ? paint.bold("busiest minutes") : "               ";
      return `${title} ${when(at)}: ${plural(starts, "start")} ${paint.faint(visible(whoText(who, 4)))}`;
    }),
  ].join("\n");
}

function unknownRemark(rows: readonly TimelineRow[], paint: Palette): string {
  const count = rows.filter(({ cronJob, runs }) => runs !== undefined && cronJob.length.seconds === undefined).length;
  if (count === 0) return "";
  const remedy = "an annotation kronlint/expected-runtime, runtimes: in the settings or --observed FILE tells them";
  return paint.faint(`how long the runs of ${plural(count, "CronJob")} last is unknown, so only their starts are shown; ${remedy}`);
}
