import { isBlank, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";

/** The name that an object has once it is made. */
export interface ObjectName extends Spot {
  /** Empty where there is neither a name nor a generateName. */
  readonly text: string;
}

/** What the server appends is random, always five of these characters. Source: k8s.io/apiserver/pkg/storage/names/generate.go */
const suffix = "zzzzz";
const longestPrefix = 63 - suffix.length;

/** Undefined where a template decides. The random end of a generated name is shown as zzzzz. */
export function objectName(metadata: TypedObject): ObjectName | undefined {
  const spot = spotOf(metadata, "name");
  const name = textOf(metadata, "name");
  if (name !== undefined && name !== "") return { ...spot, text: name };
  if (!isBlank(metadata, "name")) return undefined;
  const prefix = textOf(metadata, "generateName");
  if (prefix === undefined || prefix === "") return isBlank(metadata, "generateName") ? { ...spot, text: "" } : undefined;
  return { path: spot.path, at: spotOf(metadata, "generateName").at, text: `${prefix.slice(0, longestPrefix)}${suffix}` };
}
