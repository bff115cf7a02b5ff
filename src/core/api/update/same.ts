import { amountOf } from "../amount.js";
import { fieldOf, type FieldType, typeNamed } from "../table.js";
import type { Typed, TypedList, TypedMap, TypedObject } from "../typed.js";
import { isInline, isPointer } from "./pointers.js";

/** What the server does not compare: copied into another field, or written anew. */
const ignored: ReadonlySet<string> = new Set(["PodSpec.serviceAccount"]);

/**
 * Whether two decoded and defaulted objects are the same to the server; undefined where something unknown decides. Equal quantities
 * are the same, and so are nothing and an empty list. Source: Semantic.DeepEqual in k8s.io/apimachinery/pkg/api/equality
 */
export function isSame(left: Typed | undefined, right: Typed | undefined, of?: FieldType): boolean | undefined {
  if (left === right) return true;
  if (left === undefined || right === undefined) return isNothing(left ?? right);
  if (left.kind === "unknown" || right.kind === "unknown") return undefined;
  if (left.kind === "object" && right.kind === "object") return sameObjects(left, right);
  if (left.kind === "list" && right.kind === "list") return sameLists(left, right, of);
  if (left.kind === "map" && right.kind === "map") return sameMaps(left, right, of);
  if (left.kind !== "scalar" || right.kind !== "scalar") return false;
  if (of?.shape === "scalar" && of.name === "quantity") return amountOf(left) === amountOf(right);
  if (typeof left.value === "bigint" || typeof right.value === "bigint") return String(left.value) === String(right.value);
  return left.value === right.value;
}

/** An empty list or map. Whether a scalar or an object counts as nothing is said by its field. */
function isNothing(typed: Typed | undefined): boolean | undefined {
  if (typed === undefined) return true;
  if (typed.kind === "unknown") return undefined;
  if (typed.kind === "list") return typed.items.length > 0 ? false : typed.whole || undefined;
  if (typed.kind === "map") return typed.entries.size > 0 ? false : typed.whole || undefined;
  return false;
}

function both(results: Iterable<boolean | undefined>): boolean | undefined {
  let known: boolean | undefined = true;
  for (const result of results) {
    if (result === false) return false;
    if (result === undefined) known = undefined;
  }
  return known;
}

function sameObjects(left: TypedObject, right: TypedObject): boolean | undefined {
  const names = new Set([...left.fields.keys(), ...right.fields.keys()]);
  const whole = left.whole && right.whole;
  return both([...names].map((name) => sameFields(left, right, name, whole)));
}

function sameFields(left: TypedObject, right: TypedObject, name: string, whole: boolean): boolean | undefined {
  if (ignored.has(`${left.type}.${name}`)) return true;
  const one = left.fields.get(name);
  const other = right.fields.get(name);
  const type = fieldOf(typeNamed(left.type), name)?.type;
  if (one && other) return isSame(one, other, type);
  const only = one ?? other;
  if (!whole) return undefined;
  return isZero(only, type) && isZeroField(left.type, name, only) ? true : isSame(one, other, type);
}

function isZeroField(type: string, name: string, field: Typed | undefined): boolean {
  return field?.kind === "object" ? isInline(type, name) : !isPointer(type, name);
}

function isZero(field: Typed | undefined, type: FieldType | undefined): boolean {
  if (field?.kind === "object")
    return field.whole && [...field.fields].every(([name, value]) => isZero(value, undefined) && isZeroField(field.type, name, value));
  if (field?.kind === "list") return field.whole && field.items.length === 0;
  if (field?.kind === "map") return field.whole && field.entries.size === 0;
  if (field?.kind !== "scalar") return false;
  if (type?.shape === "scalar" && type.name === "quantity") return amountOf(field) === 0n;
  return field.value === "" || field.value === 0 || field.value === false || field.value === 0n;
}

function sameLists(left: TypedList, right: TypedList, of: FieldType | undefined): boolean | undefined {
  if (!left.whole || !right.whole) return undefined;
  if (left.items.length !== right.items.length) return false;
  const item = of?.shape === "list" ? of.of : undefined;
  return both(left.items.map((one, index) => isSame(one, right.items[index], item)));
}

function sameMaps(left: TypedMap, right: TypedMap, of: FieldType | undefined): boolean | undefined {
  const value = of?.shape === "map" ? of.of : undefined;
  const names = new Set([...left.entries.keys(), ...right.entries.keys()]);
  return both(
    [...names].map((name) => {
      const one = left.entries.get(name);
      const other = right.entries.get(name);
      if (one && other) return isSame(one, other, value);
      return left.whole && right.whole ? false : undefined;
    }),
  );
}
