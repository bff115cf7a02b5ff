import { entryOf, type Entry, type MappingNode, type Node, type ScalarNode, type UnknownNode } from "../../read/node.js";
import type { Place } from "../../text/place.js";
import type { Typed, TypedScalar } from "../typed.js";

/** A manifest without its writing: what patches are made of. */
export type Tree = TreeMap | TreeList | ScalarNode | UnknownNode;

export interface TreeMap {
  readonly kind: "map";
  readonly place: Place;
  /** A template may write more. */
  readonly open: boolean;
  readonly entries: Map<string, TreeEntry>;
}

export interface TreeEntry {
  readonly key: Place;
  readonly value: Tree;
}

export interface TreeList {
  readonly kind: "list";
  readonly place: Place;
  readonly open: boolean;
  readonly items: readonly Tree[];
}

/** The keys that count, as kubectl reads them: the last one wins. */
export function treeOfNode(node: Node): Tree {
  if (node.kind === "sequence") return { kind: "list", place: node.place, open: node.open, items: node.items.map(treeOfNode) };
  return node.kind === "mapping" ? treeOfMapping(node) : node;
}

export function treeOfMapping(node: MappingNode): TreeMap {
  const entries = new Map<string, TreeEntry>();
  for (const { key, value, merged: comes } of node.entries) {
    if (comes && entries.has(key.text)) continue;
    entries.set(key.text, { key: key.place, value: treeOfNode(value) });
  }
  return { kind: "map", place: node.place, open: node.open, entries };
}

/** The live object as a server hands it out. */
export function treeOfTyped(typed: Typed): Tree {
  switch (typed.kind) {
    case "object":
    case "map":
      return mapOfTyped(typed);
    case "list":
      return { kind: "list", place: typed.at, open: !typed.whole, items: typed.items.map(treeOfTyped) };
    case "scalar":
      return scalarOf(typed);
    case "unknown":
      return { kind: "unknown", place: typed.at, reason: "template" };
  }
}

export function mapOfTyped(typed: Extract<Typed, { readonly kind: "object" | "map" }>): TreeMap {
  const members = typed.kind === "object" ? typed.fields : typed.entries;
  const entries = new Map([...members].map(([name, value]) => [name, { key: value.at, value: treeOfTyped(value) }]));
  return { kind: "map", place: typed.at, open: !typed.whole, entries };
}

function scalarOf({ node, value, at }: TypedScalar): ScalarNode {
  return node?.value === value ? node : scalar(value, at);
}

function scalar(value: TypedScalar["value"], place: Place): ScalarNode {
  return { kind: "scalar", place, value, text: String(value), style: "plain", slice: () => place };
}

export function isNull(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

/** Writes a tree as nodes of one document; what comes from elsewhere stands at the nearest key of it. */
export function nodeOfTree(tree: TreeMap, within: Place): MappingNode {
  return mapping(tree, within, within);
}

function mapping(tree: TreeMap, within: Place, nearest: Place): MappingNode {
  const entries: Entry[] = [];
  for (const [name, { key, value }] of tree.entries) {
    const place = placedIn(within, key) ? key : nearest;
    entries.push({ key: scalar(name, place), value: node(value, within, place) });
  }
  return { kind: "mapping", place: placedIn(within, tree.place) ? tree.place : nearest, entries, open: tree.open, flow: false };
}

function node(tree: Tree, within: Place, nearest: Place): Node {
  if (tree.kind === "map") return mapping(tree, within, nearest);
  const place = placedIn(within, tree.place) ? tree.place : nearest;
  if (tree.kind === "list") {
    return { kind: "sequence", place, items: tree.items.map((item) => node(item, within, nearest)), open: tree.open, flow: false };
  }
  if (place === tree.place) return tree;
  return tree.kind === "scalar" ? { ...tree, place, slice: () => place } : { ...tree, place };
}

function placedIn(within: Place, place: Place): boolean {
  return place.source === within.source && place.start >= within.start && place.end <= within.end;
}

/** A text of a manifest's metadata, as it is written. */
export function metadataText(root: MappingNode, name: string): string | undefined {
  const metadata = entryOf(root, "metadata")?.value;
  const value = metadata?.kind === "mapping" ? entryOf(metadata, name)?.value : undefined;
  return value?.kind === "scalar" && value.value !== null ? value.text : undefined;
}

/** Whatever is no text counts as the default, as kubectl reads it; undefined where a template says it. */
export function namespaceIn({ entries }: TreeMap): string | undefined {
  const metadata = entries.get("metadata")?.value;
  const value = metadata?.kind === "map" ? metadata.entries.get("namespace")?.value : undefined;
  if (value?.kind === "unknown") return undefined;
  return value?.kind === "scalar" && typeof value.value === "string" && value.value !== "" ? value.value : "default";
}

/** With the namespace that kubectl writes into what it sends. */
export function withNamespace(tree: TreeMap): TreeMap {
  const metadata = tree.entries.get("metadata");
  const namespace = namespaceIn(tree);
  if (metadata?.value.kind !== "map" || namespace === undefined) return tree;
  const key = metadata.value.entries.get("namespace")?.key ?? metadata.key;
  const entries = new Map(metadata.value.entries).set("namespace", { key, value: scalar(namespace, key) });
  return { ...tree, entries: new Map(tree.entries).set("metadata", { key: metadata.key, value: { ...metadata.value, entries } }) };
}
