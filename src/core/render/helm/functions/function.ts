import type { Machine } from "../machine.js";
import { known, type Value } from "../value.js";

/** Undefined means that nobody knows. */
export type HelmFunction = (args: readonly Value[], machine: Machine) => Value | undefined;

export type HelmFunctions = Readonly<Record<string, HelmFunction>>;

/** A function of texts that are known to the last character. */
export function ofTexts(work: (...texts: string[]) => Value | undefined): HelmFunction {
  return (args) => {
    const texts = args.map(known);
    const all = texts.filter((text) => text !== undefined);
    return all.length === texts.length && all.length >= work.length ? work(...all) : undefined;
  };
}

/** The number that Go's casts make of a value; text that is none gives 0. */
export function numberOf(value: Value | undefined): number | undefined {
  if (value === undefined || value.kind === "unknown") return undefined;
  if (value.kind === "number") return value.value;
  if (value.kind === "bool") return value.value ? 1 : 0;
  const text = known(value);
  if (text === undefined) return undefined;
  const number = text.trim() === "" ? 0 : Number(text);
  return Number.isFinite(number) ? number : 0;
}
