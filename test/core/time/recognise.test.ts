import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scheduleCreateProblem } from "../../../src/core/time/create.js";
import { parseSchedule } from "../../../src/core/time/cron.js";
import { recogniseSchedule } from "../../../src/core/time/recognise.js";
import { scheduleOf } from "./arbitrary-schedule.js";

const safe: readonly (readonly [string, string])[] = [
  ["0 0 * * 7", "0 0 * * 0"],
  ["0 0 * * 1,7", "0 0 * * 1,0"],
  ["0 0 * * 7,7", "0 0 * * 0"],
  ["0 0 1 * 5-7", "0 0 1 * 5-6,0"],
  ["0 0 * * 6-7", "0 0 * * 6,0"],
  ["0 0 * * FRI-7", "0 0 * * FRI-SAT,SUN"],
  ["0 0 1 * 1-7", "0 0 1 * 0-6"],
  ["0 0 1 * 0-7", "0 0 1 * 0-6"],
  ["0 0 * * MONDAY", "0 0 * * MON"],
  ["0 0 * * Monday-Friday,sunday", "0 0 * * MON-FRI,SUN"],
  ["0 0 * September thurs", "0 0 * SEP THU"],
  ["@daily ", "@daily"],
  ["\t@every 5m\n", "@every 5m"],
];

const offered: readonly (readonly [string, string])[] = [
  ["0 0 * * sat-sun", "0 0 * * sat,SUN"],
  ["0 0 * * FRI-MON", "0 0 * * 5-6,0-1"],
  ["0 0 * * 1-7/2", "0 0 * * 0,1,3,5"],
  ["0 0 * * 7-5", "0 0 * * 0-5"],
  ["0 22-2 * * *", "0 22-23,0-2 * * *"],
  ["0 0 * NOV-FEB *", "0 0 * 11-12,1-2 *"],
  ["0 24 * * *", "0 0 * * *"],
  ["0-60/5 * * * *", "0-59/5 * * * *"],
  ["/5 * * * *", "*/5 * * * *"],
  ["1, 15 * * * *", "1,15 * * * *"],
  ["H/15 * * * *", "*/15 * * * *"],
  ["@Daily", "@daily"],
  ["weekly", "@weekly"],
  ["@every 1d", "@every 24h"],
  ["@every 5 minutes", "@every 5m"],
  ["0 */5 * * * *", "*/5 * * * *"],
  ["30 0 2 * * 7", "0 2 * * 0"],
  ["0 0 12 ? * 2-6", "0 12 * * MON-FRI"],
  ["0 0 12 ? * 7", "0 12 * * SAT"],
  ["0 0 0 1 1 ? *", "0 0 1 1 *"],
  ["0 10 * * ? *", "0 10 * * *"],
  ["cron(0/15 8-17 ? * 2-6 *)", "0/15 8-17 * * MON-FRI"],
  ["rate(5 minutes)", "*/5 * * * *"],
  ["rate(60 minutes)", "0 * * * *"],
  ["rate(7 days)", "@every 168h"],
  ["every 2 hours", "0 */2 * * *"],
  ["*/5 * * * * curl -f http://example.com", "*/5 * * * *"],
  ["0 3 * * * # nightly", "0 3 * * *"],
  ['"0 3 * * *"', "0 3 * * *"],
  ["\\*/5 \\* \\* \\* \\*", "*/5 * * * *"],
  ["0 0 * * 1\u20135", "0 0 * * 1-5"],
  ["0 2 * *", "0 2 * * *"],
  ["02:30", "30 2 * * *"],
];

const unsayable = [
  "0 0 L * *",
  "0 0 * * 5L",
  "0 0 15W * *",
  "0 0 * * MON#1",
  "H H * * *",
  "@reboot",
  "*/10 * * * * *",
  "0 0 1 1 * 2026",
  "0 0 0 1 1 ? 2026",
  "*/0 * * * *",
  "0 10 ? * 7",
];

const placeholders = ["{{ .Values.schedule }}", "${SCHEDULE}", "<schedule>", "__SCHEDULE__"];
const riddles = [...placeholders, "", "  ", "not a schedule", "61 * * * *", "TZ=UTC 0 0 * * 7", "a b c d e"];

describe("recogniseSchedule", () => {
  test.each(safe)("writes %j as %j without asking", (text, rewrite) => {
    expect(recogniseSchedule(text)).toMatchObject({ rewrite, safe: true });
  });

  test.each(offered)("offers for %j %j", (text, rewrite) => {
    expect(recogniseSchedule(text)).toMatchObject({ rewrite, safe: false });
  });

  test.each(unsayable)("knows %j, which cannot be said here", (text) => {
    expect(recogniseSchedule(text)).toMatchObject({ safe: false });
    expect(recogniseSchedule(text)?.rewrite).toBeUndefined();
  });

  test.each(riddles)("is silent about %j", (text) => {
    expect(recogniseSchedule(text)).toBeUndefined();
  });

  test("is silent about what Kubernetes accepts", () => {
    for (const text of ["0 0 * * 0", "@daily", "*/61 * * * *", "? ? ? ? ?"]) expect(recogniseSchedule(text)).toBeUndefined();
  });
});

// What Vixie cron reads in a day-of-week field where 7 is Sunday too.
function vixieDays(field: string): readonly number[] {
  const days = field.split(",").flatMap((item) => {
    const [from = 0, to = from] = item.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => (from + index) % 7);
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

test("a safe rewrite of days means what other crons read, and leaves the star alone", () => {
  const item = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), fc.boolean()).map(([a, b, range]) => {
    return range ? `${Math.min(a, b)}-${Math.max(a, b)}` : String(a);
  });
  let rewritten = 0;
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), (items) => {
      const field = items.join(",");
      const found = recogniseSchedule(`0 0 1 * ${field}`);
      if (found?.rewrite === undefined) return;
      const schedule = scheduleOf(found.rewrite);
      if (schedule.kind !== "cron") throw new Error("not a cron schedule");
      expect(schedule.dayOfWeek.values).toEqual(vixieDays(field));
      expect(schedule.dayOfWeek.star).toBe(false);
      rewritten++;
    }),
    { numRuns: 1000 },
  );
  expect(rewritten).toBeGreaterThan(200);
});

test("every rewrite is a schedule that a new object may hold", () => {
  const parts = "0 * */5 7 1-7 MONDAY sat-sun L ? 22-2 24 2026 @Daily cron( *) rate(3 hours) H # curl TZ=UTC ,".split(" ");
  let rewritten = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }), (words) => {
      const rewrite = recogniseSchedule(words.join(" "))?.rewrite;
      if (rewrite === undefined) return;
      rewritten++;
      expect(parseSchedule(rewrite).ok).toBe(true);
      expect(scheduleCreateProblem(rewrite)).toBeUndefined();
    }),
    { numRuns: 20_000 },
  );
  expect(rewritten).toBeGreaterThan(100);
});
