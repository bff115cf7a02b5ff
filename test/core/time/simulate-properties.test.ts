import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../../src/core/time/controller/scenario.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";
import { arbitraryPlan, arbitraryText, type Run, runsOf, scenarioOf, simulated } from "./arbitrary-plan.js";

const second = 1000;
const minute = 60_000;
const utc = (time: number): string => new Date(time).toISOString();

function mostAtOnce(runs: readonly Run[]): number {
  const active = (at: number): number => runs.filter(({ start, end }) => start <= at && (end === undefined || at < end)).length;
  return Math.max(0, ...runs.map(({ start }) => active(start)));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Durations that vary, downtime, and an edit that suspends or changes the schedule. */
const eventful: fc.Arbitrary<Scenario> = fc
  .record({
    plan: arbitraryPlan,
    durations: fc.array(fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant(null)), { minLength: 1, maxLength: 4 }),
    failures: fc.array(fc.nat(20)),
    window: fc.option(fc.tuple(share, share)),
    edit: fc.option(fc.record({ at: share, schedule: arbitraryText.filter((text) => !/^@every \d+s$/.test(text)), suspend: fc.boolean() })),
  })
  .map(({ plan, durations, failures, window, edit }) => {
    const scenario = scenarioOf(plan);
    const moment = (share: number): string => utc(Math.floor((plan.from + share * (plan.to - plan.from)) / second) * second);
    const spec = edit && { ...scenario.cronjob.spec, schedule: edit.schedule, suspend: edit.suspend };
    // Another schedule may be a thousand times denser.
    const until = utc(Math.min(Date.parse(scenario.until), plan.from + 3 * 86_400_000));
    return {
      ...{ ...scenario, until, durations, failures },
      ...(window ? { downtime: [{ from: moment(window[0]), to: moment(window[0] + window[1]) }] } : {}),
      ...(edit && spec ? { edits: [{ t: moment(edit.at), spec }] } : {}),
    };
  });

const withPolicy = (scenario: Scenario, concurrencyPolicy: "Forbid" | "Replace"): Scenario => {
  const { cronjob, edits = [] } = scenario;
  const of = (spec: Scenario["cronjob"]["spec"]): Scenario["cronjob"]["spec"] => ({ ...spec, concurrencyPolicy });
  return { ...scenario, cronjob: { ...cronjob, spec: of(cronjob.spec) }, edits: edits.map(({ t, spec }) => ({ t, spec: of(spec) })) };
};

describe.each(["Forbid", "Replace"] as const)("under %s", (policy) => {
  test("runs never overlap, whatever happens", () => {
    fc.assert(
      fc.property(eventful, (scenario) => {
        const simulation = simulate(withPolicy(scenario, policy));
        expect(simulation.summary.maxRunning).toBeLessThanOrEqual(1);
        expect(mostAtOnce(runsOf(simulation))).toBe(simulation.summary.maxRunning);
      }),
      { numRuns: 250 },
    );
  });
});

test("under Allow, as many runs overlap as gaps fit into a run", () => {
  const even = fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30);
  fc.assert(
    fc.property(even, fc.integer({ min: 1, max: 20_000 }), (gap, durationSeconds) => {
      const spec = { schedule: gap === 1 ? "* * * * *" : `*/${String(gap)} * * * *`, concurrencyPolicy: "Allow" } as const;
      const created = Date.UTC(2026, 2, 2) - second;
      const until = utc(created + durationSeconds * second + 5 * gap * minute);
      const cronjob = { name: "job", creationTimestamp: utc(created), spec };
      const { summary } = simulate({ cronjob, durations: [durationSeconds], until });
      expect(summary.maxRunning).toBe(Math.ceil((durationSeconds * second) / (gap * minute)));
    }),
    { numRuns: 150 },
  );
});

describe("where the clock jumps", () => {
  const gaps = [
    ["Europe/Berlin", "2026-03-29T01:00:00Z", 2],
    ["America/New_York", "2026-03-08T07:00:00Z", 2],
    ["Australia/Sydney", "2026-10-03T16:00:00Z", 2],
  ] as const;

  test.each(gaps)("%s: nothing due in the hour that is left out starts that day", (timeZone, change, hour) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 7200 }), (at, duration) => {
        const spec = { schedule: `${String(at)} ${String(hour)} * * *`, timeZone };
        const creationTimestamp = utc(Date.parse(change) - 36 * 60 * minute);
        const until = utc(Date.parse(change) + 36 * 60 * minute);
        const cronjob = { name: "job", creationTimestamp, spec };
        const runs = runsOf(simulate({ cronjob, durations: [duration], until }));
        const day = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
        expect(runs.length).toBe(2);
        expect(runs.map(({ tick }) => day.format(tick))).not.toContain(day.format(Date.parse(change)));
      }),
      { numRuns: 60 },
    );
  });

  test("the local time of every start matches the hour and minute asked for", () => {
    fc.assert(
      fc.property(arbitraryPlan.filter(({ schedule }) => schedule.kind === "cron"), (plan) => {
        const format = new Intl.DateTimeFormat("en-GB", { timeZone: plan.zone, hour: "2-digit", minute: "2-digit" });
        const { schedule } = plan;
        if (schedule.kind !== "cron") return;
        for (const { tick } of simulated(plan).runs) {
          const [hour = NaN, at = NaN] = format.format(tick).split(":").map(Number);
          expect([schedule.hour.values.includes(hour), schedule.minute.values.includes(at)]).toEqual([true, true]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a scenario", () => {
  const cronjob = { name: "job", creationTimestamp: "2026-03-02T09:00:30Z", spec: { schedule: "0 3 * * *" } };
  const until = "2026-03-03T09:00:00Z";

  test("is read in the zone of the controller unless it names one", () => {
    const [start] = runsOf(simulate({ cronjob, durations: [10], until }, "Asia/Tokyo"));
    expect(utc(start?.tick ?? 0)).toBe("2026-03-02T18:00:00.000Z");
    const berlin = { ...cronjob, spec: { ...cronjob.spec, timeZone: "Europe/Berlin" } };
    const [second] = runsOf(simulate({ cronjob: berlin, durations: [10], until }, "Asia/Tokyo"));
    expect(utc(second?.tick ?? 0)).toBe("2026-03-03T02:00:00.000Z");
  });

  test("keeps three successful and one failed Job unless it says otherwise", () => {
    const spec = { schedule: "* * * * *" };
    const { final } = simulate({ cronjob: { ...cronjob, spec }, durations: [10], failures: [0, 1, 2], until: "2026-03-02T09:10:30Z" });
    expect(final.jobs.length).toBe(4);
  });

  test("never starts anything with a deadline that overflows", () => {
    const spec = { schedule: "* * * * *", startingDeadlineSeconds: 10_000_000_000 };
    expect(simulate({ cronjob: { ...cronjob, spec }, durations: [10], until }).summary.started).toBe(0);
  });

  test("that cannot be read, or would take too long, is refused", () => {
    expect(() => simulate({ cronjob, durations: [10], until: "tomorrow" })).toThrow(RangeError);
    expect(() => simulate({ cronjob, durations: [], until })).toThrow(RangeError);
    const piled = { ...cronjob, spec: { schedule: "* * * * *" } };
    expect(() => simulate({ cronjob: piled, durations: [null], until: "2036-03-03T09:00:00Z" })).toThrow(RangeError);
  });
});
