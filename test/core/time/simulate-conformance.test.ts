import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Scenario, Simulation } from "../../../src/core/time/controller/scenario.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";

type RecordedScenario = Scenario & Simulation & { readonly id: string };

// Another file of recorded scenarios, gzipped or not, can be named in KRONLINT_CONTROLLER_CASES.
const file = process.env["KRONLINT_CONTROLLER_CASES"] ?? new URL("../../../fixtures/conformance/controller.ndjson", import.meta.url);
const bytes = readFileSync(file);
const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
const cases = text.trim().split("\n").map((line): RecordedScenario => JSON.parse(line));

// Zones change with the tz database: the recordings were made with 2025c.
const sameZones = process.versions.tz === "2025c";
const needsZones = ({ cronjob, edits = [] }: RecordedScenario): boolean =>
  [cronjob, ...edits].some(({ spec }) => spec.timeZone !== undefined || spec.schedule.includes("Europe"));
const run = cases.filter((scenario) => sameZones || !needsZones(scenario));
const skipped = cases.length - run.length;
if (skipped > 0) console.log(`skipped ${skipped} scenarios with zones: tz ${process.versions.tz}, not 2025c`);

describe("recorded traces of the CronJob controller", () => {
  test("are there in number, with every kind of event", () => {
    expect(cases.length).toBeGreaterThan(200);
    expect(new Set(cases.map(({ id }) => id.replace(/-\d+$/, ""))).size).toBeGreaterThan(11);
    expect(new Set(cases.flatMap(({ trace }) => trace.map(({ event }) => event))).size).toBeGreaterThan(15);
  });

  test.each(run)("$id: $cronjob.spec.schedule, $cronjob.spec.concurrencyPolicy", ({ trace, final, summary, ...scenario }) => {
    expect(simulate(scenario)).toEqual({ trace, final, summary });
  });
});
