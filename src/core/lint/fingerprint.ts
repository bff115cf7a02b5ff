import type { ObjectName } from "./diagnostic.js";

/** What a finding is about, in words that stay when lines move. */
export interface Identity {
  readonly rule: string;
  readonly object?: ObjectName;
  readonly path?: string;
  /** What it points at, where that is known. */
  readonly text?: string;
}

/** More of a marked text than anybody writes in one value; scripts can be long. */
const longestText = 200;

/**
 * Sixteen hexadecimal digits that two runs give to the same finding, although other lines came or went meanwhile. The name of the file
 * is not in it: who compares reports of a folder compares names beside it. Of findings that are alike, each gets the next number.
 */
export function createFingerprints(): (identity: Identity) => string {
  const seen = new Map<string, number>();
  return ({ rule, object, path, text = "" }) => {
    const { kind, namespace, name } = object ?? {};
    const words = text.slice(0, longestText).replace(/\s+/g, " ");
    const key = JSON.stringify([rule, kind, namespace, name, path, words]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hash(count === 0 ? key : `${key} ${String(count)}`);
  };
}

/** FNV-1a twice, from two starting points: neither secret nor safe against those who seek collisions, and short. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code ^ (low >>> 15), 0x85ebca6b);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
