import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../../src/core/report/visible.js";
import { folderWith } from "../node/folder-tree.js";
import { ran, type Surroundings } from "./world.js";

interface Written {
  readonly name: string;
  readonly schedule: string;
  readonly runtime?: string;
  readonly requests?: object;
  readonly spec?: object;
  readonly job?: object;
}

function cronJob({ name, schedule, runtime, requests, spec, job }: Written): string {
  const containers = [{ name: "main", image: "main:1", ...(requests ? { resources: { requests } } : {}) }];
  return `${JSON.stringify({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name, namespace: "prod", ...(runtime === undefined ? {} : { annotations: { "kronlint/expected-runtime": runtime } }) },
    spec: { schedule, ...spec, jobTemplate: { spec: { ...job, template: { spec: { restartPolicy: "Never", containers } } } } },
  }, null, 1)}\n`;
}

const night = [
  { name: "backup", schedule: "0 0 * * *", runtime: "2h", requests: { cpu: "1", memory: "1Gi" } },
  { name: "index", schedule: "30 0 * * *", runtime: "1h", requests: { cpu: "500m", memory: "512Mi" }, job: { parallelism: 3, completions: 3 } },
  { name: "report", schedule: "0 1 * * *", runtime: "45m" },
];
const from = ["--from", "2026-03-02T00:00:00Z", "--tz", "Etc/UTC"];

function timeline(written: readonly Written[], args: readonly string[] = [], more: Surroundings = {}, files: Record<string, string> = {}) {
  const cwd = folderWith({ "a.yaml": written.map(cronJob).join("---\n"), ...files });
  return { cwd, ...ran(cwd, ["timeline", "a.yaml", "--no-config", ...from, ...args], more) };
}

function json(...[written, args = [], more, files]: Parameters<typeof timeline>) {
  const { out, code } = timeline(written, [...args, "--format", "json"], more, files);
  expect(code).toBe(0);
  return JSON.parse(out);
}

describe("text", () => {
  test("shows runs, the peak and what is requested then, as counted by hand", () => {
    const { out, code } = timeline(night, ["--for", "4h"], { columns: 80 });
    expect(code).toBe(0);
    // backup 00:00-02:00, index 00:30-01:30 with three pods, report 01:00-01:45: 1 + 3 × 0.5 CPU and 1 + 3 × 0.5 GiB.
    expect(out).toBe(`Mon 2026-03-02 00:00 to Mon 2026-03-02 04:00 (Etc/UTC): 3 starts; a column is 5 min
            00:00       01:00       02:00       03:00
prod/backup ●━━━━━━━━━━━━━━━━━━━━━━━························       1
prod/index  ······●━━━━━━━━━━━······························       1
prod/report ············●━━━━━━━━···························       1
at once     ▃▃▃▃▃▃▆▆▆▆▆▆██████▆▆▆▃▃▃                         max 3
● starts   ━ runs on

peak Mon 2026-03-02 01:00: 3 runs at once; they request at least 2.5 CPU and 2.5 GiB
     prod/backup, prod/index, prod/report
`);
  });

  test.each([60, 80, 120, 200])("the chart fits %i columns", (columns) => {
    const many = [...night, { name: "a-name-that-is-as-long-as-one-of-a-cronjob-may-be", schedule: "*/7 * * * *", runtime: "9m" }];
    const skipping = { name: "日本語", schedule: "*/2 * * * *", runtime: "3m", spec: { concurrencyPolicy: "Forbid" } };
    const chart = timeline([...many, skipping], [], { columns }).out.split("\n\n")[0]!;
    for (const line of chart.split("\n").slice(1)) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(chart).toContain("x a start is skipped");
  });

  test("says what is missing, suspended or a template's", () => {
    const { out, err, code } = timeline([
      { name: "t", schedule: "{{ .Values.schedule }}" },
      { name: "s", schedule: "0 * * * *", spec: { suspend: true } },
      { name: "x\u001b[31m", schedule: "61 * * * *" },
    ]);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).toContain("prod/s no runs: suspended\n");
    expect(out).toContain("prod/t no runs: its schedule is a template's\n");
    expect(out).toContain("prod/x\\x1b[31m no runs: 61 is too large: a minute is 0 to 59\n");
  });

  test("without CronJobs there is nothing to show, and it says so", () => {
    const job = JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec: {} });
    const { out, err, code } = timeline([], [], {}, { "a.yaml": job });
    expect(out).toBe("Mon 2026-03-02 00:00 to Tue 2026-03-03 00:00 (Etc/UTC): 0 starts\n");
    expect(err).toBe("kronlint: left out: 1 Job without a schedule\nkronlint: no CronJob in what was read\n");
    expect(code).toBe(0);
  });

  test("names 100 of 500 CronJobs and counts the rest", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ name: `m${String(index)}`, schedule: "* * * * *", runtime: "20s" }));
    const { out } = timeline(many, ["--for", "7d"]);
    expect(out).toContain(": 5040000 starts;");
    expect(out).toContain("… and 400 more CronJobs; --format json and --format html have all\n");
    expect(out).toContain("500 runs at once");
  });
});

