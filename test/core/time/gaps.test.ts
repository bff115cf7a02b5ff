import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockGaps, everFires, firesPerDay, longestGap, shortestGap, typicalGap } from "../../../src/core/time/gaps.js";
import { occurrencesBetween } from "../../../src/core/time/occurrences.js";
import { arbitraryCron, scheduleOf } from "./arbitrary-schedule.js";

const [minute, hour, day] = [60, 3600, 86_400];

function mostOften(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values());
}

describe("gaps", () => {
  test.each([
    ["* * * * *", minute, minute, minute, true],
    ["*/7 * * * *", 4 * minute, 7 * minute, 7 * minute, false],
    ["0 2 * * *", day, day, day, true],
    ["0 2 * * 1-5", day, 3 * day, day, false],
    ["0 9,17 * * 1", 8 * hour, 160 * hour, 8 * hour, false],
    ["0 0 1 * *", 28 * day, 31 * day, 31 * day, false],
    ["0 0 29 2 *", 1461 * day, 1461 * day, 1461 * day, true],
    ["@every 90s", 90, 90, 90, true],
  ])("of %s", (text, shortest, longest, typical, uniform) => {
    const schedule = scheduleOf(text);
    expect(clockGaps(schedule)).toEqual({ shortest, longest, typical, uniform });
    expect(typicalGap(schedule)).toBe(typical);
    expect(shortestGap(schedule, "Europe/Berlin")).toBe(shortest);
    expect(longestGap(schedule, "Europe/Berlin")).toBe(longest);
  });

  test("of a schedule that never fires are unknown", () => {
    for (const text of ["0 0 30 2 *", ", * * * *", "0 0 31 4,6,9,11 *", "0 0 , * *"]) {
      const schedule = scheduleOf(text);
      expect([everFires(schedule), firesPerDay(schedule)]).toEqual([false, 0]);
      expect([clockGaps(schedule), shortestGap(schedule, "UTC")]).toEqual([undefined, undefined]);
    }
  });

  test("at changes of the clock, where asked", () => {
    const fold = scheduleOf("30 1 * * *");
    expect(shortestGap(fold, "America/New_York", "counted")).toBe(hour);
    expect(shortestGap(fold, "UTC", "counted")).toBe(day);
    expect(longestGap(scheduleOf("30 2 * * *"), "America/New_York", "counted")).toBe(47 * hour);
    expect(longestGap(scheduleOf("0 9 * * 5"), "Africa/Cairo", "counted")).toBe(14 * day - hour);
  });

  test("are those of the times in a cycle of the calendar", () => {
    const [from, to] = [Date.UTC(2001, 0, 1) - 1, Date.UTC(2029, 0, 1)];
    fc.assert(
      fc.property(arbitraryCron, (text) => {
        const schedule = scheduleOf(text);
        fc.pre(firesPerDay(schedule) < 6 && firesPerDay(schedule) > 0.001);
        const times = occurrencesBetween(schedule, "UTC", from, to, 1e6);
        const found = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);
        expect(firesPerDay(schedule)).toBeCloseTo(times.length / 10_227, 9);
        // The cycle begins again where it ends.
        const across = ((times[0] ?? 0) + (to - from - 1) - (times.at(-1) ?? 0)) / 1000;
        const all = [...found, across].sort((a, b) => a - b);
        const gaps = clockGaps(schedule);
        expect([gaps?.shortest, gaps?.longest, gaps?.uniform]).toEqual([all[0], all.at(-1), all[0] === all.at(-1)]);
        expect(all.filter((gap) => gap === gaps?.typical).length).toBe(mostOften(all));
      }),
      { numRuns: 150 },
    );
  });
});
