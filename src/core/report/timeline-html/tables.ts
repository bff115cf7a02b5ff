import type { Peak, Timeline, TimelineRow } from "../../lint/timeline.js";
import { plural } from "../summary.js";
import {
  absenceText, clockText, cpuText, memoryText, nameText, observedText, requestTexts, runTimeText, timeRemarks, troubles, whoText,
} from "../timeline-words.js";
import { escapeHtml } from "./escape.js";

/** The figures that matter most, as a list of terms. */
export function figures({ peak, mostCpu: cpu, mostMemory: memory, readerZone, starts, rows }: Timeline): string {
  const when = (at: number): string => `<span class="when">${escapeHtml(clockText(readerZone, at))}</span>`;
  const all = [
    figure("Starts", grouped(starts), `of ${plural(rows.length, "CronJob")}`),
    ...(peak ? peakFigures(peak, when(peak.at)) : []),
    cpu && cpu.milli > (peak?.cpuMilli ?? 0) ? figure("Most CPU", cpuText(cpu.milli), when(cpu.at)) : "",
    memory && memory.bytes > (peak?.memoryBytes ?? 0) ? figure("Most memory", memoryText(memory.bytes), when(memory.at)) : "",
  ];
  return `<dl class="figures">\n${all.filter((text) => text !== "").join("\n")}\n</dl>`;
}

function peakFigures(peak: Peak, when: string): readonly string[] {
  const most = `${peak.atLeast ? "at least " : ""}${plural(peak.runs, "run")}`;
  const who = `<span class="who">${escapeHtml(whoText(peak.who, 6))}</span>`;
  const requests = requestTexts(peak).join(", ");
  const more = peak.requestsAtLeast ? "or more: not all requests are known" : "";
  return [figure("Most at once", most, `${when} ${who}`), figure("Requested then", requests === "" ? "nothing" : requests, more)];
}

/** `detail` is HTML. */
function figure(term: string, value: string, detail: string): string {
  return `<div><dt>${term}</dt><dd><strong>${escapeHtml(value)}</strong> ${detail}</dd></div>`;
}

/** `1,393,780` */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** The minutes in which most runs start. */
export function busyMinutes({ busiestMinutes, readerZone }: Timeline): string {
  if (busiestMinutes.length === 0) return "<p>No two runs start in the same minute.</p>";
  const rows = busiestMinutes.map(({ at, starts, who }) => {
    const minute = `<th scope="row">${escapeHtml(clockText(readerZone, at))}</th>`;
    return `<tr>${minute}${number(grouped(starts))}<td>${escapeHtml(whoText(who, 8))}</td></tr>`;
  });
  const head = ["Minute", "Starts", "CronJobs"].map((name) => `<th scope="col">${name}</th>`).join("");
  return scrolled("Busiest minutes", `<table><thead><tr>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`);
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const shades = 5;

/** Starts by weekday and hour: the number is there, so the shade is only its echo. */
export function heatMap({ heat }: Timeline): string {
  const most = Math.max(1, ...heat.flat().map((count) => count ?? 0));
  const cell = (count: number | null): string => {
    if (count === null) return '<td class="outside">·</td>';
    return `<td class="shade${String(Math.ceil((count / most) * shades))}">${String(count)}</td>`;
  };
  const hours = Array.from({ length: 24 }, (_, hour) => `<th scope="col">${String(hour).padStart(2, "0")}</th>`).join("");
  const rows = heat.map((row, index) => {
    const name = weekdays[index] ?? "";
    return `<tr><th scope="row"><abbr title="${name}">${name.slice(0, 3)}</abbr></th>${row.map(cell).join("")}</tr>`;
  });
  return scrolled("Starts by weekday and hour", `<table class="heat"><thead><tr><td></td>${hours}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`);
}

const columns = ["CronJob", "Schedule", "Policy", "Run time", "Starts", "Late", "Skipped", "Replaced", "Overlapping", "At once"];

/** Every CronJob, also those without runs. */
export function cronJobTable({ rows }: Timeline): string {
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join("");
  return scrolled("CronJobs", `<table id="cronjobs"><thead><tr>${head}</tr></thead>
<tbody>
${rows.map(cronJobRow).join("\n")}
</tbody></table>`);
}

function cronJobRow(row: TimelineRow): string {
  const { cronJob, runs } = row;
  const { timing, schedule, length, file, line } = cronJob;
  const name = `<th scope="row">${escapeHtml(nameText(cronJob))}<small>${escapeHtml(file)}:${String(line)}</small></th>`;
  const words = timing.state === "refused" ? "" : `<small>${escapeHtml(`${timing.description} (${timing.zone})`)}</small>`;
  const remarks = timeRemarks(row).map((text) => `<small>${escapeHtml(text)}</small>`).join("");
  const plan = `<td><code>${escapeHtml(schedule)}</code>${words}${remarks}</td>`;
  if (!runs) return `<tr>${name}${plan}<td colspan="8">no runs: ${escapeHtml(absenceText(row))}</td></tr>`;
  const { starts, late, skipped, replaced, overlapping, mostAtOnce } = runs.counts;
  const troubled = [late, skipped, replaced, overlapping];
  const numbers = troubled.map((count) => (count === 0 ? number("–") : number(grouped(count), "hit"))).join("");
  const policy = timing.state === "refused" ? "" : timing.policy;
  const atOnce = length.seconds === undefined ? "?" : String(mostAtOnce);
  const seen = cronJob.observed ? `<small>seen: ${escapeHtml(observedText(cronJob.observed))}</small>` : "";
  const facts = `<td>${policy}</td><td>${escapeHtml(runTimeText(length))}${seen}</td>${number(grouped(starts))}${numbers}${number(atOnce)}`;
  return `<tr${troubles(runs.counts).length > 0 ? ' class="trouble"' : ""}>${name}${plan}${facts}</tr>`;
}

function number(text: string, more = ""): string {
  return `<td class="number${more === "" ? "" : ` ${more}`}">${text}</td>`;
}

/** Wide tables move by themselves, also by keyboard. */
function scrolled(label: string, table: string): string {
  return `<div class="scrolled" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