describe("what becomes of runs, counted by hand", () => {
  const counts = (one: Omit<Written, "name">) => {
    const { starts, late, skipped, pastDeadline, replaced, overlapping, mostAtOnce } = json([{ name: "a", ...one }]).cronJobs[0];
    return [starts, late, skipped, pastDeadline, replaced, overlapping, mostAtOnce];
  };

  test("Forbid, due every 2 min, runs 3 min: two starts in 6 min, one of them a minute late, and one tick lost", () => {
    expect(counts({ schedule: "*/2 * * * *", runtime: "3m", spec: { concurrencyPolicy: "Forbid" } })).toEqual([480, 240, 240, 0, 0, 0, 1]);
  });

  test("the same with a starting deadline of 30 s: every second tick is a minute late, which is too late", () => {
    const spec = { concurrencyPolicy: "Forbid", startingDeadlineSeconds: 30 };
    expect(counts({ schedule: "*/2 * * * *", runtime: "3m", spec })).toEqual([360, 0, 360, 360, 0, 0, 1]);
  });

  test("Replace, due every 5 min, runs 7 min: none ends by itself", () => {
    expect(counts({ schedule: "*/5 * * * *", runtime: "7m", spec: { concurrencyPolicy: "Replace" } })).toEqual([288, 0, 0, 0, 288, 0, 1]);
  });

  test("Allow, due every 10 min, runs 25 min: three at once", () => {
    expect(counts({ schedule: "*/10 * * * *", runtime: "25m" })).toEqual([144, 0, 0, 0, 0, 144, 3]);
  });

  test("runs that end when the next one starts do not overlap", () => {
    expect(counts({ schedule: "*/10 * * * *", runtime: "10m" })).toEqual([144, 0, 0, 0, 0, 0, 1]);
  });

  test("no run starts at a time that the clocks skip", () => {
    const { starts } = json([{ name: "a", schedule: "30 2 * * *", spec: { timeZone: "Europe/Berlin" } }], ["--from", "2026-03-28T23:00:00Z"]).cronJobs[0];
    expect(starts).toBe(0);
  });

  test("the busiest minutes, the first of equal ones first", () => {
    const { busiestMinutes } = json([
      { name: "a", schedule: "0 6,7 * * *" }, { name: "b", schedule: "0 6 * * *" }, { name: "c", schedule: "0 6-8 * * *" }, { name: "d", schedule: "9 9 * * *" },
    ]);
    expect(busiestMinutes.map(({ time, starts }: { time: string; starts: number }) => [time, starts])).toEqual([
      ["2026-03-02T06:00:00Z", 3], ["2026-03-02T07:00:00Z", 2],
    ]);
  });
});

describe("run times", () => {
  const job = (index: number, minutes: number): object => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: `a-${String(index)}`, namespace: "prod", uid: `u${String(index)}`, ownerReferences: [{ kind: "CronJob", name: "a", controller: true }] },
    status: {
      startTime: "2026-02-01T00:00:00Z",
      completionTime: new Date(Date.UTC(2026, 1, 1, 0, minutes)).toISOString().replace(".000", ""),
      succeeded: 1,
      conditions: [{ type: "Complete", status: "True" }],
    },
  });

  test("--observed takes the median of the runs in the cluster", () => {
    const files = { "seen.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: [10, 20, 40].map((minutes, index) => job(index, minutes)) }) };
    const written = [{ name: "a", schedule: "0 * * * *" }];
    expect(json(written).cronJobs[0].runTime).toMatchObject({ meaning: "unknown", seconds: null });
    const [{ runTime, runs }] = json(written, ["--observed", "seen.json"], {}, files).cronJobs;
    expect(runTime).toMatchObject({ meaning: "median", seconds: 1200, from: "observed" });
    expect(runs[0]).toEqual({ start: "2026-03-02T00:00:00Z", end: "2026-03-02T00:20:00Z" });
  });

  test("--observed shows what was seen, and rules take it for the length of a run", () => {
    const seen = JSON.stringify({ apiVersion: "v1", kind: "List", items: [10, 20, 40].map((minutes, index) => job(index, minutes)) });
    const written = [{ name: "a", schedule: "*/5 * * * *", spec: { concurrencyPolicy: "Forbid" } }];
    const { out, cwd } = timeline(written, ["--observed", "seen.json"], {}, { "seen.json": seen });
    expect(out).toContain("seen in the cluster: median 20 min, 95th percentile 40 min, longest 40 min, none of 3 runs failed");
    const [{ observed }] = json(written, ["--observed", "seen.json"], {}, { "seen.json": seen }).cronJobs;
    expect(observed).toMatchObject({ succeeded: 3, failed: 0, medianSeconds: 1200, percentile95Seconds: 2400, longestSeconds: 2400 });
    const html = timeline(written, ["--observed", "seen.json", "--format", "html"], {}, { "seen.json": seen }).out;
    expect(html).toContain("seen: median 20 min");
    const rule = ["a.yaml", "--no-config", "--format", "compact"];
    expect(ran(cwd, rule).out).not.toContain("forbid-loses-ticks");
    expect(ran(cwd, [...rule, "--observed", "seen.json"]).out).toMatch(/the 3 runs seen in the cluster took 600 to 2400 s.*forbid-loses-ticks|forbid-loses-ticks.*the 3 runs seen in the cluster took 600 to 2400 s/);
    expect(ran(cwd, [...rule, "--observed", "missing.json"]).code).toBe(2);
  });

  test("a file without runs is refused", () => {
    const { code, err } = timeline(night, ["--observed", "seen.json"], {}, { "seen.json": "{}" });
    expect(code).toBe(2);
    expect(err).toContain("--observed seen.json has no runs of CronJobs");
  });
});

