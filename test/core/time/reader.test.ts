import { describe, expect, test } from "vitest";
import { schedule } from "../../../src/core/time/reader.js";
import { fireTimesCases, sameZones } from "../../../scripts/conformance/cases.js";
import { utc } from "../../../scripts/conformance/fire-times.js";

const at = (text: string): Date => new Date(text);
const iso = (times: readonly Date[]): string[] => times.map((time) => utc(time.getTime()));

describe("a schedule", () => {
  test("fires in its zone", () => {
    const daily = schedule("30 2 * * *", { timeZone: "Europe/Berlin" });
    expect(daily.error).toBeUndefined();
    expect(daily.next(at("2026-01-01T00:00:00Z"))).toEqual(at("2026-01-01T01:30:00Z"));
    expect(daily.next(at("2026-07-01T00:30:00Z"))).toEqual(at("2026-07-02T00:30:00Z"));
    expect(daily.describe()).toBe("at 02:30 every day (Europe/Berlin)");
  });

  test("is skipped where the clock jumps over it, and comes twice where it goes back", () => {
    const daily = schedule("30 2 * * *", { timeZone: "Europe/Berlin" });
    const spring = daily.between(at("2026-03-28T00:00:00Z"), at("2026-03-30T12:00:00Z"));
    expect(iso(spring)).toEqual(["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]);
    const autumn = daily.between(at("2026-10-25T00:00:00Z"), at("2026-10-25T12:00:00Z"));
    expect(iso(autumn)).toEqual(["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]);
  });

  test("between leaves out both ends", () => {
    const hourly = schedule("@hourly");
    expect(iso(hourly.between(at("2026-01-01T00:00:00Z"), at("2026-01-01T02:00:00Z")))).toEqual(["2026-01-01T01:00:00Z"]);
    expect(hourly.between(at("2026-01-01T02:00:00Z"), at("2026-01-01T00:00:00Z"))).toEqual([]);
    expect(hourly.between(at("never"), at("2026-01-01T00:00:00Z"))).toEqual([]);
    expect(hourly.between(at("2026-01-01T00:00:00Z"), at("never"))).toEqual([]);
    expect(hourly.next(at("never"))).toBeUndefined();
  });

  test("without a zone is read in the controller's", () => {
    const from = at("2026-01-01T00:00:00Z");
    expect(schedule("0 9 * * *").next(from)).toEqual(at("2026-01-01T09:00:00Z"));
    expect(schedule("0 9 * * *", { controllerZone: "Asia/Tokyo" }).next(from)).toEqual(at("2026-01-02T00:00:00Z"));
    expect(schedule("0 9 * * *", { controllerZone: "Asia/Tokyo", timeZone: "Local" }).next(from)).toEqual(at("2026-01-02T00:00:00Z"));
    expect(schedule("0 9 * * *", { controllerZone: "Asia/Tokyo", timeZone: "" }).next(from)).toEqual(at("2026-01-01T09:00:00Z"));
    expect(schedule("TZ=Asia/Tokyo 0 9 * * *", { timeZone: "Europe/Berlin" }).next(from)).toEqual(at("2026-01-02T00:00:00Z"));
  });

  test.each([
    ["0 9 * *", {}, "five fields"],
    ["", {}, "empty"],
    ["0 9 * * *", { timeZone: "Mars/Olympus" }, 'no time zone "Mars/Olympus"'],
    ["0 9 * * *", { timeZone: "europe/berlin" }, "no time zone"],
    ["0 9 * * *", { controllerZone: "Nowhere" }, "no time zone"],
    ["TZ=Nowhere 0 9 * * *", {}, "no time zone"],
  ])("%j %j cannot be used", (text, options, error) => {
    const unusable = schedule(text, options);
    expect(unusable.error).toContain(error);
    expect(unusable.next(at("2026-01-01T00:00:00Z"))).toBeUndefined();
    expect(unusable.between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))).toEqual([]);
  });

  test.each([
    ["30 2 * * *", {}, "at 02:30 every day"],
    ["30 2 * * *", { controllerZone: "Asia/Tokyo" }, "at 02:30 every day"],
    ["TZ=Asia/Tokyo 30 2 * * *", { timeZone: "Europe/Berlin" }, "at 02:30 every day (Asia/Tokyo)"],
    ["@every 90m", { timeZone: "Europe/Berlin" }, "every 1 hour 30 minutes"],
    ["0 0 30 2 *", { timeZone: "Europe/Berlin" }, "never"],
  ])("%j %j says %j", (text, options, words) => {
    expect(schedule(text, options).describe()).toBe(words);
  });

  test("that no date matches never fires", () => {
    const never = schedule("0 0 30 2 *");
    expect(never.error).toBeUndefined();
    expect(never.next(at("2026-01-01T00:00:00Z"))).toBeUndefined();
    expect(never.describe()).toBe("never");
  });
});

describe.runIf(sameZones)("recorded fire times", () => {
  const cases = fireTimesCases();

  test("are those of next, one after the other, and of between where next gets on", () => {
    for (const { id, schedule: text, timeZone, from, until, times, error, exhausted } of cases) {
      const reader = schedule(text, timeZone === undefined ? {} : { timeZone });
      expect(reader.error !== undefined, id).toBe(error !== undefined);
      const found: string[] = [];
      const lists = times?.every((time, index) => time > (times[index - 1] ?? from)) === true;
      let last: Date | undefined = at(from);
      for (const time of times ?? []) {
        last &&= reader.next(last);
        found.push(last ? utc(last.getTime()) : `none, not ${time}`);
      }
      expect(found, id).toEqual(times ?? []);
      if (exhausted === true && last) expect(reader.next(last), id).toBeUndefined();
      const end = last && new Date(Math.min(last.getTime() + 1, Date.parse(until)));
      if (lists && end) expect(iso(reader.between(at(from), end)), id).toEqual(times);
    }
  });
});

test("callers without types are told what is wrong", () => {
  const untyped: unknown = schedule;
  const given = untyped as (text: unknown, options?: object) => ReturnType<typeof schedule>;
  expect(() => given(5)).toThrow(new TypeError("a schedule is a text, not number"));
  expect(() => given("* * * * *", { timeZone: 1 })).toThrow(new TypeError("timeZone is a text, not number"));
  const next = given("* * * * *").next as unknown as (from: unknown) => unknown;
  expect(() => next("2026-01-01")).toThrow(new TypeError("a time is a Date, not string"));
});
