import type { ScalarNode } from "../read/node.js";
import { plainValue } from "../read/scalar.js";

/** The key that JSON has for a key of YAML: `yes` is `true`, `0x10` is `16`. Source: convertToJSONableObject in sigs.k8s.io/yaml */
export function jsonKey({ style, text, value }: ScalarNode): string {
  if (value === text) return text;
  const typed = style === "plain" ? plainValue(text) : text;
  if (isFloat(text, typed)) return floatText(typed);
  return typeof value === "string" ? value : text;
}

/** A number that Go holds as a float: one with a point or an exponent, and one that no integer type takes. */
function isFloat(text: string, typed: ScalarNode["value"]): typed is number {
  return typeof typed === "number" && (/^[-+]?[\d_]*[.eE]/.test(text) || !Number.isSafeInteger(typed));
}

/** Go's shortest form of a 32-bit float. */
function floatText(value: number): string {
  const single = Math.fround(value);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toExponential(digits - 1))) !== single) digits++;
  const [mantissa = "", exponent = "0"] = single.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Whether Go takes two keys for one: a number is another key than the same digits in quotes. */
export function isSameKey(one: ScalarNode, other: ScalarNode): boolean {
  return identity(one) === identity(other);
}

function identity({ style, text, value }: ScalarNode): string {
  const typed = style === "plain" ? plainValue(text) : text;
  if (typeof typed === "string") return `text ${String(value)}`;
  return `${isFloat(text, typed) ? "float" : typeof typed === "boolean" ? "boolean" : "integer"} ${String(typed)}`;
}
