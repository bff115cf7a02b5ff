import { type Notation, type PlainValue, scalarText } from "./scalar-text.js";

/** A value to be written: a list or an object stands on one line, in brackets. */
export type NewValue = PlainValue | readonly NewValue[] | { readonly [key: string]: NewValue };

/** A value as it is written in a manifest. */
export function valueText(value: NewValue, notation: Notation): string {
  if (typeof value !== "object") return scalarText(value, notation);
  const inside = { ...notation, flow: true };
  if (isList(value)) return `[${value.map((item) => valueText(item, inside)).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${scalarText(key, inside)}: ${valueText(item, inside)}`);
  return `{ ${entries.join(", ")} }`;
}

function isList(value: object): value is readonly NewValue[] {
  return Array.isArray(value);
}
