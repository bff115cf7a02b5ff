import { type Amount, amountOf, isWhole } from "../amount.js";
import { clipped } from "../check.js";
import { entrySpot, mapOf, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

const perMilli = 1_000_000n;
const largestInt64 = 2n ** 63n - 1n;
/** The server keeps decimals of up to 18 digits as one integer and a scale, others as big decimals. Source: ParseQuantity */
const digitsOfInteger = 18;
const scales: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** How far an integer is scaled with one multiplication, which wraps around. Source: positiveScaleInt64 */
const wrapping = new Set([1, 2, 3, 6, 9]);

/** Amounts of bytes that are no whole bytes: `limits` of a container, with `memory`. */
export function warnOfBytes(owner: TypedObject, name: string, resources: readonly string[], warn: Warn): void {
  const map = mapOf(owner, name);
  if (!map) return;
  for (const resource of resources) {
    const entry = map.entries.get(resource);
    const amount = amountOf(entry);
    if (entry?.kind !== "scalar" || amount === undefined) continue;
    const text = entry.node?.text ?? String(entry.value);
    if (isFraction(amount, text.trim())) {
      warn(entrySpot(map, resource), `${clipped(text)} is a part of a byte, as the server reads it; write whole bytes, as 128Mi`);
    }
  }
}

/** The server counts in thousandths of a byte, in 64 bits: beyond 9.2 petabytes it may take whole bytes for parts. */
function isFraction(amount: Amount, text: string): boolean {
  const thousandths = amount / perMilli + (amount % perMilli === 0n ? 0n : 1n);
  if (thousandths <= largestInt64) return !isWhole(amount);
  const [, whole = "", fraction = "", suffix = ""] = /^\+?0*(\d*)(?:\.(\d*))?(.*)$/.exec(text) ?? [];
  if (suffix.endsWith("i")) return BigInt.asIntN(64, capped(thousandths)) % 1000n !== 0n;
  const exponent = scales[suffix] ?? Number(suffix.slice(1));
  const places = exponent - fraction.length + 3;
  const isInteger = Math.max(whole.length, 1) + fraction.length <= digitsOfInteger;
  if (isInteger && !wrapping.has(places)) return false;
  return BigInt.asIntN(64, thousandths) % 1000n !== 0n;
}

/** Amounts in binary units end at the largest integer. */
function capped(thousandths: bigint): bigint {
  const most = largestInt64 * 1000n;
  return thousandths > most ? most : thousandths;
}
