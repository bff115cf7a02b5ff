import { entryOf } from "../../read/node.js";
import type { Entry, MappingNode, Node, SequenceNode } from "../../read/node.js";
import { textAt } from "../field-at.js";
import { isGrowing, listKeys } from "./list-keys.js";
import { entriesOf, withoutEntry } from "./nodes.js";

/**
 * An object with a strategic merge patch applied as Kustomize does; undefined when the patch deletes it. Every node keeps the place of
 * who wrote it. https://github.com/kubernetes-sigs/kustomize/blob/kyaml/v0.21.1/kyaml/yaml/merge2/merge2.go
 */
export function merged(base: MappingNode, patch: MappingNode): MappingNode | undefined {
  return mergedMapping(base, patch, { path: [], builtIn: isBuiltIn(base) });
}

interface Way {
  readonly path: readonly string[];
  /** Kustomize knows merge keys of Kubernetes' own kinds; lists of other resources are replaced. */
  readonly builtIn: boolean;
}

function isBuiltIn(root: MappingNode): boolean {
  const group = /^(.*)\//.exec(textAt(root, "apiVersion") ?? "")?.[1] ?? "";
  return !group.includes(".") || group.endsWith(".k8s.io");
}

const directive = "$patch";

function mergedMapping(base: MappingNode, patch: MappingNode, way: Way): MappingNode | undefined {
  const order = textAt(patch, directive);
  if (order === "delete") return undefined;
  if (order === "replace") return added(withoutEntry(patch, directive));
  const result = new Map(entriesOf(base).map((entry) => [entry.key.text, entry]));
  for (const entry of entriesOf(patch)) {
    const key = entry.key.text;
    if (isDirective(key)) continue;
    const value = mergedValue(result.get(key)?.value, entry.value, key, way);
    if (value === undefined) result.delete(key);
    else result.set(key, { key: keyOf(result.get(key), entry, value), value });
  }
  return { ...base, entries: [...result.values()], open: base.open || patch.open };
}

/** The key of a mapping that both have is where it was opened; that of a value is beside it. */
function keyOf(own: Entry | undefined, patched: Entry, value: Node): Entry["key"] {
  return own && value !== patched.value && value.kind !== "scalar" ? own.key : patched.key;
}

function isDirective(key: string): boolean {
  return key === directive || key === "$retainKeys" || key.startsWith("$setElementOrder/") || key.startsWith("$deleteFromPrimitiveList/");
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

function mergedValue(base: Node | undefined, patch: Node, key: string, way: Way): Node | undefined {
  if (isNull(patch)) return undefined;
  if (base === undefined || isNull(base)) return addedValue(patch);
  if (base.kind === "mapping" && patch.kind === "mapping") return mergedMapping(base, patch, { ...way, path: [...way.path, key] });
  if (base.kind === "sequence" && patch.kind === "sequence") return mergedList(base, patch, key, way);
  // Something of what is not known stays beside what the patch says.
  if (base.kind === "unknown" && patch.kind === "mapping") return { ...patch, open: true };
  return patch;
}

function mergedList(base: SequenceNode, patch: SequenceNode, key: string, way: Way): Node | undefined {
  const order = patch.items.map((item) => (isOnlyDirective(item) ? textAt(item, directive) : undefined)).find((one) => one !== undefined);
  if (order === "delete") return undefined;
  const items = patch.items.filter((item) => !isOnlyDirective(item));
  if (order === "replace") return { ...patch, items: items.flatMap((item) => addedValue(item) ?? []) };
  if (way.builtIn && isGrowing(key)) return grown(base, items);
  const keys = way.builtIn ? listKeys(way.path, key) : undefined;
  return keys ? mergedItems(base, items, keys, { ...way, path: [...way.path, key] }) : addedValue(patch);
}

function isOnlyDirective(item: Node): boolean {
  return item.kind === "mapping" && item.entries.length === 1 && entryOf(item, directive) !== undefined;
}

function grown(base: SequenceNode, added: readonly Node[]): SequenceNode {
  const texts = new Set(added.map((item) => (item.kind === "scalar" ? item.text : undefined)));
  return { ...base, items: [...added, ...base.items.filter((item) => item.kind !== "scalar" || !texts.has(item.text))] };
}

/** Items of the patch come first, and take along those that they are merged into, unless it takes two keys to tell these. */
function mergedItems(base: SequenceNode, patch: readonly Node[], keys: readonly string[], way: Way): SequenceNode | undefined {
  const rest = new Map<Node, Node | undefined>(base.items.map((item) => [item, item]));
  const first: Node[] = [];
  for (const item of patch) {
    const own = [...rest.keys()].find((one) => isSame(one, item, keys));
    const result = mergedItem(own, item, way);
    if (own && (keys.length > 1 || !result)) rest.set(own, result);
    else if (result) first.push(result);
    if (own && keys.length === 1) rest.delete(own);
  }
  const items = [...first, ...[...rest.values()].flatMap((item) => item ?? [])];
  const open = base.open || patch.some(({ kind }) => kind === "unknown");
  return items.length === 0 && !open ? undefined : { ...base, items, open };
}

function mergedItem(own: Node | undefined, item: Node, way: Way): Node | undefined {
  // Kustomize puts the old item back in place of one that is to replace it.
  if (own && textAt(item, directive) === "replace") return own;
  const result = own?.kind === "mapping" && item.kind === "mapping" ? mergedMapping(own, item, way) : addedValue(item);
  return result && isEmpty(result) ? undefined : result;
}

function isEmpty(node: Node): boolean {
  return node.kind === "mapping" && node.entries.length === 0 && !node.open;
}

/** A key that neither has does not count: a port without a protocol is any. */
function isSame(one: Node, other: Node, keys: readonly string[]): boolean {
  const values = keys.map((key) => [textAt(one, key), textAt(other, key)] as const);
  const [first] = values;
  if (first?.[0] === undefined || first[0] !== first[1]) return false;
  return values.every(([own, given]) => own === given || own === undefined || given === undefined);
}

function addedValue(node: Node): Node | undefined {
  if (node.kind === "mapping") return added(node);
  if (node.kind !== "sequence") return node;
  return { ...node, items: node.items.filter((item) => !isOnlyDirective(item)).flatMap((item) => addedValue(item) ?? []) };
}

/** What a patch brings in where nothing was, without its directives and nulls. */
function added(patch: MappingNode): MappingNode | undefined {
  if (textAt(patch, directive) === "delete") return undefined;
  const entries = entriesOf(patch).flatMap((entry) => {
    const value = isDirective(entry.key.text) || isNull(entry.value) ? undefined : addedValue(entry.value);
    return value === undefined ? [] : [value === entry.value ? entry : { key: entry.key, value }];
  });
  return { ...patch, entries };
}
