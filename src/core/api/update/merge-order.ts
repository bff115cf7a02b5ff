import type { Tree } from "./tree.js";

/** The text of an item's merge key. */
export function keyOf(item: Tree, key: string): string {
  const value = item.kind === "map" ? item.entries.get(key)?.value : undefined;
  return value?.kind === "scalar" ? String(value.value) : "";
}

type Pair = readonly [left: Tree | undefined, right: Tree | undefined];

/** Items of two lists side by side by their keys; of repeated keys the last goes with the last. Sorted by key, as kubectl does it. */
export function pairs(left: readonly Tree[], right: readonly Tree[], key: string): readonly Pair[] {
  const lefts = sorted(left, key);
  const rights = sorted(right, key);
  const found: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < lefts.length || j < rights.length) {
    const one = lefts[i];
    const other = rights[j];
    const order = one && other ? compare(keyOf(one, key), keyOf(other, key)) : one ? -1 : 1;
    found.push([order <= 0 ? one : undefined, order >= 0 ? other : undefined]);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return found;
}

/** kubectl's sort turns equal items round. Source: SortableSliceOfMaps in k8s.io/apimachinery/pkg/util/strategicpatch/patch.go */
function sorted(items: readonly Tree[], key: string): readonly Tree[] {
  return [...items].reverse().sort((left, right) => compare(keyOf(left, key), keyOf(right, key)));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The items of a merged list: those of the new manifest in its order, and in between what only the server has, where it was.
 * Source: normalizeElementOrder in k8s.io/apimachinery/pkg/util/strategicpatch/patch.go
 */
export function inOrder<Item>(
  items: readonly Item[],
  order: readonly string[],
  live: readonly string[],
  keyOfItem: (item: Item) => string,
): Item[] {
  const wanted = positions(order);
  const was = positions(live);
  const at = (item: Item): number => was.get(keyOfItem(item)) ?? -1;
  const written = items.filter((item) => wanted.has(keyOfItem(item)));
  written.sort((left, right) => (wanted.get(keyOfItem(left)) ?? 0) - (wanted.get(keyOfItem(right)) ?? 0));
  const others = items.filter((item) => !wanted.has(keyOfItem(item))).sort((left, right) => at(left) - at(right));
  const all: Item[] = [];
  let next = 0;
  for (const item of written) {
    for (let other = others[next]; other !== undefined && at(item) >= 0 && at(other) < at(item); other = others[++next]) all.push(other);
    all.push(item);
  }
  return [...all, ...others.slice(next)];
}

function positions(keys: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  keys.forEach((key, index) => {
    if (!found.has(key)) found.set(key, index);
  });
  return found;
}

/** Whether one list of keys is the other with some left out: kubectl walks both lists once, and gives up where it finds no match. */
export function isWithin(keys: readonly string[], order: readonly string[]): boolean {
  let next = 0;
  for (const key of order) if (next < keys.length && keys[next] === key) next++;
  return next === keys.length;
}
