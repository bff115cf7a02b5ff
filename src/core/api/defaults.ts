import type { Check } from "./check.js";
import type { TypedObject } from "./typed.js";

/** Fills in what the server fills in before it validates. */
export function applyDefaults(_check: Check, _object: TypedObject): void {}
