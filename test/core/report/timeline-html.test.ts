import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { timelineOf } from "../../../src/core/lint/timeline.js";
import { timedSource } from "../../../src/core/lint/timeline-job.js";
import { type ChartData, chartData } from "../../../src/core/report/timeline-html/chart-data.js";
import { timelineHtml } from "../../../src/core/report/timeline-html/page.js";

const hour = 3_600_000;
const from = Date.UTC(2026, 2, 2);

interface Written {
  readonly name?: string;
  readonly schedule?: string;
  readonly policy?: string;
  readonly runtime?: string;
}

function cronJob({ name = "a", schedule = "0 * * * *", policy = "Allow", runtime = "30m" }: Written): string {
  return JSON.stringify({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name, annotations: runtime === "" ? {} : { "kronlint/expected-runtime": runtime } },
    spec: { schedule, concurrencyPolicy: policy, jobTemplate: { spec: { template: { spec: { containers: [{ name: "c", image: "c:1" }] } } } } },
  });
}

function timeline(written: readonly Written[], { length = 24 * hour, zone = "Etc/UTC", start = from } = {}) {
  const text = written.map(cronJob).join("\n---\n");
  const { cronJobs } = timedSource({ name: "a.yaml", text }, { controllerZone: "Etc/UTC", runtimes: {} });
  return timelineOf(cronJobs, { from: start, to: start + length, readerZone: zone });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");
const html = (...given: Parameters<typeof timeline>): string => timelineHtml(timeline(...given), { sha256 });

function dataIn(page: string): ChartData {
  return JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)![1]!);
}

/** Every element that opens or closes, in order, as a tokenizer of HTML sees it; raw text of scripts and styles counts as none. */
function tags(page: string): string[] {
  const found: string[] = [];
  const pattern = /<!doctype html>|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*(\/?)>|</gi;
  for (let match = pattern.exec(page); match; match = pattern.exec(page)) {
    const [whole, closing, name] = match;
    if (name === undefined) {
      found.push(whole);
      continue;
    }
    found.push(`${closing ?? ""}${name}`);
    const end = closing === "" && /^(?:script|style)$/.test(name) ? page.indexOf(`</${name}`, pattern.lastIndex) : -1;
    if (end >= 0) pattern.lastIndex = end;
  }
  return found;
}

const empty = new Set(["meta", "input", "path"]);

/** Elements that are not closed, or closed without being open. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const tag of tags(page).filter((one) => !empty.has(one) && one !== "<!doctype html>")) {
    if (!tag.startsWith("/")) open.push(tag);
    else if (open.pop() !== tag.slice(1)) wrong.push(tag);
  }
  return [...wrong, ...open];
}

const evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\u2028\u202e&quot;'\"";

describe("the page", () => {
  test("is one file of balanced elements that loads nothing", () => {
    const page = html([{}, { name: "b", schedule: "61 * * * *" }, { name: "c", runtime: "" }]);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(/\b(?:src|href|srcset)=|@import|url\((?!"#)|\bfetch\(|XMLHttpRequest|WebSocket|innerHTML|\beval\(/);
  });

  test("lets only its own script and style run", () => {
    const page = html([{}]);
    const style = /<style>([^]*?)<\/style>/.exec(page)![1]!;
    const script = /<script type="module">([^]*?)<\/script>/.exec(page)![1]!;
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'", `style-src 'sha256-${sha256(style)}'`, `script-src 'sha256-${sha256(script)}'`, "base-uri 'none'", "form-action 'none'",
    ]);
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  test("holds its script as one text without imports that compiles", () => {
    const script = /<script type="module">([^]*?)<\/script>/.exec(html([{}]))![1]!;
    expect(script).not.toMatch(/^\s*(?:import|export)\b/m);
    expect(() => new Script(script)).not.toThrow();
  });

  test("gives each hostile name as text, and gains no element from it", () => {
    const plain = tags(html([{ name: "a" }, { name: "b", schedule: "x" }]));
    const page = html([{ name: evil }, { name: `${evil}2`, schedule: evil }]);
    expect(tags(page)).toEqual(plain);
    expect(dataIn(page).rows[0]!.name).toBe(evil.replace("\u2028", "\\u{2028}").replace("\u202e", "\\u{202e}"));
    expect(page).not.toContain("\u202e");
  });

  test("says so when nothing runs, and needs no chart then", () => {
    const page = html([{ schedule: "x" }]);
    expect(page).toContain("Nothing runs in this time.");
    expect(page).not.toContain('id="chart"');
    expect(unbalanced(page)).toEqual([]);
  });

  test("labels what a keyboard reaches", () => {
    const page = html([{}]);
    for (const [whole] of page.matchAll(/<(?:div|svg)[^>]*(?:tabindex|role="img")[^>]*>/g)) expect(whole).toContain("aria-label=");
    for (const [, id = ""] of page.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  test("stays small with a thousand CronJobs for a week", () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ name: `job-${String(index)}`, schedule: index % 10 === 0 ? "* * * * *" : "*/7 * * * *", policy: "Forbid" }));
    const page = html(many, { length: 168 * hour });
    expect(page.length).toBeLessThan(4_000_000);
    expect(dataIn(page).rows).toHaveLength(1000);
  }, 120_000);
});

