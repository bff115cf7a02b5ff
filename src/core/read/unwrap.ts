import { batchKinds, meantKind, wrapperKinds } from "./kinds.js";
import { entryOf } from "./node.js";
import type { MappingNode, Node, ScalarNode, SequenceNode } from "./node.js";

/** An object, and the node it is an item of when it does not stand alone. */
export interface Wrapped {
  readonly root: MappingNode;
  readonly parent?: Node;
}

/** The kinds to find, and the one of an object that does not name it. */
export interface Wanted {
  readonly kinds: ReadonlySet<string>;
  readonly implied?: string | undefined;
}

/** A List in a List is possible, ten of them are an attack. */
const deepestList = 10;
const substituted = /\$\{\{?([A-Za-z0-9_]+)\}\}?/g;

/** The objects of the wanted kinds in a document: itself, or items of a List or of an OpenShift Template. */
export function objectsIn(root: Node, wanted: Wanted, depth = deepestList): Wrapped[] {
  if (root.kind !== "mapping" || depth === 0) return [];
  const kind = textOf(root, "kind") ?? wanted.implied;
  if (kind === undefined) return [];
  const group = groupOf(root);
  if (meantKind(kind, textOf(root, "apiVersion"))) return isBatch(group) ? [{ root }] : [];
  const items = wrapperKinds.includes(kind) ? itemsOf(root, kind, group) : undefined;
  if (items) return items.items.flatMap((item) => withParent(objectsIn(named(item, root, kind), { kinds: wanted.kinds }, depth - 1), root));
  return wanted.kinds.has(kind) ? [{ root }] : [];
}

/** Whether an object found is a Job or a CronJob of Kubernetes. */
export function isBatchObject(root: MappingNode): boolean {
  return meantKind(textOf(root, "kind") ?? "", textOf(root, "apiVersion")) !== undefined && isBatch(groupOf(root));
}

/**
 * An item of a JobList or a CronJobList that says neither its kind nor its version has those of the list.
 * Source: decodeToList in k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/helpers.go
 */
function named(item: Node, list: MappingNode, listKind: string): Node {
  const kind = listKind.slice(0, -"List".length);
  const [version, written] = [entryOf(list, "apiVersion"), entryOf(list, "kind")];
  if (!batchKinds.includes(kind) || item.kind !== "mapping" || !version || written?.value.kind !== "scalar") return item;
  if (entryOf(item, "kind") ?? entryOf(item, "apiVersion")) return item;
  const place = item.entries[0]?.key.place ?? item.place;
  const key = (text: string): ScalarNode => ({ kind: "scalar", place, value: text, text, style: "plain", slice: () => place });
  const own = { ...written.value, value: kind, text: kind };
  return { ...item, entries: [{ key: key("apiVersion"), value: version.value }, { key: key("kind"), value: own }, ...item.entries] };
}

function withParent(objects: readonly Wrapped[], parent: Node): Wrapped[] {
  return objects.map((object) => ({ parent, ...object }));
}

function itemsOf(root: MappingNode, kind: string, group: string | undefined): SequenceNode | undefined {
  if (kind === "Template") {
    if (group !== undefined && group !== "" && group !== "template.openshift.io") return undefined;
    const objects = entryOf(root, "objects")?.value;
    return objects?.kind === "sequence" ? withoutParameters(objects, parametersOf(root)) : undefined;
  }
  const items = entryOf(root, "items")?.value;
  return items?.kind === "sequence" ? items : undefined;
}

function textOf(root: MappingNode, key: string): string | undefined {
  const value = entryOf(root, key)?.value;
  return value?.kind === "scalar" && value.value !== null ? value.text : undefined;
}

/** The API group, empty for the core; undefined when apiVersion is absent or unknown. */
function groupOf(root: MappingNode): string | undefined {
  const version = textOf(root, "apiVersion");
  if (version === undefined) return undefined;
  const slash = version.indexOf("/");
  return slash < 0 ? "" : version.slice(0, slash);
}

/**
 * A custom resource's group always has a dot, so `kind: Job` in `apps/v1` or `v1` is meant to be the Job of Kubernetes.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/v0.36.3/pkg/apis/apiextensions/validation/validation.go
 */
function isBatch(group: string | undefined): boolean {
  return !group?.includes(".");
}

function parametersOf(template: MappingNode): ReadonlySet<string> {
  const parameters = entryOf(template, "parameters")?.value;
  if (parameters?.kind !== "sequence") return new Set();
  return new Set(parameters.items.flatMap((item) => (item.kind === "mapping" ? (textOf(item, "name") ?? []) : [])));
}

/**
 * The objects with the values that parameters go into unknown. `${NAME}` in a script is a shell's as often as a
 * parameter's, so a block of text stays what it is.
 * https://docs.openshift.com/container-platform/4.17/openshift_images/using-templates.html
 */
function withoutParameters(objects: SequenceNode, names: ReadonlySet<string>): SequenceNode {
  const done = new Map<Node, Node>();
  return { ...objects, items: objects.items.map((item) => replaced(item, names, done)) };
}

/** `done` keeps what aliases share shared. */
function replaced(node: Node, names: ReadonlySet<string>, done: Map<Node, Node>): Node {
  const known = done.get(node);
  if (known) return known;
  const result = filled(node, names, done);
  done.set(node, result);
  return result;
}

function filled(node: Node, names: ReadonlySet<string>, done: Map<Node, Node>): Node {
  if (node.kind === "unknown") return node;
  if (node.kind === "scalar" && !takesParameter(node, names)) return node;
  if (node.kind === "scalar") return { kind: "unknown", place: node.place, reason: "placeholder" };
  if (node.kind === "sequence") return { ...node, items: node.items.map((item) => replaced(item, names, done)) };
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: replaced(entry.value, names, done) })) };
}

function takesParameter({ text, style }: ScalarNode, names: ReadonlySet<string>): boolean {
  if (style === "literal" || style === "folded" || !text.includes("${")) return false;
  return [...text.matchAll(substituted)].some(([all, name = ""]) => all.startsWith("${{") || names.has(name));
}
