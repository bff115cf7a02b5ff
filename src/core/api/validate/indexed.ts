import { type Check, invalid, notSupported, required } from "../check.js";
import { isAbsent, isSet, numberOf, spotOf, textOf, type TypedObject } from "../typed.js";

/** Limits of Jobs whose pods have an index. Source: constants in pkg/apis/batch/validation/validation.go */
const limits = {
  parallelism: 100_000,
  maxFailedIndexes: 100_000,
  manyCompletions: 100_000,
  parallelismOfMany: 10_000,
  failedOfMany: 10_000,
} as const;

/** Whether the pods have an index; undefined where a template decides. */
export function isIndexed(spec: TypedObject): boolean | undefined {
  if (isAbsent(spec, "completionMode")) return false;
  const mode = textOf(spec, "completionMode");
  return mode === undefined ? undefined : mode === "Indexed";
}

/** completionMode and what depends on it. Source: validateJobSpec in pkg/apis/batch/validation/validation.go */
export function validateCompletionMode(check: Check, spec: TypedObject): void {
  const mode = textOf(spec, "completionMode");
  if (mode !== undefined && mode !== "NonIndexed" && mode !== "Indexed") {
    notSupported(check, spotOf(spec, "completionMode"), "completionMode", ["NonIndexed", "Indexed"]);
  }
  if (mode === "Indexed") validateIndexed(check, spec);
  if (mode !== "NonIndexed" && !isAbsent(spec, "completionMode")) return;
  for (const name of ["backoffLimitPerIndex", "maxFailedIndexes"]) {
    if (isSet(spec, name)) invalid(check, spotOf(spec, name), `${name} works with completionMode Indexed only; set that or remove ${name}`);
  }
}

function validateIndexed(check: Check, spec: TypedObject): void {
  if (isAbsent(spec, "completions")) {
    required(check, spotOf(spec, "completions"), "completionMode Indexed needs completions, the number of indexes; add it");
  }
  atMost(check, spec, "parallelism", limits.parallelism, "with completionMode Indexed");
  const completions = numberOf(spec, "completions");
  if (completions !== undefined) atMost(check, spec, "maxFailedIndexes", completions, "the number of completions");
  atMost(check, spec, "maxFailedIndexes", limits.maxFailedIndexes);
  if (completions === undefined || completions <= limits.manyCompletions || !isSet(spec, "backoffLimitPerIndex")) return;
  const many = `when completions is above ${String(limits.manyCompletions)} and backoffLimitPerIndex is set`;
  if (isAbsent(spec, "maxFailedIndexes")) required(check, spotOf(spec, "maxFailedIndexes"), `maxFailedIndexes is needed ${many}; add it`);
  atMost(check, spec, "parallelism", limits.parallelismOfMany, many);
  atMost(check, spec, "maxFailedIndexes", limits.failedOfMany, many);
}

function atMost(check: Check, spec: TypedObject, name: string, most: number, why = ""): void {
  const value = numberOf(spec, name);
  if (value === undefined || value <= most) return;
  const limit = why === "" ? String(most) : `${String(most)}, ${why}`;
  invalid(check, spotOf(spec, name), `${name} is ${String(value)}, but must be at most ${limit}; lower it`);
}
