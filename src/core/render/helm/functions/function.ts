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

/** The number that Go's casts to whole numbers begin with; text that is none gives 0. A number of a values file may have a fraction. */
export function numberOf(value: Value | undefined): number | undefined {
  return castBy(value, wholeNumber);
}

/** The number that Go's casts to float64 give. */
export function floatOf(value: Value | undefined): number | undefined {
  return castBy(value, (text) => (/_|^[-+]?(?:0x|inf|nan)/i.test(text) ? undefined : /\s|^$/.test(text) ? 0 : Number(text) || 0));
}

function castBy(value: Value | undefined, ofText: (text: string) => number | undefined): number | undefined {
  if (value === undefined || value.kind === "unknown") return undefined;
  if (value.kind === "number") return value.value;
  if (value.kind === "bool") return value.value ? 1 : 0;
  const text = known(value);
  return text === undefined ? undefined : ofText(text);
}

const wholeText = /^([-+]?)(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*)$/;

/** `0755` is octal here: https://github.com/spf13/cast/blob/v1.7.0/caste.go */
function wholeNumber(text: string): number | undefined {
  const [whole, sign, digits = ""] = wholeText.exec(text.replace(/\.0+$/, "")) ?? [];
  if (whole === undefined) return 0;
  const number = Number(digits.replace(/^0[oO]?(?=\d)/, "0o"));
  if (digits.includes("_") || number > Number.MAX_SAFE_INTEGER) return undefined;
  return Number.isNaN(number) ? 0 : sign === "-" ? -number : number;
}
