import type { ObjectName } from "./diagnostic.js";

/** What a finding is about, in words that stay when lines move. */
export interface Identity {
  readonly rule: string;
  readonly object?: ObjectName | undefined;
  readonly path?: string | undefined;
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
  const headOf = createHeads();
  return ({ rule, object, path, text = "" }) => {
    const head = headOf(rule, object);
    const words = text.slice(0, longestText).replace(/\s+/g, " ");
    const rest = `${path === undefined ? "null" : JSON.stringify(path)},${JSON.stringify(words)}]`;
    const key = head.text + rest;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return digits(hashed(count === 0 ? rest : `${rest} ${String(count)}`, head));
  };
}

interface Hash {
  readonly low: number;
  readonly high: number;
}

interface Head extends Hash {
  readonly text: string;
}

/** What all findings of a rule in one object begin with, which may be a thousand. */
function createHeads(): (rule: string, object: ObjectName | undefined) => Head {
  const known = new Map<ObjectName | undefined, Map<string, Head>>();
  return (rule, object) => {
    const ofObject = known.get(object) ?? new Map<string, Head>();
    known.set(object, ofObject);
    const found = ofObject.get(rule) ?? headOf(rule, object);
    ofObject.set(rule, found);
    return found;
  };
}

function headOf(rule: string, { kind, namespace, name }: Partial<ObjectName> = {}): Head {
  const text = `${JSON.stringify([rule, kind, namespace, name]).slice(0, -1)},`;
  return { text, ...hashed(text, { low: 0x811c9dc5, high: 0x9747b28c }) };
}

/** FNV-1a twice, from two starting points: neither secret nor safe against those who seek collisions, and short. */
function hashed(text: string, from: Hash): Hash {
  let { low, high } = from;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code ^ (low >>> 15), 0x85ebca6b);
  }
  return { low, high };
}

function digits({ low, high }: Hash): string {
  return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
}
