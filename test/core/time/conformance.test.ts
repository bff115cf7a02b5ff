import { describe, expect, test } from "vitest";
import { fireTimesCases } from "../../../scripts/conformance/cases.js";
import { needsOtherZones, ourAnswer, recordedAnswer, utc, zoneOf } from "../../../scripts/conformance/fire-times.js";
import { parseAsController } from "../../../src/core/time/cron.js";
import { occurrencesBetween } from "../../../src/core/time/occurrences.js";

// Another file of recorded cases, gzipped or not, can be named in KRONLINT_CRON_CASES.
const cases = fireTimesCases(process.env["KRONLINT_CRON_CASES"]);
const run = cases.filter((question) => !needsOtherZones(question));
if (run.length < cases.length) console.log(`skipped ${cases.length - run.length} cases with zones: tz ${process.versions.tz}, not 2025c`);

describe("recorded answers of Kubernetes", () => {
  test("are there in number", () => {
    expect(cases.length).toBeGreaterThan(4000);
    expect(new Set(cases.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(30);
  });

  test.each(run)("$id: $schedule ($timeZone)", (question) => {
    expect(ourAnswer(question)).toEqual(recordedAnswer(question));
  });

  // In an hour that comes twice the real walk can go back, or stand still; a list of times never does.
  const ascends = (times: readonly string[]): boolean => times.every((time, index) => index === 0 || time > (times[index - 1] ?? ""));
  const steady = run.filter(({ times, from }) => times !== undefined && ascends([from, ...times]));

  test("all but a few have ascending times", () => {
    expect(run.filter(({ times }) => times !== undefined).length - steady.length).toBeLessThanOrEqual(2);
  });

  test.each(steady)("$id, listed: $schedule ($timeZone)", (question) => {
    const result = parseAsController(question.schedule, question.timeZone);
    if (!result.ok) throw new Error(result.reason);
    const { from, until, n, times } = question;
    expect(occurrencesBetween(result.schedule, zoneOf(question), Date.parse(from), Date.parse(until), n).map(utc)).toEqual(times);
  });
});