describe("the heat map and the table", () => {
  test("count starts by weekday and hour on the reader's wall", () => {
    // 2026-03-02 is a Monday; 06:00 UTC is 07:00 in Berlin.
    const rows = html([{ schedule: "0 6 * * *" }], { zone: "Europe/Berlin" }).match(/<tr><th scope="row"><abbr[^]*?<\/tr>/g);
    const monday = [...(rows?.[0] ?? "").matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
    expect(monday.map((text, index) => (text === "1" ? index : -1)).filter((index) => index >= 0)).toEqual([7]);
    expect(monday[0]).toBe("·");
  });

  test("name what is skipped, replaced and overlapping", () => {
    const page = html([
      { name: "forbid", schedule: "*/10 * * * *", policy: "Forbid", runtime: "15m" },
      { name: "replace", schedule: "*/10 * * * *", policy: "Replace", runtime: "15m" },
      { name: "allow", schedule: "*/10 * * * *", runtime: "15m" },
    ]);
    const rows = page.slice(page.indexOf('id="cronjobs"')).match(/<tr class="trouble">[^]*?<\/tr>/g)!;
    const numbers = rows.map((row) => [...row.matchAll(/<td class="number[^>]*>([^<]*)</g)].map(([, text]) => text));
    // Starts, late, skipped, replaced, overlapping, at once.
    expect(numbers).toEqual([
      ["144", "–", "–", "–", "144", "2"],
      ["96", "48", "48", "–", "–", "1"],
      ["144", "–", "–", "144", "–", "1"],
    ]);
  });
});

describe("what the chart gets", () => {
  test("runs in seconds, with how they end and how late they are", () => {
    const { rows } = chartData(timeline([{ schedule: "*/10 * * * *", policy: "Forbid", runtime: "15m" }], { length: hour }));
    // Every other run is held back by 5 min, and one tick in three is lost: that of 00:00 while the one of 23:50 runs until 00:10.
    expect(rows[0]!.runs).toEqual([[-300, 900, 0, 300], [600, 900], [1500, 900, 0, 300], [2400, 900], [3300, 900, 0, 300]]);
    expect(rows[0]!.skips).toEqual([0, 1800]);
  });

  test("marks runs that start while another goes on, and those that the next one ends", () => {
    const { rows } = chartData(timeline([
      { name: "a", schedule: "0 * * * *", runtime: "90m" },
      { name: "b", schedule: "0 * * * *", policy: "Replace", runtime: "90m" },
      { name: "c", schedule: "0 * * * *", runtime: "" },
    ], { length: 3 * hour }));
    expect(rows.map(({ runs }) => runs!.at(-1))).toEqual([[7200, 5400, 1], [7200, 3600, 2], [7200, -1]]);
  });

  test("numbers by bucket where runs are too many", () => {
    const { rows, bucketSeconds } = chartData(timeline([{ schedule: "* * * * *", runtime: "20s" }], { length: 168 * hour }));
    expect(bucketSeconds).toBe(1800);
    expect(rows[0]!.buckets).toEqual({ starts: [336, 30], atOnce: [336, 1], skipped: [336, 0], replaced: [336, 0] });
    expect(rows[0]!.runs).toBeUndefined();
  });

  test("the reader's clock, with its changes", () => {
    const { offsets } = chartData(timeline([{}], { zone: "Europe/Berlin", start: Date.UTC(2026, 2, 28, 12) }));
    expect(offsets).toEqual([[0, 3600], [13 * 3600, 7200]]);
  });
});
