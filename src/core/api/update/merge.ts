import type { Place } from "../../text/place.js";
import { fieldOf, type FieldSpec, typeNamed } from "../table.js";
import { exactItems, mergedTexts, mergeKeys } from "./merge-keys.js";
import { inOrder, isWithin, keyOf, pairs } from "./merge-order.js";
import { isNull, type Tree, type TreeEntry, type TreeList, type TreeMap } from "./tree.js";
import { isWrittenAlike, withoutNulls } from "./written.js";

/** What became of an apply. */
export interface Merged {
  readonly tree: TreeMap;
  /** False where kubectl finds nothing to send. */
  readonly changed: boolean;
  /** Why no patch can be made. */
  readonly failure: { readonly at: Place; readonly message: string } | undefined;
}

interface Merging {
  changed: boolean;
  failure: Merged["failure"];
  /** Within repeated items: what is as it was in an item's own live one says nothing about the first of them. */
  repeated: boolean;
  /** Lists with an item that has lost something. */
  readonly touched: Set<TreeList>;
}

/**
 * What `kubectl apply` makes of a live object: what the old manifest had and the new one has not is deleted, what the new one says is
 * set, and what neither says stays. Source: CreateThreeWayMergePatch and StrategicMergeMapPatch in apimachinery's strategicpatch.
 */
export function applied(kind: string, live: TreeMap, original: TreeMap, modified: TreeMap): Merged {
  const how: Merging = { changed: false, failure: undefined, repeated: false, touched: new Set() };
  const target = copied(live);
  deleteMembers(how, kind, target, original, modified);
  const tree = mergeMaps(how, kind, target, live, modified);
  return { tree, changed: how.changed, failure: how.failure };
}

/** Whether a part of the work changes something. */
function changes(how: Merging, run: () => void): boolean {
  const before = how.changed;
  how.changed = false;
  run();
  const after: boolean = how.changed;
  how.changed = before || after;
  return after;
}

function copied(tree: TreeMap): TreeMap {
  const entries = new Map([...tree.entries].map(([name, { key, value }]) => [name, { key, value: copiedTree(value) }]));
  return { ...tree, entries };
}

function copiedTree(tree: Tree): Tree {
  if (tree.kind === "map") return copied(tree);
  return tree.kind === "list" ? { ...tree, items: tree.items.map(copiedTree) } : tree;
}

function specOf(type: string | undefined, name: string): FieldSpec | undefined {
  return type === undefined ? undefined : fieldOf(typeNamed(type), name);
}

/** The type of a field's object, or of its items. */
function typeIn(spec: FieldSpec | undefined): string | undefined {
  const type = spec?.type.shape === "list" || spec?.type.shape === "map" ? spec.type.of : spec?.type;
  return type?.shape === "object" ? type.name : undefined;
}

/** Takes out, in place, what the old manifest had and the new one has not. */
function deleteMembers(how: Merging, type: string | undefined, target: TreeMap, original: TreeMap, modified: TreeMap): void {
  for (const [name, { value: old }] of original.entries) {
    const now = modified.entries.get(name)?.value;
    const found = target.entries.get(name);
    const spec = specOf(type, name);
    if (!now) {
      how.changed = true;
      if (!found) continue;
      if (modified.open) target.entries.set(name, { ...found, value: { kind: "unknown", place: modified.place, reason: "template" } });
      else target.entries.delete(name);
    } else if (old.kind === "map" && now.kind === "map") {
      if (found?.value.kind === "map") deleteMembers(how, typeIn(spec), found.value, old, now);
    } else if (old.kind === "list" && now.kind === "list" && found?.value.kind === "list") {
      const value = withoutDeleted(how, `${type ?? ""}.${name}`, typeIn(spec), [found.value, old, now]);
      target.entries.set(name, { ...found, value });
    }
  }
}

type Three = readonly [target: TreeList, original: TreeList, modified: TreeList];

