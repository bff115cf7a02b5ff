import { isDoubted, lookedUp, note } from "../doubt.js";
import type { Machine } from "../machine.js";
import type { Origin } from "../text.js";
import { made } from "../text.js";
import { absent, bool, type Dict, dict, known, list, nil, truthOf, unknown, type Value } from "../value.js";
import type { HelmFunctions } from "./function.js";

export const dictFunctions: HelmFunctions = {
  dict: (args) => dictOf(args),
  get: ([from, key], machine) => {
    const name = known(key);
    if (from?.kind !== "dict" || name === undefined) return undefined;
    return lookedUp(machine, from, name) ?? (from.given ? absent : made(""));
  },
  hasKey: ([from, key], machine) => {
    const name = known(key);
    if (from?.kind !== "dict" || name === undefined || isDoubted(machine, from, name)) return undefined;
    note(machine, from, name);
    return from.open === true && !from.entries.has(name) ? undefined : bool(from.entries.has(name));
  },
  set: ([into, key, value], machine) => setKey(into, known(key), value, machine),
  unset: ([into, key], machine) => {
    const name = known(key);
    if (into?.kind !== "dict" || name === undefined || machine.unsure > 0) return undefined;
    into.entries.delete(name);
    return into;
  },
  keys: (args) => {
    const names = args.map((one) => (one.kind === "dict" && one.open !== true ? [...one.entries.keys()] : undefined));
    return names.includes(undefined) ? undefined : list(names.flatMap((some) => some ?? []).sort().map(made));
  },
  values: () => undefined,
  pick: ([from, ...keys]) => chosen(from, keys, true),
  omit: ([from, ...keys]) => chosen(from, keys, false),
  merge: ([into, ...others], machine) => merged(into, others, false, machine),
  mustMerge: ([into, ...others], machine) => merged(into, others, false, machine),
  mergeOverwrite: ([into, ...others], machine) => merged(into, others, true, machine),
  mustMergeOverwrite: ([into, ...others], machine) => merged(into, others, true, machine),
  deepCopy: ([value]) => value && copied(value),
  mustDeepCopy: ([value]) => value && copied(value),
  dig: (args, machine) => dug(args, machine),
};

function dictOf(args: readonly Value[]): Value | undefined {
  const entries: [string, Value][] = [];
  for (let at = 0; at < args.length; at += 2) {
    const name = known(args[at]);
    if (name === undefined) return undefined;
    entries.push([name, args[at + 1] ?? made("")]);
  }
  return dict(entries);
}

function setKey(into: Value | undefined, name: string | undefined, value: Value | undefined, { unsure }: Machine): Value | undefined {
  if (into?.kind !== "dict" || name === undefined) return undefined;
  into.entries.set(name, unsure > 0 || value === undefined ? unknown : value);
  return into;
}

function chosen(from: Value | undefined, keys: readonly Value[], wanted: boolean): Value | undefined {
  const names = new Set(keys.map(known));
  if (from?.kind !== "dict" || names.has(undefined)) return undefined;
  return { ...from, entries: new Map([...from.entries].filter(([name]) => names.has(name) === wanted)) };
}

/** The first one is changed, and given back. */
function merged(into: Value | undefined, others: readonly Value[], overwrites: boolean, { unsure }: Machine): Value | undefined {
  if (into?.kind !== "dict") return undefined;
  let result: Dict = into;
  for (const other of others) {
    if (other.kind === "nil") continue;
    if (other.kind !== "dict" || isOpen(result) || isOpen(other)) return undefined;
    result = overlaid(result, other, overwrites);
  }
  const isSure = unsure === 0;
  // Whether the first one has changed, nobody knows then; what comes out is known all the same.
  const changed = [...result.entries].filter(([name, value]) => into.entries.get(name) !== value);
  for (const [name, value] of changed) into.entries.set(name, isSure ? value : unknown);
  return isSure ? { ...result, entries: into.entries } : result;
}

/** Which of two has a key, nobody knows then. */
function isOpen(value: Value): boolean {
  return value.kind === "dict" && (value.open === true || [...value.entries.values()].some(isOpen));
}

function overlaid(into: Dict, other: Dict, overwrites: boolean): Dict {
  const entries = new Map(into.entries);
  const keys = new Map<string, Origin>(into.keys);
  for (const [name, value] of other.entries) {
    const mine = entries.get(name);
    if (mine?.kind === "dict" && value.kind === "dict") entries.set(name, overlaid(mine, value, overwrites));
    else if (mine === undefined || takes(mine, value, overwrites)) {
      entries.set(name, value);
      const key = other.keys.get(name);
      if (key) keys.set(name, key);
    }
  }
  return { kind: "dict", entries, keys, given: into.given || other.given };
}

/** Empty values count as missing. */
function takes(mine: Value, value: Value, overwrites: boolean): boolean {
  const truth = truthOf(overwrites ? value : mine);
  return overwrites ? truth === "true" || truth === "unknown" : truth === "false" || truth === "soft";
}

export function copied(value: Value): Value {
  if (value.kind === "list") return { ...value, items: value.items.map(copied) };
  if (value.kind !== "dict") return value;
  return { ...value, entries: new Map([...value.entries].map(([name, one]) => [name, copied(one)])) };
}

/** `dig "a" "b" default dict`. */
function dug(args: readonly Value[], machine: Machine): Value | undefined {
  let at = args.at(-1);
  const fallback = args.at(-2);
  for (const key of args.slice(0, -2)) {
    const name = known(key);
    if (at?.kind !== "dict" || name === undefined) return undefined;
    const next = lookedUp(machine, at, name);
    if (next === undefined) return fallback ?? nil;
    at = next;
  }
  return at;
}
