import { isQuantity, withoutBlanks } from "./quantity.js";
import type { Typed } from "./typed.js";

/** A quantity as an exact number of 10^-9 units, rounded away from zero as the server does. */
export type Amount = bigint;

const nano = 10n ** 9n;
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = { Ki: 1n, Mi: 2n, Gi: 3n, Ti: 4n, Pi: 5n, Ei: 6n };
/** Beyond this a server has long capped the value. */
const largestExponent = 60;

/** The server caps quantities of powers of 1024, and no others, at 2^63 - 1. */
const largestBinary = (2n ** 63n - 1n) * nano;

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d+)|([a-zA-Z]*))$/;

/** The value of a known quantity; undefined for what is unknown or no quantity. Source: resource.ParseQuantity in apimachinery. */
export function amountOf(typed: Typed | undefined): Amount | undefined {
  if (typed?.kind !== "scalar" || typeof typed.value === "boolean") return undefined;
  if (typeof typed.value === "bigint") return typed.value * nano;
  return amountOfText(typeof typed.value === "number" ? String(typed.value) : typed.value);
}

/** "1500m" is 1.5: 1_500_000_000n. */
export function amountOfText(text: string): Amount | undefined {
  const trimmed = withoutBlanks(text);
  if (trimmed.length > 200 || !isQuantity(trimmed)) return undefined;
  const [, sign = "", whole = "", fraction = "", scientific, suffix = ""] = shape.exec(trimmed) ?? [];
  const digits = BigInt(`${whole}${fraction}` || "0");
  const exponent = scientific === undefined ? (decimal[suffix] ?? 0) : Number(scientific.slice(1));
  if (Math.abs(exponent) > largestExponent) return undefined;
  const factor = binary[suffix];
  const scaled = factor === undefined ? digits : digits * 1024n ** factor;
  const exact = shifted(scaled, exponent + 9 - fraction.length);
  const value = factor !== undefined && exact > largestBinary ? largestBinary : exact;
  return sign === "-" ? -value : value;
}

function shifted(value: bigint, places: number): bigint {
  if (places >= 0) return value * 10n ** BigInt(places);
  const divisor = 10n ** BigInt(-places);
  return value % divisor === 0n ? value / divisor : value / divisor + 1n;
}

/** Whether it is a whole number: pods cannot have 0.5 of a device. */
export function isWhole(amount: Amount): boolean {
  return amount % nano === 0n;
}
