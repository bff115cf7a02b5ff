import { type Check, invalid } from "../check.js";
import { entrySpot, type Spot, type Typed, type TypedMap, type TypedObject } from "../typed.js";
import { validateTolerations } from "./tolerations.js";

/** An annotation from before pods had tolerations; servers still read it. */
export const tolerationsKey = "scheduler.alpha.kubernetes.io/tolerations";

const fields = ["key", "operator", "value", "effect", "tolerationSeconds"] as const;

/** Source: ValidateTolerationsInPodAnnotations in pkg/apis/core/validation/validation.go */
export function checkTolerationsAnnotation(check: Check, annotations: TypedMap, value: string): void {
  if (value === "") return;
  const { at } = entrySpot(annotations, tolerationsKey);
  const path = `${annotations.path}.${tolerationsKey}`;
  const items = listOfJson(value)?.map((item, index) => tolerationOf(item, { path: `${path}[${String(index)}]`, at }));
  if (!items || items.includes(undefined)) {
    invalid(check, { path: annotations.path, at }, "the annotation is no JSON list of tolerations; write spec.tolerations instead");
    return;
  }
  const list: Typed = { kind: "list", path, at, items: items.flatMap((item) => item ?? []), whole: true };
  validateTolerations(check, objectWith(new Map([["tolerations", list]]), { path: annotations.path, at }, "PodSpec"));
}

function listOfJson(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? [] : Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Go matches names of fields in any case, passes over others and null, and refuses a value of another type. */
function tolerationOf(item: unknown, spot: Spot): TypedObject | undefined {
  if (item !== null && (typeof item !== "object" || Array.isArray(item))) return undefined;
  const known = new Map<string, Typed>();
  for (const [written, value] of Object.entries<unknown>({ ...item })) {
    const name = fields.find((field) => field.toLowerCase() === written.toLowerCase());
    if (name === undefined || value === null) continue;
    const isRight = name === "tolerationSeconds" ? Number.isInteger(value) : typeof value === "string";
    if (!isRight || (typeof value !== "string" && typeof value !== "number")) return undefined;
    known.set(name, { kind: "scalar", path: `${spot.path}.${name}`, at: spot.at, value });
  }
  return objectWith(known, spot, "Toleration");
}

function objectWith(known: Map<string, Typed>, { path, at }: Spot, type: string): TypedObject {
  return { kind: "object", type, path, at, anchor: at, fields: known, whole: true, nulls: undefined };
}
