import type { ScalarNode } from "../read/node.js";
import type { Place } from "../text/place.js";

/**
 * A manifest as one minor of the server decodes it: only fields that this minor knows, null gone, values of the right type. What a
 * template hides, and what has a wrong type, is unknown: nothing is said about it.
 */
export type Typed = TypedObject | TypedList | TypedMap | TypedScalar | TypedUnknown;

/** A field to point at: Kubernetes' own path, and where a reader should look. */
export interface Spot {
  /** `spec.template.spec.containers[0].image`; empty at the root. */
  readonly path: string;
  /** The value; for something that is not written, the nearest key that is. */
  readonly at: Place;
}

export interface TypedObject extends Spot {
  readonly kind: "object";
  /** The name of the type in Kubernetes' Go code: `PodSpec`. */
  readonly type: string;
  readonly fields: Map<string, Typed>;
  /** The key that opens it, or the first key of an item: where to point at for something missing in it. */
  readonly anchor: Place;
  /** False in a patch and where a template may write more: an absent field is unknown. */
  readonly whole: boolean;
  /** Fields that are written as null. */
  readonly nulls: ReadonlyMap<string, Place> | undefined;
}

export interface TypedList extends Spot {
  readonly kind: "list";
  readonly items: readonly Typed[];
  readonly whole: boolean;
}

/** Labels, limits and the like: any key, values of one type. */
export interface TypedMap extends Spot {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Typed>;
  readonly keys: ReadonlyMap<string, Place>;
  readonly whole: boolean;
}

export interface TypedScalar extends Spot {
  readonly kind: "scalar";
  readonly value: string | number | bigint | boolean;
  /** Missing for a default of the server, and for an item that is null. */
  readonly node?: ScalarNode;
}

export interface TypedUnknown extends Spot {
  readonly kind: "unknown";
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A field of an object, written or not. */
export function spotOf(object: TypedObject, name: string): Spot {
  return object.fields.get(name) ?? { path: join(object.path, name), at: object.nulls?.get(name) ?? object.anchor };
}

/** An entry of a map by its key, as the server names it: `spec.template.spec.nodeSelector[disk]`. */
export function entrySpot(map: TypedMap, key: string): Spot {
  return { path: `${map.path}[${key}]`, at: map.entries.get(key)?.at ?? map.keys.get(key) ?? map.at };
}

/** The key itself, where it is the fault. */
export function keyPlace(map: TypedMap, key: string): Place {
  return map.keys.get(key) ?? map.at;
}

/** Certainly not set: Go's nil. False where a template may set it. */
export function isAbsent(object: TypedObject, name: string): boolean {
  return object.whole && !object.fields.has(name);
}

/** Written, templated or defaulted: Go's non-nil. */
export function isSet(object: TypedObject, name: string): boolean {
  return object.fields.has(name);
}

/** Certainly absent or the empty text: what Go cannot tell apart in a field that is no pointer. */
export function isBlank(object: TypedObject, name: string): boolean {
  const field = object.fields.get(name);
  if (field === undefined) return object.whole;
  return field.kind === "scalar" && field.value === "";
}

/** Certainly without items: absent, `[]` or `{}`. */
export function isEmpty(object: TypedObject, name: string): boolean {
  const field = object.fields.get(name);
  if (field === undefined) return object.whole;
  if (field.kind === "list") return field.whole && field.items.length === 0;
  return field.kind === "map" && field.whole && field.entries.size === 0;
}

/** A known text, also the empty one. */
export function textOf(object: TypedObject, name: string): string | undefined {
  const field = object.fields.get(name);
  return field?.kind === "scalar" && typeof field.value === "string" ? field.value : undefined;
}

/** A known whole number. */
export function numberOf(object: TypedObject, name: string): number | undefined {
  const field = object.fields.get(name);
  if (field?.kind !== "scalar") return undefined;
  return typeof field.value === "number" || typeof field.value === "bigint" ? Number(field.value) : undefined;
}

export function flagOf(object: TypedObject, name: string): boolean | undefined {
  const field = object.fields.get(name);
  return field?.kind === "scalar" && typeof field.value === "boolean" ? field.value : undefined;
}

export function objectOf(object: TypedObject, name: string): TypedObject | undefined {
  const field = object.fields.get(name);
  return field?.kind === "object" ? field : undefined;
}

export function mapOf(object: TypedObject, name: string): TypedMap | undefined {
  const field = object.fields.get(name);
  return field?.kind === "map" ? field : undefined;
}

export function listOf(object: TypedObject, name: string): TypedList | undefined {
  const field = object.fields.get(name);
  return field?.kind === "list" ? field : undefined;
}

/** The known items of a list of objects; each has its index in its path. */
export function objectsOf(object: TypedObject, name: string): readonly TypedObject[] {
  const list = listOf(object, name);
  return list ? list.items.filter((item) => item.kind === "object") : [];
}

/** A known text of a list. */
export interface TextItem extends Spot {
  readonly value: string;
}

/** The known texts of a list of texts. */
export function textsOf(object: TypedObject, name: string): readonly TextItem[] {
  const list = listOf(object, name);
  return list
    ? list.items.flatMap((item) => (item.kind === "scalar" && typeof item.value === "string" ? [{ ...item, value: item.value }] : []))
    : [];
}

/** The known texts of a map, by key. */
export function textEntries(map: TypedMap): readonly (readonly [key: string, value: string])[] {
  return [...map.entries].flatMap(([key, value]) =>
    value.kind === "scalar" && typeof value.value === "string" ? [[key, value.value] as const] : [],
  );
}

/** Whether something in a list, or its end, is a renderer's. */
export function isFullyKnown(list: TypedList): boolean {
  return list.whole && list.items.every((item) => item.kind !== "unknown");
}
