import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextOccurrence } from "../../../src/core/time/occurrences.js";
import { scheduleOf } from "./arbitrary-schedule.js";

// Where the two dialects agree: UTC, values and ranges, steps from the start of a field, at most one restricted day field.
const plain = (min: number, max: number): fc.Arbitrary<string> => {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const list = fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => values.join(","));
  return fc.oneof(fc.constant("*"), value.map(String), range, list, fc.integer({ min: 2, max: max - min }).map((by) => `*/${by}`));
};
const day = fc.oneof(fc.tuple(plain(1, 28), fc.constant("*")), fc.tuple(fc.constant("*"), plain(0, 6)));
const schedule = fc
  .tuple(plain(0, 59), plain(0, 23), day, plain(1, 12))
  .map(([minute, hour, [dom, dow], month]) => [minute, hour, dom, month, dow].join(" "));

test("fires when cron-parser says so, in UTC", () => {
  fc.assert(
    fc.property(schedule, fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }), (text, from) => {
      const partner = CronExpressionParser.parse(text, { currentDate: new Date(from), tz: "UTC" });
      let at: number | undefined = from;
      for (let count = 0; count < 5; count++) {
        at = nextOccurrence(scheduleOf(text), "UTC", at ?? NaN);
        expect(at).toBe(partner.next().getTime());
      }
    }),
    { numRuns: 1500 },
  );
});

// Both day fields restricted to single days are joined by OR in both.
test("joins two restricted day fields as cron-parser does", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 23 }), (dom, dow, hour) => {
      const text = `0 ${hour} ${dom} * ${dow}`;
      const partner = CronExpressionParser.parse(text, { currentDate: new Date(Date.UTC(2026, 0, 1)), tz: "UTC" });
      let at: number | undefined = Date.UTC(2026, 0, 1);
      for (let count = 0; count < 8; count++) {
        at = nextOccurrence(scheduleOf(text), "UTC", at ?? NaN);
        expect(at).toBe(partner.next().getTime());
      }
    }),
    { numRuns: 200 },
  );
});
