import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextOccurrence, occurrencesBetween } from "../../../src/core/time/occurrences.js";
import { arbitraryCron, scheduleOf } from "./arbitrary-schedule.js";

const zones = [
  "UTC America/New_York Europe/Berlin Europe/Lisbon Africa/Cairo Africa/Casablanca America/Havana America/Santiago America/St_Johns",
  "America/Sao_Paulo Asia/Beirut Asia/Kathmandu Asia/Tokyo Atlantic/Azores Australia/Lord_Howe Antarctica/Troll Pacific/Apia",
  "Pacific/Chatham",
]
  .join(" ")
  .split(" ");

/** Repeated next, as long as it gets on. */
function chain(text: string, zone: string, from: number, to: number, limit: number): { times: number[]; steady: boolean } {
  const schedule = scheduleOf(text);
  const times: number[] = [];
  let at = from;
  while (times.length < limit) {
    const next = nextOccurrence(schedule, zone, at);
    if (next !== undefined && next <= at) return { times, steady: false };
    if (next === undefined || next >= to) break;
    times.push(next);
    at = next;
  }
  return { times, steady: true };
}

describe("occurrencesBetween", () => {
  const start = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2030, 0, 1) });
  const day = 86_400_000;

  test("is next, repeated", () => {
    let unsteady = 0;
    fc.assert(
      fc.property(arbitraryCron, fc.constantFrom(...zones), start, fc.integer({ min: 1, max: 700 }), (text, zone, from, days) => {
        const { times, steady } = chain(text, zone, from, from + days * day, 1000);
        if (!steady) unsteady++;
        else expect(occurrencesBetween(scheduleOf(text), zone, from, from + days * day, 1000)).toEqual(times);
      }),
      { numRuns: 800 },
    );
    expect(unsteady).toBeLessThan(30);
  });

  test("always ascends, inside its bounds", () => {
    fc.assert(
      fc.property(arbitraryCron, fc.constantFrom("Pacific/Chatham", "Australia/Lord_Howe"), fc.nat(3000), (text, zone, minutes) => {
        const from = Date.UTC(2027, 3, 2) + minutes * 60_000;
        const times = occurrencesBetween(scheduleOf(text), zone, from, from + 5 * day, 5000);
        expect(times.every((time, index) => time > (times[index - 1] ?? from) && time < from + 5 * day)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  // Of an hour, half an hour, and at midnight.
  const jumps = [
    ["Europe/Berlin", "2026-03-29T01:00:00Z", 120, 60],
    ["America/New_York", "2026-03-08T07:00:00Z", 120, 60],
    ["Australia/Lord_Howe", "2026-10-03T15:30:00Z", 120, 30],
    ["Asia/Beirut", "2026-03-28T22:00:00Z", 0, 60],
    ["America/Havana", "2026-03-08T05:00:00Z", 0, 60],
  ] as const;

  test.each(jumps)("%s: none lies at a time that the clock jumps over at %s", (zone, change, start, length) => {
    const at = Date.parse(change);
    const wall = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + length - 1 }), fc.integer({ min: 1, max: 3 }), (minute, days) => {
        const text = scheduleOf(`${String(minute % 60)} ${String(Math.floor(minute / 60))} * * *`);
        const times = occurrencesBetween(text, zone, at - days * day, at + days * day, 100);
        expect(times.length).toBeGreaterThan(0);
        expect(times.map((time) => wall.format(time))).not.toContain(wall.format(at));
      }),
      { numRuns: 100 },
    );
  });

  test("gets on where the walk of robfig/cron stands still", () => {
    const text = scheduleOf("55 3 4 * 0");
    const at = Date.UTC(2027, 3, 3, 14, 10);
    expect(nextOccurrence(text, "Pacific/Chatham", at)).toBe(at);
    expect(occurrencesBetween(text, "Pacific/Chatham", at, at + 30 * day, 2)).toEqual([at + 3_600_000, Date.UTC(2027, 3, 10, 15, 10)]);
  });

  test("ends where a whole day was left out of the calendar", () => {
    expect(nextOccurrence(scheduleOf("0 0 30 12 *"), "Pacific/Apia", Date.UTC(2011, 11, 20))).toBeUndefined();
  });

  test("a year of every minute is a year of minutes", () => {
    const [from, to] = [Date.UTC(2026, 0, 1) - 1, Date.UTC(2027, 0, 1)];
    const schedule = scheduleOf("* * * * *");
    for (const zone of ["UTC", "America/New_York"]) expect(occurrencesBetween(schedule, zone, from, to, 1e6)).toHaveLength(525_600);
  });

  test("@every counts from the whole second before", () => {
    expect(occurrencesBetween(scheduleOf("@every 90s"), "Europe/Berlin", 1_500, 300_000, 2)).toEqual([91_000, 181_000]);
  });

  test("knows nothing of unknown zones and impossible times", () => {
    const daily = scheduleOf("@daily");
    expect(nextOccurrence(daily, "Europe/Atlantis", 0)).toBeUndefined();
    expect(occurrencesBetween(daily, "Europe/Atlantis", 0, 1e12, 9)).toEqual([]);
    for (const time of [NaN, Infinity, -1e15, 1e17]) expect(nextOccurrence(daily, "UTC", time)).toBeUndefined();
    expect(occurrencesBetween(daily, "UTC", 0, 1e12, 0)).toEqual([]);
  });

  test("a prefix beats the zone, and Local is the zone", () => {
    const from = Date.UTC(2026, 6, 1);
    expect(nextOccurrence(scheduleOf("TZ=Asia/Tokyo 0 12 * * *"), "Europe/Berlin", from)).toBe(from + 3 * 3_600_000);
    expect(nextOccurrence(scheduleOf("TZ=Local 0 12 * * *"), "Europe/Berlin", from)).toBe(from + 10 * 3_600_000);
    expect(nextOccurrence(scheduleOf("CRON_TZ= 0 12 * * *"), "Europe/Berlin", from)).toBe(from + 12 * 3_600_000);
  });
});
