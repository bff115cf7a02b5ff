import { numberOf, spotOf, textOf, type TypedObject } from "./typed.js";

/** The text of a field as the server holds it, where one that is not written is empty; undefined for what a template hides. */
export function textOrEmpty(object: TypedObject, name: string): string | undefined {
  return object.whole && !object.fields.has(name) ? "" : textOf(object, name);
}

/** The number of a field as the server holds it, where one that is not written is 0; undefined for what a template hides. */
export function numberOrZero(object: TypedObject, name: string): number | undefined {
  return object.whole && !object.fields.has(name) ? 0 : numberOf(object, name);
}

/** An object that Go holds by value: there with nothing in it, if it is not written; undefined for what a template hides. */
export function heldObject(owner: TypedObject, name: string, type: string): TypedObject | undefined {
  const field = owner.fields.get(name);
  if (field) return field.kind === "object" ? field : undefined;
  if (!owner.whole) return undefined;
  const { path, at } = spotOf(owner, name);
  return { kind: "object", type, path, at, anchor: at, fields: new Map(), whole: true, nulls: undefined };
}
