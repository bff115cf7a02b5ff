import { describe, expect, test } from "vitest";
import { traceCases } from "../../../scripts/conformance/cases.js";
import { kindOfScenario, traceNeedsOtherZones } from "../../../scripts/conformance/traces.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";

// Another file of recorded scenarios, gzipped or not, can be named in KRONLINT_CONTROLLER_CASES.
const cases = traceCases(process.env["KRONLINT_CONTROLLER_CASES"]);
const run = cases.filter((scenario) => !traceNeedsOtherZones(scenario));
const skipped = cases.length - run.length;
if (skipped > 0) console.log(`skipped ${skipped} scenarios with zones: tz ${process.versions.tz}, not 2025c`);

describe("recorded traces of the CronJob controller", () => {
  test("are there in number, with every kind of event", () => {
    expect(cases.length).toBeGreaterThan(1500);
    expect(new Set(cases.map(({ id }) => kindOfScenario(id))).size).toBeGreaterThan(11);
    expect(new Set(cases.flatMap(({ trace }) => trace.map(({ event }) => event))).size).toBeGreaterThan(15);
  });

  test.each(run)("$id: $cronjob.spec.schedule, $cronjob.spec.concurrencyPolicy", ({ trace, final, summary, ...scenario }) => {
    expect(simulate(scenario)).toEqual({ trace, final, summary });
  });
});
