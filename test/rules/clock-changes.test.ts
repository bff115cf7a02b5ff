import { expect, test } from "vitest";
import { clockHits } from "../../rules/lib/clock-changes.js";
import { timeZones } from "../../schemas/time-zones.js";
import { clockChangesBetween, skippedAround } from "../../src/core/time/clock-changes.js";
import { parseSchedule } from "../../src/core/time/cron.js";
import { occurrencesBetween } from "../../src/core/time/occurrences.js";
import type { CronSchedule } from "../../src/core/time/schedule.js";

const now = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const days = ["* * *", "* * 0", "* * 5", "1-7 * 1", "25-31 * *"];
const minutes = [0, 15, 30, 45, 59];

function read(text: string): CronSchedule {
  const parsed = parseSchedule(text);
  if (!parsed.ok || parsed.schedule.kind !== "cron") throw new Error(text);
  return parsed.schedule;
}

/** Without the glance that spares most walks. */
function walked(schedule: CronSchedule, zone: string): readonly [skipped: number, repeated: number] {
  let [skipped, repeated] = [0, 0];
  for (const change of clockChangesBetween(zone, now, now + 732 * day, 12)) {
    skipped += skippedAround(schedule, zone, change).length;
    const times = occurrencesBetween(schedule, zone, change.at - 3 * day, change.at + 3 * day, 100);
    const walls = times.map((time) => time + (time < change.at ? change.before : change.after));
    if (change.after < change.before) repeated += walls.filter((wall, index) => walls.indexOf(wall) < index).length;
  }
  return [skipped, repeated];
}

// Each with a rule of its own: midnight, half an hour, two hours, another weekday.
const odd = ["Africa/Cairo", "America/Santiago", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham"];
const zones = [...odd, ...timeZones.filter((_, index) => index % 23 === 0)];

test.each(zones)("%s: what is passed over at a glance is not there", (zone) => {
  for (let index = 0; index < 40; index++) {
    const schedule = read(`${String(minutes[index % 5])} ${String((index * 7) % 24)} ${days[index % 5] ?? ""}`);
    const { skipped, repeated } = clockHits(schedule, zone, now);
    expect([skipped.length, repeated.length]).toEqual(walked(schedule, zone));
  }
});

test("there is something to find", () => {
  expect(clockHits(read("30 2 * * *"), "Europe/Berlin", now).skipped.length).toBe(2);
  expect(clockHits(read("0 0 * * *"), "Africa/Cairo", now).skipped.length).toBe(2);
  expect(clockHits(read("30 2 * * *"), "Etc/UTC", now)).toEqual({ skipped: [], repeated: [] });
});
