import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeSchedule } from "../../../src/core/time/describe.js";
import { everFires } from "../../../src/core/time/gaps.js";
import { occurrencesBetween } from "../../../src/core/time/occurrences.js";
import { arbitraryCron, scheduleOf } from "./arbitrary-schedule.js";

describe("describeSchedule", () => {
  test.each([
    ["*/2 * * * *", "every 2 minutes"],
    ["*/1 * * * *", "every minute"],
    ["*/7 * * * *", "at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour"],
    ["0 2 * * 1-5", "at 02:00 on Monday to Friday"],
    ["* 2 * * *", "every minute from 02:00 to 02:59"],
    ["*/15 9-17 * * 1-5", "every 15 minutes from 09:00 to 17:59 on Monday to Friday"],
    ["0 2 * * *", "at 02:00 every day"],
    ["30 1,13 * * *", "at 01:30 and 13:30 every day"],
    ["0 */2 * * *", "at minute 0 of every 2nd hour from 00:00 every day"],
    ["5 9-17 * * *", "at minute 5 of hours 9 to 17 every day"],
    ["15 * * * *", "at minute 15 of every hour"],
    ["@hourly", "every hour on the hour"],
    ["@yearly", "at 00:00 on day 1 of the month in January"],
    ["0 0 * * 6,0", "at 00:00 on Saturday and Sunday"],
    ["0 0 1 * 1", "at 00:00 on day 1 of the month or on Monday"],
    ["0 0 1,15 6 1", "at 00:00 in June, on days 1 and 15 of the month or on Monday"],
    ["0 0 */1 * 1", "at 00:00 on Monday"],
    ["0 0 1-31 * 1", "at 00:00 every day"],
    ["0 0 , * 1", "at 00:00 on Monday"],
    ["0 0 30 2 *", "never"],
    [", * * * *", "never"],
    ["@every 90m", "every 1 hour 30 minutes"],
    ["@every 1h", "every hour"],
    ["@every 45s", "every 45 seconds"],
    ["TZ=Asia/Tokyo 0 6 * 1-3,7 SUN", "at 06:00 on Sunday in January to March and July (Asia/Tokyo)"],
  ])("%s: %s", (text, expected) => {
    expect(describeSchedule(scheduleOf(text))).toBe(expected);
  });

  // A description that left something out would be shared by schedules with other times.
  test("two schedules with one description fire at the same times", () => {
    const known = new Map<string, readonly number[]>();
    const [from, to] = [Date.UTC(2027, 11, 20), Date.UTC(2029, 1, 1)];
    const narrow = fc.constantFrom("*", "0", "1", "*/2", "0-30", "1,2", "0,30", "*/30", "1-5");
    const hours = fc.constantFrom("*", "0", "2", "*/12", "2-3", "0,2");
    const small = fc.tuple(narrow, hours, fc.constantFrom("*", "1", "1-31", "1,2", "*/1", "*/16"));
    const cron = small.chain(([minute, hour, day]) =>
      fc.tuple(fc.constantFrom("*", "1", "1-2", "*/6"), fc.constantFrom("*", "0", "1-5", "0-6", "6,0", "*/6")).map(([month, weekday]) => {
        return [minute, hour, day, month, weekday].join(" ");
      }),
    );
    fc.assert(
      fc.property(fc.oneof(cron, arbitraryCron), (text) => {
        const schedule = scheduleOf(text);
        const times = occurrencesBetween(schedule, "UTC", from, to, 4000);
        const said = describeSchedule(schedule);
        expect(times).toEqual(known.get(said) ?? times);
        known.set(said, times);
        expect(said === "never").toBe(!everFires(schedule));
      }),
      { numRuns: 4000 },
    );
    expect(known.size).toBeGreaterThan(500);
  });
});
