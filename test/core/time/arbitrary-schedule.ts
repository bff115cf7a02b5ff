import fc from "fast-check";
import { parseSchedule } from "../../../src/core/time/cron.js";
import type { Schedule } from "../../../src/core/time/schedule.js";

/** One field with numbers, ranges, steps and lists, all of which Kubernetes accepts. */
export function arbitraryField(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: max + 3 });
  const item = fc.oneof(
    value.map(String),
    range,
    fc.tuple(range, step).map(([text, by]) => `${text}/${by}`),
    step.map((by) => `*/${by}`),
    fc.constantFrom("*", "?"),
  );
  const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(","));
  return fc.oneof({ weight: 2, arbitrary: fc.constant("*") }, { weight: 3, arbitrary: value.map(String) }, { weight: 3, arbitrary: list });
}

export const arbitraryCron: fc.Arbitrary<string> = fc
  .tuple(arbitraryField(0, 59), arbitraryField(0, 23), arbitraryField(1, 31), arbitraryField(1, 12), arbitraryField(0, 6))
  .map((fields) => fields.join(" "));

/** The schedule of a text that must be accepted. */
export function scheduleOf(text: string): Schedule {
  const result = parseSchedule(text);
  if (!result.ok) throw new Error(`${text}: ${result.reason}`);
  return result.schedule;
}
