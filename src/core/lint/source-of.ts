import type { Source } from "../text/place.js";

/** A text as it is, an object as the JSON that its places refer to. */
export function sourceOf(input: string | object, name = "manifest.yaml"): Source {
  if (typeof input === "string") return { name, text: input };
  return { name, text: JSON.stringify(input, jsonValue, 2) };
}

/** JSON has no big integers, and a number is what the API server reads them as. */
function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