function withoutDeleted(how: Merging, field: string, type: string | undefined, lists: Three): Tree {
  const [target, original, modified] = lists;
  if (field === mergedTexts) {
    if (original.items.length === 0 || !isOfOneType(how, original, modified)) return target;
    const kept = new Set(modified.items.map((item) => textOf(item)));
    const gone = new Set(original.items.map((item) => textOf(item)).filter((text) => !kept.has(text)));
    if (gone.size > 0) how.changed = true;
    return { ...target, items: target.items.filter((item) => !gone.has(textOf(item))) };
  }
  const key = mergeKeys[field];
  if (key === undefined || original.items.length === 0) return target;
  if (!canMerge(how, key, [original, modified])) return target;
  const found = firstByKey(target.items, key);
  const gone = new Set<string>();
  for (const [old, now] of pairs(original.items, modified.items, key)) {
    const item = old ? found.get(keyOf(old, key)) : undefined;
    if (old && !now) gone.add(keyOf(old, key));
    if (old?.kind !== "map" || now?.kind !== "map" || item?.kind !== "map") continue;
    const loses = changes(how, () => {
      deleteMembers(how, type, item, old, now);
    });
    if (loses) how.touched.add(target);
  }
  if (gone.size === 0) return target;
  how.changed = true;
  return { ...target, items: target.items.filter((item) => !gone.has(keyOf(item, key))) };
}

function textOf(item: Tree): string {
  return item.kind === "scalar" ? item.text : "";
}

function firstByKey(items: readonly Tree[], key: string): Map<string, Tree> {
  const found = new Map<string, Tree>();
  for (const item of items) {
    const text = keyOf(item, key);
    if (!found.has(text)) found.set(text, item);
  }
  return found;
}

/** Whether every item is an object with the key; otherwise kubectl gives up. */
function canMerge(how: Merging, key: string, lists: readonly TreeList[]): boolean {
  for (const item of lists.flatMap(({ items }) => items)) {
    const value = item.kind === "map" ? item.entries.get(key)?.value : undefined;
    if (item.kind === "unknown" || value?.kind === "unknown" || (item.kind === "map" && !value && item.open)) return false;
    if (value?.kind === "scalar") continue;
    how.failure ??= { at: item.place, message: `kubectl cannot tell this item from others without ${key}; add it` };
    return false;
  }
  return !lists.some(({ open }) => open);
}

/** Writes into the target what the new manifest says; `live` is what it is compared with. */
function mergeMaps(how: Merging, type: string | undefined, target: TreeMap, live: TreeMap, modified: TreeMap): TreeMap {
  for (const [name, { key, value }] of modified.entries) {
    const current = live.entries.get(name)?.value;
    if (isNull(value)) {
      how.changed = true;
      target.entries.delete(name);
      continue;
    }
    if (how.repeated && isWrittenAlike(current, value)) continue;
    const found = target.entries.get(name);
    const merged = mergeField(how, { type, name }, [found?.value, current, value]);
    target.entries.set(name, { key, value: merged });
  }
  return { ...target, place: modified.place, open: live.open || modified.open };
}

interface FieldName {
  readonly type: string | undefined;
  readonly name: string;
}

function mergeField(how: Merging, { type, name }: FieldName, trees: readonly [Tree | undefined, Tree | undefined, Tree]): Tree {
  const [target, current, value] = trees;
  const spec = specOf(type, name);
  const into = target?.kind === "map" ? target : current;
  if (value.kind === "map" && into?.kind === "map") {
    const empty = { ...value, entries: new Map<string, TreeEntry>() };
    return mergeMaps(how, typeIn(spec), target?.kind === "map" ? target : empty, current?.kind === "map" ? current : empty, value);
  }
  const list = target?.kind === "list" ? target : current;
  if (value.kind === "list" && list?.kind === "list") {
    const before = current?.kind === "list" ? current : { ...list, items: [] };
    return mergeLists(how, `${type ?? ""}.${name}`, typeIn(spec), [list, before, value]);
  }
  if (!isWrittenAlike(current, value)) how.changed = true;
  return withoutNulls(value);
}

function mergeLists(how: Merging, field: string, type: string | undefined, lists: Three): Tree {
  const [target, current, modified] = lists;
  const key = mergeKeys[field];
  if (field === mergedTexts) return mergeTexts(how, lists);
  if (key === undefined || (current.items.length === 0 && target.items.length === 0)) {
    if (!isWrittenAlike(current, modified)) how.changed = true;
    return withoutNulls(modified);
  }
  if (!canMerge(how, key, [current, modified])) {
    how.changed = true;
    return { kind: "unknown", place: modified.place, reason: "template" };
  }
  const order = modified.items.map((item) => keyOf(item, key));
  if (order.length === 0) return target;
  const live = target.items.map((item) => keyOf(item, key));
  const { items, changed } = mergedItems(how, { key, type, exact: exactItems.has(field) }, lists);
  const sameOrder = order.join("\n") === current.items.map((item) => keyOf(item, key)).join("\n");
  if (!sameOrder) how.changed = true;
  const place = modified.place;
  const open = target.open || modified.open;
  if (sameOrder && changed.length === 0 && !how.touched.has(target)) return { kind: "list", place, open, items };
  const sent = inOrder(changed, order, [], (one) => one);
  // An item that is sent as a whole brings no order of its lists.
  if (current.items.length > 0 && !isWithin(sent, order))
    how.failure ??= { at: place, message: `kubectl cannot order items of the same ${key}; leave one of them` };
  return { kind: "list", place, open, items: inOrder(items, order, live, (item) => keyOf(item, key)) };
}

