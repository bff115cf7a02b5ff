import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RunCounts, type RunPlan, visitRuns } from "../../../src/core/time/controller/runs.js";
import { ticksBetween } from "../../../src/core/time/controller/ticks.js";
import { occurrencesBetween } from "../../../src/core/time/occurrences.js";
import { arbitraryPlan, arbitraryText, type Run, simulated } from "./arbitrary-plan.js";
import { arbitraryCron, scheduleOf } from "./arbitrary-schedule.js";

const day = 86_400_000;

function listed(plan: RunPlan): { runs: readonly Run[]; lost: readonly number[]; counts: RunCounts } {
  const [runs, lost]: [Run[], number[]] = [[], []];
  const counts = visitRuns(plan, {
    run: (tick, start, end, replaced) => {
      const ended = end < plan.to;
      runs.push({ tick, start, end: ended ? end : undefined, replaced: replaced && ended });
    },
    lost: (tick) => lost.push(tick),
  });
  return { runs, lost, counts };
}

describe("the light form", () => {
  test("starts, holds back, replaces and ends what the simulation does", () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const exact = simulated(plan);
        const light = listed(plan);
        expect(light.runs).toEqual(exact.runs);
        const late = exact.runs.filter(({ tick, start }) => start > tick).length;
        const heldBack = exact.trace.filter(({ event }) => event === "skipped-forbid").length;
        const { started, replaced } = exact.summary;
        expect(light.counts).toMatchObject({ started, replaced, late, heldBack, lost: light.lost.length });
      }),
      { numRuns: 2000 },
    );
  });

  test("loses the ticks that start no run and lie before one that does", () => {
    fc.assert(
      fc.property(arbitraryPlan.filter(({ schedule }) => schedule.kind === "cron"), (plan) => {
        const { runs, lost } = listed(plan);
        const last = runs.at(-1)?.tick ?? 0;
        const ticks = occurrencesBetween(plan.schedule, plan.zone, plan.from, plan.to, 1000).filter((tick) => tick <= last);
        expect([...lost, ...runs.map(({ tick }) => tick)].sort((a, b) => a - b)).toEqual(ticks);
      }),
      { numRuns: 500 },
    );
  });

  test("knows the cadence of three-minute runs every two minutes", () => {
    const from = Date.UTC(2026, 0, 1) - 1000;
    const [schedule, to] = [scheduleOf("*/2 * * * *"), Date.UTC(2026, 0, 2)];
    const plan = { schedule, zone: "Etc/UTC", policy: "Forbid", durationSeconds: 180, from, to } as const;
    expect(listed(plan).counts).toEqual({ started: 480, late: 240, replaced: 0, heldBack: 480, lost: 239 });
  });

  test("starts nothing in a zone without a clock, from a schedule that never fires, or before the end of a run that has none", () => {
    const schedule = scheduleOf("* * * * *");
    const plan = { schedule, zone: "Etc/UTC", policy: "Forbid", durationSeconds: Infinity, from: 0, to: day } as const;
    expect(listed(plan).counts).toMatchObject({ started: 1, heldBack: 1438 });
    expect(listed({ ...plan, zone: "Mars/Olympus" }).counts.started).toBe(0);
    expect(listed({ ...plan, schedule: scheduleOf("0 0 30 2 *") }).counts.started).toBe(0);
    expect(listed({ ...plan, schedule: scheduleOf("0 0 30 2 *"), to: Infinity }).counts.started).toBe(0);
    expect(listed({ ...plan, startingDeadlineSeconds: 0 }).counts.started).toBe(0);
    expect(listed({ ...plan, to: NaN }).counts.started).toBe(0);
  });
});

describe("the list of ticks", () => {
  const common = ["Etc/UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"];
  const zone = fc.constantFrom(...common, "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "Pacific/Chatham");
  const text = fc.oneof(arbitraryCron, arbitraryText).filter((chosen) => !chosen.startsWith("@"));

  test("is that of occurrencesBetween", () => {
    const from = fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2028, 0, 1) / 1000 });
    fc.assert(
      fc.property(text, zone, from, fc.integer({ min: 1, max: 200 }), (chosen, where, seconds, days) => {
        const schedule = scheduleOf(chosen);
        if (schedule.kind !== "cron") return;
        const [start, end] = [seconds * 1000, seconds * 1000 + days * day];
        expect([...ticksBetween(schedule, where, start, end)]).toEqual(occurrencesBetween(schedule, where, start, end, 1e6));
      }),
      { numRuns: 150 },
    );
  });
});
