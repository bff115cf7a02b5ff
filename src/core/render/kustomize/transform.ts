import type { Entry, MappingNode, Node, ScalarNode } from "../../read/node.js";
import { entryOf } from "../../read/node.js";
import { itemsAt, mappingAt, scalarAt, textAt } from "../field-at.js";
import { renamedImage } from "./image.js";
import { composed, emptyMapping, entriesOf, keyNode, pieceOf, unknownNode, withEntry, withValue } from "./nodes.js";
import { idOf, remembered, type Resource, touchedBy } from "./resource.js";

/** What a kustomization does to every object, in the order of Kustomize; patches, which come first and in between, are elsewhere. */
export function renamed(resource: Resource, kustomization: MappingNode): Resource {
  const spaced = withNamespace(resource, kustomization);
  const prefix = scalarAt(kustomization, "namePrefix");
  const suffix = scalarAt(kustomization, "nameSuffix");
  if ((!prefix && !suffix) || keepsItsName(spaced)) return spaced;
  const named = remembered(spaced);
  const root = withValue(named.root, "metadata", (metadata) =>
    metadata.kind === "mapping" ? withValue(metadata, "name", (name) => longerName(name, prefix, suffix)) : metadata,
  );
  return { ...named, root };
}

function longerName(name: Node, prefix: ScalarNode | undefined, suffix: ScalarNode | undefined): Node {
  if (name.kind !== "scalar") return name;
  return composed(name.place, [prefix, name, suffix].flatMap((one) => (one ? [pieceOf(one)] : [])));
}

/** https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/internal/builtins/PrefixTransformer.go */
function keepsItsName({ root }: Resource): boolean {
  return ["CustomResourceDefinition", "APIService", "Namespace"].includes(idOf(root).kind);
}

const clusterWide = new Set([
  "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "PersistentVolume", "PriorityClass", "StorageClass",
]);

function withNamespace(resource: Resource, kustomization: MappingNode): Resource {
  const namespace = entryOf(kustomization, "namespace");
  const kind = idOf(resource.root).kind;
  if (namespace?.value.kind !== "scalar" || namespace.value.text === "" || clusterWide.has(kind)) return resource;
  // A namespace among the objects becomes the one that is meant.
  const given = { key: keyNode(kind === "Namespace" ? "name" : "namespace", namespace.key), value: namespace.value };
  const inMetadata = (metadata: Node): Node => (metadata.kind === "mapping" ? withEntry(metadata, given) : metadata);
  const root = withValue(resource.root, "metadata", inMetadata);
  return { ...remembered(resource), root: isAccessRule(kind) ? withValue(root, "subjects", unknownNode) : root };
}

/** The accounts that they name move too, some of them. */
function isAccessRule(kind: string): boolean {
  return kind === "RoleBinding" || kind === "ClusterRoleBinding";
}

const templates: Readonly<Record<string, readonly (readonly string[])[]>> = {
  CronJob: [["spec", "jobTemplate"], ["spec", "jobTemplate", "spec", "template"]],
};
const holdingTemplate = new Set(["Job", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"]);

function templatesOf({ root }: Resource): readonly (readonly string[])[] {
  const { kind } = idOf(root);
  return templates[kind] ?? (holdingTemplate.has(kind) ? [["spec", "template"]] : []);
}

/** Labels and annotations: https://github.com/kubernetes-sigs/kustomize/tree/api/v0.21.1/api/internal/konfig/builtinpluginconsts */
export function labelled(resource: Resource, kustomization: MappingNode): Resource {
  const everywhere = [[], ...templatesOf(resource)];
  let { root } = resource;
  for (const label of itemsAt(kustomization, "labels")) {
    const selects = textAt(label, "includeSelectors") === "true";
    const inTemplates = selects || textAt(label, "includeTemplates") === "true";
    const pairs = mappingAt(label, "pairs");
    root = withPairs(root, pairs, "labels", inTemplates ? everywhere : [[]]);
    if (selects) root = withSelectors(root, pairs, resource);
    if (itemsAt(label, "fields").length > 0) return { ...resource, opaque: true };
  }
  const common = mappingAt(kustomization, "commonLabels");
  root = withSelectors(withPairs(root, common, "labels", everywhere), common, resource);
  root = withPairs(root, mappingAt(kustomization, "commonAnnotations"), "annotations", everywhere);
  return { ...resource, root };
}

function withPairs(root: MappingNode, pairs: MappingNode | undefined, key: string, ways: readonly (readonly string[])[]): MappingNode {
  if (!pairs || pairs.entries.length === 0) return root;
  return ways.reduce((result, way) => withAll(result, [...way, "metadata", key], pairs), root);
}

const needingSelector = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** Selectors are only added to, and not made where an object can do without. */
function withSelectors(root: MappingNode, pairs: MappingNode | undefined, resource: Resource): MappingNode {
  const ways = [...templatesOf(resource).map((way) => [...way.slice(0, -1), "selector", "matchLabels"]), ["spec", "selector"]];
  const { kind } = idOf(root);
  const isMade = (way: readonly string[]): boolean => needingSelector.has(kind) && way.length > 2;
  const isAddedTo = (way: readonly string[]): boolean => mappingAt(root, ...way) !== undefined && (way.length > 2 || kind === "Service");
  const meant = ways.filter((way) => isMade(way) || isAddedTo(way));
  return pairs ? meant.reduce((result, way) => withAll(result, way, pairs), root) : root;
}

function withAll(node: MappingNode, [step, ...rest]: readonly string[], pairs: MappingNode): MappingNode {
  if (step === undefined) return entriesOf(pairs).reduce(withEntry, node);
  const entry: Entry = entryOf(node, step) ?? { key: keyNode(step, pairs), value: emptyMapping(pairs) };
  const inner = entry.value.kind === "scalar" && entry.value.value === null ? emptyMapping(pairs) : entry.value;
  return inner.kind === "mapping" ? withEntry(node, { key: entry.key, value: withAll(inner, rest, pairs) }) : node;
}

/** New names and tags for images: https://github.com/kubernetes-sigs/kustomize/tree/api/v0.21.1/api/filters/imagetag */
export function withImages(resource: Resource, kustomization: MappingNode): Resource {
  const images = itemsAt(kustomization, "images");
  if (images.length === 0 || idOf(resource.root).kind === "CustomResourceDefinition") return resource;
  const root = images.reduce<Node>((result, image) => inContainers(result, image, 0), resource.root);
  if (root === resource.root || root.kind !== "mapping") return resource;
  return touchedBy({ ...resource, root }, kustomization.place.source);
}

const deepest = 60;

function inContainers(node: Node, image: Node, depth: number): Node {
  if (depth > deepest) return node;
  if (node.kind === "sequence") {
    const items = node.items.map((item) => inContainers(item, image, depth + 1));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "mapping") return node;
  return node.entries.reduce((result, { key: { text } }) => withValue(result, text, (value) => {
    const inner = inContainers(value, image, depth + 1);
    return text === "containers" || text === "initContainers" ? withItems(inner, image) : inner;
  }), node);
}

function withItems(list: Node, image: Node): Node {
  if (list.kind !== "sequence") return list;
  const rename = (value: Node): Node => renamedImage(value, image);
  const renamedIn = (item: Node): Node => (item.kind === "mapping" ? withValue(item, "image", rename) : item);
  const items = list.items.map(renamedIn);
  return items.some((item, index) => item !== list.items[index]) ? { ...list, items } : list;
}

