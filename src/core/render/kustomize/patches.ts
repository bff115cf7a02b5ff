import type { MappingNode, Node } from "../../read/node.js";
import { splitStream } from "../../read/split.js";
import { parseFragment } from "../../read/yaml-document.js";
import type { Source } from "../../text/place.js";
import { itemsAt, nodeAt, scalarAt, textAt } from "../field-at.js";
import { nestedNode } from "../nested-text.js";
import { patched } from "./json-patch.js";
import { idOf, idsOf, isSameId, remembered, type Resource, touchedBy } from "./resource.js";
import { meant } from "./selector.js";
import { merged } from "./strategic-merge.js";
import { type KustomizeTree, pathIn } from "./tree.js";

export interface Patching {
  readonly tree: KustomizeTree;
  readonly folder: string;
  readonly kustomization: MappingNode;
}

/** `patchesStrategicMerge`, then `patches`: they see the names before this kustomization changes them. */
export function withPatches(resources: readonly Resource[], patching: Patching): readonly Resource[] {
  const { kustomization } = patching;
  const strategic = itemsAt(kustomization, "patchesStrategicMerge").map((item) => ({ roots: listedRoots(item, patching) }));
  const all = [...strategic, ...itemsAt(kustomization, "patches").map((item) => patchOf(item, patching))];
  return all.reduce(withPatch, resources);
}

/** `patchesJson6902`, which see the names after it. */
export function withJsonPatches(resources: readonly Resource[], patching: Patching): readonly Resource[] {
  return itemsAt(patching.kustomization, "patchesJson6902").map((item) => patchOf(item, patching)).reduce(withPatch, resources);
}

interface Patch {
  /** Documents of the patch; undefined if it cannot be read. */
  readonly roots: readonly Node[] | undefined;
  readonly target?: Node;
}

function patchOf(item: Node, patching: Patching): Patch {
  const target = nodeAt(item, "target");
  const inline = scalarAt(item, "patch");
  const path = textAt(item, "path");
  const roots = inline ? nestedRoots(inline) : path === undefined ? undefined : rootsOfFile(path, patching);
  return { roots, ...(target ? { target } : {}) };
}

/** A path, or a patch itself. */
function listedRoots(item: Node, patching: Patching): readonly Node[] | undefined {
  if (item.kind !== "scalar") return undefined;
  return item.text.includes("\n") || item.text.includes(":") ? nestedRoots(item) : rootsOfFile(item.text, patching);
}

function nestedRoots(scalar: Node & { kind: "scalar" }): readonly Node[] | undefined {
  // Several documents in one text are rare, and are left alone.
  if (/^---/m.test(scalar.text.replace(/^---\s*\n/, ""))) return undefined;
  const root = nestedNode(scalar);
  return root && [root];
}

function rootsOfFile(path: string, { tree, folder }: Patching): readonly Node[] | undefined {
  const way = pathIn(folder, path);
  const source = way === undefined ? undefined : tree.read(way);
  return source && rootsIn(source);
}

const rootsKnown = new WeakMap<Source, readonly Node[] | undefined>();

/** The documents of a file, whatever they are; undefined when one of them does not parse. */
function rootsIn(source: Source): readonly Node[] | undefined {
  if (rootsKnown.has(source)) return rootsKnown.get(source);
  const roots = parsedRoots(source);
  rootsKnown.set(source, roots);
  return roots;
}

function parsedRoots(source: Source): readonly Node[] | undefined {
  try {
    const parsed = splitStream(source.text).map(({ start, end }) =>
      parseFragment({ source, start, end, text: source.text.slice(start, end), holes: [] }),
    );
    const failed = parsed.some(({ problems }) => problems.some(({ rule }) => rule === "yaml-syntax"));
    return failed ? undefined : parsed.flatMap(({ root }) => root ?? []);
  } catch (error) {
    // The parser calls itself for every level.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function withPatch(resources: readonly Resource[], { roots, target }: Patch): readonly Resource[] {
  return resources.flatMap((resource): readonly Resource[] => {
    if (!roots) return [target && meant(resource, target) === "no" ? resource : { ...resource, opaque: true }];
    let result: Resource | undefined = resource;
    for (const root of roots) result = result && withRoot(result, root, target);
    return result ? [result] : [];
  });
}

/** Undefined when the patch deletes the object. */
function withRoot(resource: Resource, root: Node, target: Node | undefined): Resource | undefined {
  if (root.kind === "unknown") return { ...resource, opaque: true };
  const isMeant = target ? meant(resource, target) : root.kind === "mapping" ? meantByName(resource, root) : "no";
  if (isMeant === "no") return resource;
  if (isMeant === "maybe") return { ...resource, opaque: true };
  if (root.kind === "sequence") return withOperations(resource, root.items, root);
  // One operation that is not in a list, as some write it.
  if (root.kind !== "mapping" || textAt(root, "op") !== undefined) return { ...resource, opaque: true };
  return withMerge(resource, root);
}

function meantByName(resource: Resource, patch: MappingNode): "yes" | "no" {
  const id = idOf(patch);
  return idsOf(resource).some((one) => isSameId(one, id)) ? "yes" : "no";
}

function withOperations(resource: Resource, operations: readonly Node[], patch: Node): Resource {
  const root = patched(resource.root, operations);
  return root ? noted({ ...remembered(resource), root }, patch) : { ...resource, opaque: true };
}

// A patch does not change what an object is called:
// https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/resource/resource.go
function withMerge(resource: Resource, patch: MappingNode): Resource | undefined {
  const root = merged(resource.root, named(resource.root, patch));
  return root && noted({ ...resource, root }, patch);
}

/** The patch without what only says whom it is for. */
function named(root: MappingNode, patch: MappingNode): MappingNode {
  const isOwn = (key: string): boolean => key === "kind" || key === "apiVersion";
  const metadata = nodeAt(root, "metadata");
  const entries = patch.entries.filter(({ key }) => !isOwn(key.text)).map((entry) => {
    if (entry.key.text !== "metadata" || entry.value.kind !== "mapping" || metadata?.kind !== "mapping") return entry;
    const rest = entry.value.entries.filter(({ key }) => key.text !== "name" && key.text !== "namespace");
    return { ...entry, value: { ...entry.value, entries: rest } };
  });
  return { ...patch, entries };
}

function noted(resource: Resource, { place }: Node): Resource {
  const patch = `${place.source.name} ${String(place.start)}`;
  return { ...touchedBy(resource, place.source), patches: [...resource.patches, patch] };
}
