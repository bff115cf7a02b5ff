import type { Machine } from "./machine.js";
import { type Dict, entryOf, unknown, type Value } from "./value.js";

/**
 * Entries of mappings that somebody looked at. Where a branch is looked into that the values switch off, what its condition looks at
 * has another value than the one that is written, and nobody knows which. A mapping that is copied keeps its `keys`, by which it is known.
 */
export type Asked = Map<Dict["keys"], Set<string>>;

export function nothingAsked(): Asked {
  return new Map<Dict["keys"], Set<string>>();
}

export function addAsked(into: Asked, from: Asked): void {
  for (const [keys, names] of from) {
    const known = into.get(keys);
    if (!known) into.set(keys, new Set(names));
    else for (const name of names) known.add(name);
  }
}

/** Remembers that an entry was looked at, where somebody wants to know. */
export function note({ asked }: Machine, { keys, given }: Dict, name: string): void {
  if (!asked || !given) return;
  const known = asked.get(keys);
  if (known) known.add(name);
  else asked.set(keys, new Set([name]));
}

export function isDoubted({ doubted }: Machine, { keys }: Dict, name: string): boolean {
  return doubted?.get(keys)?.has(name) === true;
}

/** What `run` looks at, which whoever listens around it hears as well. */
export function listening(machine: Machine, run: () => Value): { readonly value: Value; readonly asked: Asked } {
  const around = machine.asked;
  const asked = nothingAsked();
  machine.asked = asked;
  try {
    return { value: run(), asked };
  } finally {
    machine.asked = around;
    if (around) addAsked(around, asked);
  }
}

/** Runs with these entries unknown. */
export function doubting<Result>(machine: Machine, asked: Asked, run: () => Result): Result {
  const around = machine.doubted;
  const doubted = nothingAsked();
  for (const one of [around ?? nothingAsked(), asked]) addAsked(doubted, one);
  machine.doubted = doubted;
  try {
    return run();
  } finally {
    machine.doubted = around;
  }
}

/** An entry of a mapping as templates see it; undefined where it has none. */
export function lookedUp(machine: Machine, from: Dict, name: string): Value | undefined {
  if (isDoubted(machine, from, name)) return unknown;
  note(machine, from, name);
  return entryOf(from, name);
}
