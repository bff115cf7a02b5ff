import { type FieldType, fieldOf, typeNamed } from "../../src/core/api/table.js";
import type { Entry, Tree } from "./tree.js";

/** A value within a manifest, and what the table says that it is. */
export interface Place {
  readonly value: Tree;
  readonly type: FieldType;
  /** The type that has the field, and its name: "Container", "env". */
  readonly owner: string;
  readonly field: string;
  /** What the value stands in; neither at the root. */
  readonly entry?: Entry;
  readonly among?: Entry[];
  readonly list?: Tree[];
}

type Below = Omit<Place, "value" | "type" | "owner" | "field">;

/** Every value of a manifest that the table knows. */
export function placesIn(root: Tree, kind: string): Place[] {
  const found: Place[] = [];
  function add(value: Tree, type: FieldType, owner: string, field: string, below: Below): void {
    found.push({ value, type, owner, field, ...below });
    if (value.kind === "list" && type.shape === "list") {
      for (const item of value.items) add(item, type.of, owner, field, { list: value.items });
    }
    if (value.kind !== "map") return;
    for (const entry of value.entries) {
      const within = { entry, among: value.entries };
      const spec = type.shape === "object" ? fieldOf(typeNamed(type.name), entry.key) : undefined;
      if (type.shape === "map") add(entry.value, type.of, owner, field, within);
      else if (spec && type.shape === "object") add(entry.value, spec.type, type.name, spec.name, within);
    }
  }
  add(root, { shape: "object", name: kind }, "", "", {});
  return found;
}

/** Puts another value where this one stands. */
export function put({ entry, list, value }: Place, other: Tree): void {
  if (entry) entry.value = other;
  else if (list) list.splice(list.indexOf(value), 1, other);
}

export function remove({ entry, among, list, value }: Place): void {
  if (entry && among) among.splice(among.indexOf(entry), 1);
  else if (list) list.splice(list.indexOf(value), 1);
}
