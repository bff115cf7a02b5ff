import type { Source } from "../text/place.js";

/** A text as it is, an object as the JSON that its places refer to. Throws a TypeError for what is neither. */
export function sourceOf(input: string | object, name = "manifest.yaml"): Source {
  if (typeof input === "string") return { name, text: input };
  const what = wrongKind(input);
  if (what !== undefined) throw new TypeError(`a manifest is a text, an object or an array of objects, not ${what}`);
  return { name, text: jsonOf(input) };
}

/** Callers without types may hand over anything. */
function wrongKind(input: unknown): string | undefined {
  if (input === null || typeof input !== "object") return input === null ? "null" : typeof input;
  const odd = Array.isArray(input) ? input.findIndex((item) => typeof item !== "object" || item === null) : -1;
  return odd < 0 ? undefined : `an array whose item ${odd} is none`;
}

function jsonOf(input: object): string {
  if (!Array.isArray(input)) return JSON.stringify(input, jsonValue, 2);
  return JSON.stringify({ apiVersion: "v1", kind: "List", items: input }, jsonValue, 2);
}

/** JSON has no big integers, and a number is what the API server reads them as. */
function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
