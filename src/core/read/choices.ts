import type { Fragment } from "./fragment.js";
import type { Stretch } from "./mask.js";
import type { Entry, MappingNode, Node } from "./node.js";

/**
 * The tree with keys that branches of a template write more than once unknown: which one is rendered nobody knows. Equal scalars stay.
 * `dropped` are branches that the tree was read without.
 */
export function withoutChoices(root: Node, fragment: Fragment, dropped: readonly Stretch[] = []): Node {
  if (!fragment.holes.some(({ reason, kind }) => reason === "template" && kind === "block")) return root;
  return decided(root, dropped.length > 0 ? keysIn(fragment, dropped) : new Set());
}

/** `2:schedule` for the keys of branches, but not of those that make the object one of another kind. */
function keysIn({ text, start }: Fragment, dropped: readonly Stretch[]): ReadonlySet<string> {
  const branches = dropped.map((branch) => text.slice(branch.start - start, branch.end - start));
  const keys = branches.filter((branch) => !/^[ ]*kind:/m.test(branch)).flatMap((branch) => [...branch.matchAll(/^( *)([\w./-]+):/gm)]);
  return new Set(keys.map(([, indent = "", key = ""]) => keyAt(indent.length, key)));
}

function keyAt(column: number, key: string): string {
  return `${String(column)}:${key}`;
}

function decided(node: Node, elsewhere: ReadonlySet<string>): Node {
  if (node.kind === "sequence") return { ...node, items: node.items.map((item) => decided(item, elsewhere)) };
  if (node.kind !== "mapping") return node;
  const entries = node.open ? oncePerKey(node) : node.entries;
  return { ...node, entries: entries.map((entry) => writtenElsewhere(node, entry, elsewhere) ? unknown(entry)
    : { ...entry, value: decided(entry.value, elsewhere) }) };
}

function writtenElsewhere({ open }: MappingNode, { key: { text, place } }: Entry, elsewhere: ReadonlySet<string>): boolean {
  if (!open || elsewhere.size === 0) return false;
  const lineStart = place.source.text.lastIndexOf("\n", place.start - 1) + 1;
  return elsewhere.has(keyAt(place.start - lineStart, text));
}

function oncePerKey({ entries, place: { start, end } }: MappingNode): readonly Entry[] {
  const written = entries.filter(({ key }) => start <= key.place.start && key.place.end <= end);
  const alternatives = byKey(written);
  if (alternatives.size === written.length) return entries;
  const outside = new Set(entries);
  for (const entry of written) outside.delete(entry);
  return [...[...alternatives.values()].flatMap(oneOf), ...outside];
}

function byKey(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const keys = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = keys.get(entry.key.text);
    if (same) same.push(entry);
    else keys.set(entry.key.text, [entry]);
  }
  return keys;
}

function oneOf(same: readonly Entry[]): readonly Entry[] {
  const [first] = same;
  if (!first || same.length === 1) return same;
  // What may be switched on does not take the place of what is there.
  const sure = same.filter(({ maybe }) => maybe !== true);
  if (sure.length > 0 && sure.length < same.length) return oneOf(sure);
  if (same.every(({ value }) => isEqual(value, first.value))) return [first];
  // What stands in one list may mean what stands in another, which has ways of its own.
  return [same.every(({ value }) => value.kind === "scalar") ? { ...unknown(first), choices: same } : unknown(first)];
}

function unknown({ key, value }: Entry): Entry {
  return { key, value: { kind: "unknown", place: value.place, reason: "template" } };
}

function isEqual(a: Node, b: Node): boolean {
  return a.kind === "scalar" && b.kind === "scalar" && a.value === b.value;
}
