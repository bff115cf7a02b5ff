import { base64Text } from "./base64.js";
import type { ScalarValue } from "./node.js";

const words = new Map<string, ScalarValue>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const longestWord = 5;
const integer = /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[bB][01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's parser cuts off the `0b` and tries again, so a sign may follow it. */
const signAfterPrefix = /^0b([-+])([01]+)$/;
const leadingPoint = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const mostNegative = -(2n ** 63n);
const mostSigned = 2n ** 63n - 1n;
const mostUnsigned = 2n ** 64n - 1n;

/**
 * What Kubernetes takes an unquoted scalar for: YAML 1.1 as sigs.k8s.io/yaml reads it. `0o17` and `017` are octal, `yes`
 * is true, `1_000` a number; dates and `1:30` stay text.
 * https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
export function plainValue(text: string): ScalarValue {
  // Most scalars are text, and their first character gives that away.
  switch (text.charCodeAt(0)) {
    case 0x2b: case 0x2d: case 0x30: case 0x31: case 0x32: case 0x33: case 0x34:
    case 0x35: case 0x36: case 0x37: case 0x38: case 0x39:
      return words.get(text) ?? numberOrText(text);
    case 0x2e:
      return words.get(text) ?? (leadingPoint.test(text) ? finite(text.replaceAll("_", "")) : undefined) ?? text;
    case 0x79: case 0x59: case 0x6e: case 0x4e: case 0x74: case 0x54: case 0x66: case 0x46: case 0x6f: case 0x4f: case 0x7e:
      return text.length <= longestWord ? word(text) : text;
    default:
      return text === "" ? null : text;
  }
}

/** A scalar with a tag such as `!!int`; undefined when the text is no such thing, which Kubernetes refuses to read. */
export function taggedValue(tag: string, text: string): ScalarValue | undefined {
  const name = /^(?:tag:yaml\.org,2002:|!!)(bool|int|float|null)$/.exec(tag)?.[1];
  if (name === undefined) return /^(?:tag:yaml\.org,2002:|!!)binary$/.test(tag) ? base64Text(text) : text;
  const value = plainValue(text);
  if (name === "null") return value === null ? null : undefined;
  if (name === "bool") return typeof value === "boolean" ? value : undefined;
  if (name === "float") return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
  return typeof value === "bigint" || isIntegerText(text) ? value : undefined;
}

function word(text: string): ScalarValue {
  const value = words.get(text);
  return value === undefined ? text : value;
}

function numberOrText(text: string): ScalarValue {
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  const match = integer.exec(digits);
  const whole = match ? integerOf(match[1] ?? "", match[2] ?? octal(match[3]) ?? match[4] ?? "") : undefined;
  if (whole !== undefined) return whole;
  const [, sign, binary] = signAfterPrefix.exec(digits) ?? [];
  if (sign !== undefined && binary !== undefined) return integerOf(sign, `0b${binary}`) ?? text;
  return (decimal.test(digits) ? finite(digits) : undefined) ?? text;
}

function octal(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : `0o${digits}`;
}

function integerOf(sign: string, digits: string): number | bigint | undefined {
  const small = Number(digits);
  if (small <= Number.MAX_SAFE_INTEGER) return sign === "-" && small !== 0 ? -small : small;
  const value = sign === "-" ? -BigInt(digits) : BigInt(digits);
  // Go reads an unsigned 64-bit number only without a sign.
  return value < mostNegative || value > (sign === "" ? mostUnsigned : mostSigned) ? undefined : value;
}

function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function isIntegerText(text: string): boolean {
  const value = plainValue(text);
  return typeof value === "number" && integer.test(text.replaceAll("_", ""));
}