describe("the day on which clocks go forward", () => {
  const berlin = { timeZone: "Europe/Berlin" };
  const args = ["--from", "2026-03-29T00:00:00+01:00", "--tz", "Europe/Berlin", "--for", "8h"];

  test("columns are labelled with the time on the wall", () => {
    const { out } = timeline([{ name: "a", schedule: "0 * * * *", spec: berlin }], args, { columns: 80 });
    const [, axis = "", row = ""] = out.split("\n");
    const start = row.indexOf("●");
    const label = (hours: number): string => axis.slice(start + hours * 6, start + hours * 6 + 5);
    // The third hour of that day is 03:00.
    expect([label(0), label(2), label(5)]).toEqual(["00:00", "03:00", "06:00"]);
  });

  test("a time that does not come is told, and that nobody knows when @every begins", () => {
    const written = [{ name: "a", schedule: "30 2 * * *", spec: berlin }, { name: "b", schedule: "@every 5h" }];
    const { out } = timeline(written, args);
    expect(out).toContain("prod/a Sun 2026-03-29 02:30 is skipped: the clock goes from 02:00 to 03:00 (Europe/Berlin)");
    expect(out).toContain("prod/b @every counts from when the CronJob was created, so the times of its starts are not known");
    const [a, b] = json(written, args).cronJobs;
    expect(a.skippedByClock).toEqual([{ local: "2026-03-29T02:30:00", clockFrom: "2026-03-29T02:00:00", clockTo: "2026-03-29T03:00:00" }]);
    expect(b.phase).toBe("unknown");
  });
});

describe("the command line", () => {
  test.each([
    [["--for", "2w"], "--for 2w: write it as 24h or 7d, from 1h to 31d"],
    [["--for", "32d"], "--for 32d: write it as 24h or 7d, from 1h to 31d"],
    [["--count", "3"], "--count is for next; a timeline is as long as --for says"],
    [["--from", "2026-02-30"], "--from 2026-02-30: write it as 2026-03-01 or 2026-03-01T06:30:00Z"],
    [["--from", "tomorrow"], "--from tomorrow: write it as 2026-03-01 or 2026-03-01T06:30:00Z"],
    [["--tz", "Mars/Base"], "--tz Mars/Base: there is no time zone of this name"],
    [["--format", "htm"], "--format htm: did you mean html?"],
  ])("%j is refused", (args, message) => {
    const { code, out, err } = timeline(night, args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });

  test("--from takes an offset, and --tz shows it on another wall", () => {
    const { out } = timeline(night, ["--from", "2026-03-02T00:00:00+01:00", "--tz", "Asia/Kolkata", "--for", "1h"]);
    expect(out).toContain("Mon 2026-03-02 04:30 to Mon 2026-03-02 05:30 (Asia/Kolkata)");
  });

  test("writes HTML and JSON to files, and text to the terminal", () => {
    const { cwd, out } = timeline(night, ["--format", "html=t.html", "--format", "json=t.json", "--format", "text"]);
    expect(out).toContain("prod/backup");
    expect(readFileSync(join(cwd, "t.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(JSON.parse(readFileSync(join(cwd, "t.json"), "utf8"))).toMatchObject({ version: 1, starts: 3, peak: { runs: 3, cpuMilli: 2500 } });
  });
});
