import { type Check, clipped, invalid, listed, notSupported, required } from "../check.js";
import type { NameFault } from "../names.js";
import { type Spot, spotOf, textOf, type TypedObject } from "../typed.js";

/** A text that must be a good name, wherever it stands. `what` names it in the message. */
export function checkNameAt(check: Check, spot: Spot, what: string, text: string, faultOf: (text: string) => NameFault): void {
  const fault = faultOf(text);
  if (fault !== undefined) invalid(check, spot, `${what} ${clipped(text)} ${fault}; correct it`);
}

/** A name that Go holds as a plain string: empty is the same as not set, and passes. */
export function checkName(check: Check, object: TypedObject, name: string, faultOf: (text: string) => NameFault): void {
  const text = textOf(object, name);
  if (text !== undefined && text !== "") checkNameAt(check, spotOf(object, name), name, text, faultOf);
}

/** A name that Go holds as a pointer: what is written must be good, the empty text too. */
export function checkSetName(check: Check, object: TypedObject, name: string, faultOf: (text: string) => NameFault): void {
  const text = textOf(object, name);
  if (text !== undefined) checkNameAt(check, spotOf(object, name), name, text, faultOf);
}

/** What the server says of an empty text: that it is none of the values, or that one is missing. */
type Blank = "none" | "missing";

/** A known text must be one of these. */
export function checkChoice(check: Check, object: TypedObject, name: string, values: readonly string[], blank: Blank = "none"): void {
  const field = object.fields.get(name);
  if (field?.kind !== "scalar" || typeof field.value !== "string" || values.includes(field.value)) return;
  if (field.value === "" && blank === "missing") required(check, field, `${name} is empty; write ${listed(values)}`);
  else notSupported(check, field, name, values);
}
