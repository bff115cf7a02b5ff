import fc from "fast-check";
import type { RunPlan } from "../../../src/core/time/controller/runs.js";
import type { Scenario, Simulation, TraceEntry } from "../../../src/core/time/controller/scenario.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";
import { occurrencesBetween } from "../../../src/core/time/occurrences.js";
import { arbitraryCron, scheduleOf } from "./arbitrary-schedule.js";

/** A plan and the text of its schedule; it has at most 60 ticks. */
export type TextPlan = RunPlan & { readonly text: string };

const day = 86_400_000;
const second = 1000;
const common = ["* * * * *", "*/2 * * * *", "*/5 * * * *", "*/7 * * * *", "0 * * * *", "0,1,30 * * * *", "30 2 * * *", "*/30 1-3 * * *"];
const uneven = ["0 8 * * 1-5", "*/10 8-18 * * 1-5", "0 9,17 * * *", "0 0 1,15 * 1", "5 4 1 * *", "10,50 * * * *", "*/20 * * * 1,4"];
const every = ["@every 1s", "@every 7s", "@every 20s", "@every 59s", "@every 1m", "@every 61s", "@every 90s", "@every 5m", "@every 1h30m"];
export const arbitraryText = fc.oneof(fc.constantFrom(...common), fc.constantFrom(...uneven), fc.constantFrom(...every), arbitraryCron);
// None that changes its clock at midnight or by half an hour: there the ticks depend on where the search for them begins.
export const arbitraryZone = fc.constantFrom("Etc/UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney");
const policy = fc.constantFrom("Allow", "Forbid", "Replace");
// As shares of the first gap, around the values at which something changes.
const share = fc.oneof(fc.constantFrom(0.5, 1, 2, 3), fc.double({ min: 0.01, max: 6, noNaN: true }));
const nudge = fc.integer({ min: -1, max: 1 });
// The weeks of the changes of the clock, and any other time.
const from = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 6) / second, max: Date.UTC(2026, 2, 30) / second }),
  fc.integer({ min: Date.UTC(2026, 9, 20) / second, max: Date.UTC(2026, 10, 2) / second }),
  fc.integer({ min: Date.UTC(2024, 0, 1) / second, max: Date.UTC(2028, 0, 1) / second }),
);

export const arbitraryPlan: fc.Arbitrary<TextPlan> = fc
  .record({
    ...{ text: arbitraryText, zone: arbitraryZone, policy, from, long: share, by: nudge },
    deadline: fc.option(fc.tuple(share, nudge)),
    ticks: fc.integer({ min: 5, max: 60 }),
  })
  .map(({ text, zone, policy: chosen, from: seconds, long, by, deadline, ticks }) => {
    const schedule = scheduleOf(text);
    const start = seconds * second;
    const times = occurrencesBetween(schedule, zone, start, start + 400 * day, ticks);
    const gap = Math.min(40 * day, (times[1] ?? start + 2 * day) - (times[0] ?? start)) / second;
    const inGaps = (shares: number, more: number): number => Math.max(0, Math.round(shares * gap) + more);
    return {
      ...{ text, schedule, zone, policy: chosen, from: start, to: times.at(-1) ?? start + day },
      durationSeconds: Math.max(1, inGaps(long, by)),
      ...(deadline ? { startingDeadlineSeconds: inGaps(...deadline) } : {}),
    };
  })
  .filter(({ from: start, to }) => to > start);

export function scenarioOf(plan: TextPlan): Scenario {
  const { text, zone, policy: concurrencyPolicy, startingDeadlineSeconds, durationSeconds, from: created, to } = plan;
  const deadline = startingDeadlineSeconds === undefined ? {} : { startingDeadlineSeconds };
  const spec = { schedule: text, timeZone: zone, concurrencyPolicy, ...deadline };
  const creationTimestamp = new Date(created).toISOString();
  // The controller is 0.1 s late, so this takes in what is due before `to`.
  return { cronjob: { name: "job", creationTimestamp, spec }, durations: [durationSeconds], until: new Date(to + 99).toISOString() };
}

export interface Run {
  readonly tick: number;
  readonly start: number;
  /** Undefined while it goes on. */
  readonly end: number | undefined;
  readonly replaced: boolean;
}

/** The runs of a simulation, without the 0.1 s, in the order of their starts. */
export function runsOf({ trace }: Pick<Simulation, "trace">): readonly Run[] {
  const ends = new Map(trace.filter(({ event }) => event === "finished" || event === "replaced").map((entry) => [entry.job, entry]));
  const time = ({ t }: TraceEntry): number => Date.parse(t) - 100;
  return trace.filter(({ event }) => event === "started").map((entry) => {
    const end = ends.get(entry.job);
    return { tick: Date.parse(entry.scheduledFor ?? ""), start: time(entry), end: end && time(end), replaced: end?.event === "replaced" };
  });
}

export function simulated(plan: TextPlan): Simulation & { readonly runs: readonly Run[] } {
  const simulation = simulate(scenarioOf(plan));
  return { ...simulation, runs: runsOf(simulation) };
}
