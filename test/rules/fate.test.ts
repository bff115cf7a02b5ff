import { describe, expect, test } from "vitest";
import { fateOf } from "../../rules/lib/fate.js";
import { parseSchedule } from "../../src/core/time/cron.js";
import { forbidCadence } from "../../src/core/time/forbid-cadence.js";
import type { Schedule } from "../../src/core/time/schedule.js";

function read(text: string): Schedule {
  const parsed = parseSchedule(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.schedule;
}

describe("even gaps", () => {
  const steps = [2, 3, 5, 10, 15, 20].flatMap((step) => [1, 1.5, 2.5, 12.95].map((factor) => [step, step * 60 * factor + 1] as const));

  test.each(steps)("every %i minutes, runs of %f s: as the closed form has it", (step, seconds) => {
    for (const startingDeadline of [undefined, 30, 100, 10_000]) {
      const fate = fateOf(read(`*/${String(step)} * * * *`), { policy: "Forbid", seconds, startingDeadline });
      const { lost, late, ticks, latest } = forbidCadence(step * 60, Math.ceil(seconds), startingDeadline);
      expect(fate?.latest).toBeLessThanOrEqual(latest);
      if (ticks < 60) expect(fate?.latest).toBe(latest);
      expect((fate?.lost ?? 0) / (fate?.ticks ?? 1)).toBeCloseTo(lost / ticks, 2);
      expect((fate?.late ?? 0) / (fate?.ticks ?? 1)).toBeCloseTo(late / ticks, 2);
    }
    expect(fateOf(read(`*/${String(step)} * * * *`), { policy: "Allow", seconds })?.peak).toBe(Math.ceil(seconds / step / 60));
  });
});

describe("uneven gaps, reckoned by hand", () => {
  test("8 and 12 o'clock, five hours: noon starts an hour late and nothing is lost", () => {
    const fate = fateOf(read("0 8,12 * * *"), { policy: "Forbid", seconds: 5 * 3600 });
    expect(fate).toEqual({ ticks: 2, started: 2, lost: 0, late: 1, latest: 3600, replaced: 0, peak: 1 });
  });

  test("weekdays, thirty hours: each run pushes the next until the weekend", () => {
    const fate = fateOf(read("0 2 * * 1-5"), { policy: "Forbid", seconds: 30 * 3600 });
    expect(fate).toMatchObject({ ticks: 5, lost: 0, late: 4, latest: 86_400 });
  });

  test("every seven minutes, five minutes: Replace deletes what minute 56 starts", () => {
    expect(fateOf(read("*/7 * * * *"), { policy: "Replace", seconds: 300 })).toMatchObject({ ticks: 9, started: 9, replaced: 1 });
  });

  test("the first of the month and a run of two days: all is well", () => {
    expect(fateOf(read("0 0 1 * *"), { policy: "Forbid", seconds: 2 * 86_400 })).toMatchObject({ ticks: 1, started: 1, lost: 0 });
  });

  test("a pattern too long to follow is left alone", () => {
    expect(fateOf(read("* 0-22 * * 1-6"), { policy: "Forbid", seconds: 90 })).toBeUndefined();
  });
});
