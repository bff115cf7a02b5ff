import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

/** The valid volumes of a pod by name; undefined when a template may bring more. */
export type Volumes = ReadonlyMap<string, TypedObject> | undefined;

export function validateVolumes(_check: Check, _pod: TypedObject): Volumes {
  return new Map();
}