interface ListField {
  readonly key: string;
  readonly type: string | undefined;
  readonly exact: boolean;
}

/** The items after the merge, and the keys of those that a patch would mention. */
function mergedItems(how: Merging, field: ListField, three: Three): { readonly items: Tree[]; readonly changed: string[] } {
  const [target, current, modified] = three;
  const { key } = field;
  const items = [...target.items];
  const found = new Map<string, number>();
  items.forEach((item, index) => {
    if (!found.has(keyOf(item, key))) found.set(keyOf(item, key), index);
  });
  const changed: string[] = [];
  const outer = how.repeated;
  how.repeated ||= found.size < items.length || firstByKey(modified.items, key).size < modified.items.length;
  for (const [live, item] of inOrderOf(pairs(current.items, modified.items, key), modified.items, key)) {
    const differs = changes(how, () => {
      mergeItem(how, { items, found, ...field }, live, item);
    });
    if (differs) changed.push(keyOf(item, key));
  }
  how.repeated = outer;
  return { items, changed };
}

type Pair = readonly [live: Tree | undefined, item: Tree | undefined];
type Written = readonly [live: Tree | undefined, item: Tree];

/** Those that the new manifest has, in its order. */
function inOrderOf(all: readonly Pair[], modified: readonly Tree[], key: string): readonly Written[] {
  const written = all.flatMap(([live, item]) => (item ? [[live, item] as const] : []));
  const order = modified.map((item) => keyOf(item, key));
  return inOrder(written, order, [], ([, item]) => keyOf(item, key));
}

interface ItemMerge extends ListField {
  readonly items: Tree[];
  readonly found: Map<string, number>;
}

function mergeItem(how: Merging, { items, found, key, type, exact }: ItemMerge, live: Tree | undefined, item: Tree): void {
  const index = found.get(keyOf(item, key));
  const target = index === undefined ? undefined : items[index];
  if (live?.kind !== "map" && target === undefined) {
    how.changed = true;
    found.set(keyOf(item, key), items.length);
    items.push(withoutNulls(item));
    return;
  }
  if (index === undefined || target?.kind !== "map" || item.kind !== "map") return;
  // A second item of the same key changes the first one, as far as it differs from its own live one.
  const current: TreeMap = live?.kind === "map" ? live : { ...item, entries: new Map() };
  if (exact) keepOnly(how, target, item);
  items[index] = mergeMaps(how, type, target, current, item);
}

function keepOnly(how: Merging, target: TreeMap, item: TreeMap): void {
  for (const name of [...target.entries.keys()]) {
    const written = item.entries.get(name);
    if ((written && !isNull(written.value)) || item.open) continue;
    how.changed = true;
    target.entries.delete(name);
  }
}

/** kubectl gives up on a list with different types. */
function isOfOneType(how: Merging, left: TreeList, right: TreeList): boolean {
  const types = [...left.items, ...right.items].map((item) =>
    item.kind === "scalar" ? (item.value === null ? "null" : typeof item.value) : item.kind,
  );
  if (types.includes("unknown") || new Set(types).size <= 1) return true;
  how.failure ??= { at: right.place, message: "kubectl cannot put lists of different types together; write texts only" };
  return false;
}

function mergeTexts(how: Merging, [target, current, modified]: Three): Tree {
  if (current.items.length > 0) isOfOneType(how, current, modified);
  if (!isWrittenAlike(current, modified)) how.changed = true;
  const known = new Set(modified.items.map(textOf));
  const all = [...target.items.filter((item) => !known.has(textOf(item))), ...modified.items];
  const items = inOrder(all, [...known], current.items.map(textOf), textOf);
  return { kind: "list", place: modified.place, open: target.open || modified.open, items };
}
