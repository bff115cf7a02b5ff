import { entryOf, type MappingNode, type Node, type ScalarNode, type SequenceNode, type Templated } from "../read/node.js";
import type { Place } from "../text/place.js";

/**
 * One field of a manifest. `place` is where a reader should look: the value if there is one, otherwise the key of the
 * nearest parent that exists. An unknown field is written or may be written, but its value is the renderer's, or not of
 * the right type: the decoder speaks about types, rules stay silent.
 */
export type Field<T> = Present<T> | Absent | Unknown;

export interface Present<T> {
  readonly state: "present";
  /** Kubernetes' own path: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  readonly place: Place;
  readonly key: Place;
  readonly value: T;
  readonly node: Node;
}

export interface Absent {
  readonly state: "absent";
  readonly path: string;
  readonly place: Place;
  readonly value?: undefined;
}

export interface Unknown {
  readonly state: "unknown";
  readonly path: string;
  readonly place: Place;
  readonly value?: undefined;
  /** Of an item of a list of strings: the text around what a template fills in. */
  readonly templated?: Templated;
}

/** An object inside a manifest (`spec`, `metadata`, a container) and the way to its fields. */
export interface Level {
  readonly state: "present" | "absent" | "unknown";
  readonly path: string;
  /** The key that opens this object, or that of the nearest parent that exists; for an item of a list, the item's first key. */
  readonly place: Place;
  readonly mapping?: MappingNode;
  /** Part of a patch: what is absent is unknown. */
  readonly patch: boolean;
  /** Paths of fields that the author wrote elsewhere or misspelt: they are not there, but meant, so their absence is unknown. */
  readonly meant: ReadonlySet<string>;
}

/** What a level hands down to those in it. */
export type Surroundings = Pick<Level, "patch" | "meant">;

type Read<T> = (node: Node) => T | undefined;

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

const plainKey = /^[A-Za-z0-9_-]+$/;

function child(path: string, key: string): string {
  if (!plainKey.test(key)) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isOpen({ open, entire }: MappingNode): boolean {
  return open && entire !== true;
}

/** Of a field that is not written. */
function missing({ mapping, state, patch, meant }: Level, path: string): "absent" | "unknown" {
  // Looking up a path that was just put together hashes it, and nearly always nothing is meant.
  if (patch || (meant.size > 0 && meant.has(path)) || (mapping ? isOpen(mapping) : state !== "absent")) return "unknown";
  return "absent";
}

/** Reads one field of an object; `read` answers undefined for a value of another type. A null value counts as absent, as in Kubernetes. */
export function field<T>(parent: Level, key: string, read: Read<T>): Field<T> {
  const path = child(parent.path, key);
  const entry = parent.mapping && entryOf(parent.mapping, key);
  if (!entry) return { state: missing(parent, path), path, place: parent.place };
  const node = entry.value;
  if (entry.maybe) return { state: "unknown", path, place: node.place };
  if (isNull(node)) return { state: "absent", path, place: entry.key.place };
  const value = read(node);
  if (value === undefined) return { state: "unknown", path, place: node.place };
  return { state: "present", path, place: node.place, key: entry.key.place, value, node };
}

function readText(node: Node): string | undefined {
  return node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** Whole numbers written as 1.0 or 1e3 are integers for the API server. */
function readInteger(node: Node): number | undefined {
  return node.kind === "scalar" && typeof node.value === "number" && Number.isInteger(node.value) ? node.value : undefined;
}

function readFlag(node: Node): boolean | undefined {
  return node.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
}

function readScalar(node: Node): ScalarNode | undefined {
  return node.kind === "scalar" ? node : undefined;
}

export const text = (parent: Level, key: string): Field<string> => field(parent, key, readText);
export const integer = (parent: Level, key: string): Field<number> => field(parent, key, readInteger);
export const flag = (parent: Level, key: string): Field<boolean> => field(parent, key, readFlag);
/** Whatever scalar stands there: a quantity, or a value whose type is itself the question. */
export const scalar = (parent: Level, key: string): Field<ScalarNode> => field(parent, key, readScalar);

/** The object under a key. */
export function level(parent: Level, key: string): Level {
  const { patch, meant } = parent;
  const path = child(parent.path, key);
  const entry = parent.mapping && entryOf(parent.mapping, key);
  if (!entry) return { state: missing(parent, path), path, place: parent.place, patch, meant };
  const node = entry.value;
  if (entry.maybe) return { state: "unknown", path, place: node.place, patch, meant };
  if (node.kind === "mapping") return { state: "present", path, place: entry.key.place, mapping: node, patch, meant };
  if (isNull(node)) return { state: "absent", path, place: entry.key.place, patch, meant };
  return { state: "unknown", path, place: node.place, patch, meant };
}

function readSequence(node: Node): SequenceNode | undefined {
  return node.kind === "sequence" ? node : undefined;
}

function readWholeSequence(node: Node): SequenceNode | undefined {
  return node.kind === "sequence" && !node.open ? node : undefined;
}

function itemsOf<T>({ items }: SequenceNode, path: string, item: (node: Node, path: string, index: number) => T): readonly T[] {
  return items.map((node, index) => item(node, `${path}[${String(index)}]`, index));
}

/** A list under a key, item by item. An open list (a template adds items) is unknown. */
export function list<T>(parent: Level, key: string, item: (node: Node, path: string, index: number) => T): Field<readonly T[]> {
  const found = field(parent, key, readWholeSequence);
  if (found.state !== "present") return found;
  const { path, place, node, value } = found;
  return { state: "present", path, place, key: found.key, value: itemsOf(value, path, item), node };
}

/** Items that are there for certain, also of an open list: what a template adds is missing. */
export function writtenItems<T>(parent: Level, key: string, item: (node: Node, path: string, index: number) => T): readonly T[] {
  const found = field(parent, key, readSequence);
  if (found.state !== "present") return [];
  return itemsOf(found.value, found.path, item);
}

/** An item of a list as an object. */
export function itemLevel(node: Node, path: string, { patch, meant }: Surroundings): Level {
  if (node.kind !== "mapping") return { state: "unknown", path, place: node.place, patch, meant };
  return { state: "present", path, place: node.entries[0]?.key.place ?? node.place, mapping: node, patch, meant };
}

/** A list of strings; an item of another type is an unknown field. */
export function texts(parent: Level, key: string): Field<readonly Field<string>[]> {
  return list(parent, key, (node, path) => {
    const value = readText(node);
    if (value === undefined) {
      const templated = node.kind === "unknown" ? node.templated : undefined;
      return { state: "unknown", path, place: node.place, ...(templated ? { templated } : {}) };
    }
    return { state: "present", path, place: node.place, key: node.place, value, node };
  });
}

/** The keys written in a map, such as the names of annotations. */
export function keysOf({ mapping }: Level): readonly ScalarNode[] {
  return mapping ? mapping.entries.map(({ key }) => key) : [];
}

/** The place of `value.slice(from, to)` of a text, through quotes, folding and indentation. */
export function within(present: Present<string>, from: number, to: number): Place {
  return present.node.kind === "scalar" ? present.node.slice(from, to) : present.place;
}
