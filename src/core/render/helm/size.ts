import type { Value } from "./value.js";

/** Values of a value, and characters of a text, that functions work on: no chart comes near. */
const mostValues = 50_000;
const longestText = 500_000;

/** Whether a value is so large that nobody wrote it: values that hold each other several times grow with every level. */
export function isTooLarge(value: Value): boolean {
  if (value.kind === "text") return lengthOf(value) > longestText;
  if (value.kind !== "list" && value.kind !== "dict") return false;
  let count = 0;
  let characters = 0;
  const open: Value[] = [value];
  for (let one = open.pop(); one; one = open.pop()) {
    if (one.kind === "text") characters += lengthOf(one);
    if (++count > mostValues || characters > longestText) return true;
    if (one.kind === "list") for (const item of one.items) open.push(item);
    if (one.kind === "dict") for (const item of one.entries.values()) open.push(item);
  }
  return false;
}

function lengthOf({ pieces }: Value & { readonly kind: "text" }): number {
  let length = 0;
  for (const { text } of pieces) length += text.length + 1;
  return length;
}
