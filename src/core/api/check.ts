import { gateStages } from "../../../schemas/kubernetes.js";
import type { Place } from "../text/place.js";
import type { ErrorType, Fix } from "./finding.js";
import { rewritten } from "./rewrite.js";
import { closest, sameButForCase } from "./similar.js";
import { type Spot, spotOf, type Typed, type TypedObject } from "./typed.js";
import { minors } from "./versions.js";

/** One reason of the server to refuse an object: its type and its field are Kubernetes' own. */
export interface ApiError {
  readonly type: ErrorType;
  readonly field: string;
  readonly at: Place;
  /** One clause of fact, one of remedy. */
  readonly message: string;
  readonly fix?: Fix;
  /** It is the change that is refused, not the value: what differs from the live object. */
  readonly immutable?: string;
}

/** What makes the server drop the connection instead of answering. */
export interface Crash {
  readonly at: Place;
  readonly field: string;
  readonly message: string;
}

export type GateName = keyof typeof gateStages;

/** One run of the validation: for one minor, over one object. */
export interface Check {
  /** 36 of 1.36. */
  readonly minor: number;
  readonly kind: "Job" | "CronJob";
  readonly errors: ApiError[];
  /** Where the server's own code crashes. */
  readonly crashes: Crash[];
  /** Whether a server without flags has the gate on; gates that were taken out are on. */
  readonly on: (gate: GateName) => boolean;
}

const firstMinor = Number((minors[0] ?? "1.0").split(".")[1]);

/** `version` is a minor of the data: "1.34". */
export function checkFor(version: string, kind: Check["kind"]): Check {
  const minor = Number(version.split(".")[1]);
  const index = minor - firstMinor;
  return { minor, kind, errors: [], crashes: [], on: (gate) => /[A-Z]/.test(gateStages[gate].charAt(index)) };
}

function add(check: Check, type: ErrorType, { path, at }: Spot, message: string): void {
  check.errors.push({ type, field: path, at, message });
}

/** Something that must be there and is not: `required(check, spotOf(volume, "name"), "a volume needs a name; add one")`. */
export function required(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueRequired", spot, message);
}

export function invalid(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueInvalid", spot, message);
}

/** A value that a live object cannot change to; `fact` says what differs from it. */
export function immutable(check: Check, { path, at }: Spot, fact: string): void {
  const message = `${fact}; give the object a new name, or delete the old one first`;
  check.errors.push({ type: "FieldValueInvalid", field: path, at, message, immutable: fact });
}

export function forbidden(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueForbidden", spot, message);
}

export function duplicate(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueDuplicate", spot, message);
}

/** A reference to something that this object does not have: a mount of no volume. */
export function notFound(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueNotFound", spot, message);
}

export function tooLong(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueTooLong", spot, message);
}

export function tooMany(check: Check, spot: Spot, message: string): void {
  add(check, "FieldValueTooMany", spot, message);
}

export function crash(check: Check, { path: field, at }: Spot, message: string): void {
  check.crashes.push({ field, at, message });
}

/** What the server could not work out, and refuses as its own fault. */
export function internal(check: Check, spot: Spot, message: string): void {
  add(check, "InternalError", spot, message);
}

/** A text that is none of a closed set; a misspelt one gets a fix. `at` is the value. */
export function notSupported(check: Check, value: Spot | Typed, name: string, values: readonly string[]): void {
  const { path: field, at } = value;
  const node = "kind" in value && value.kind === "scalar" ? value.node : undefined;
  const text = node?.text ?? "";
  const spelt = sameButForCase(text, values);
  const meant = spelt ?? closest(text, values);
  const message = `${name} ${clipped(text)} is not supported; use ${meant ?? listed(values)}`;
  const fix = node && meant !== undefined ? { fix: rewritten(node, meant, `write ${meant}`, spelt !== undefined) } : {};
  check.errors.push({ type: "FieldValueNotSupported", field, at, message, ...fix });
}

/** A text of the manifest in a message: quoted, not too long. */
export function clipped(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** "A, B or C". */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}

/** 0 is accepted, and then nothing ever runs. */
const uselessAtZero: ReadonlySet<string> = new Set(["activeDeadlineSeconds", "startingDeadlineSeconds"]);

/** The number of a field within bounds, or else `Invalid`. Unknown and absent numbers pass. */
export function checkBounds(check: Check, object: TypedObject, name: string, minimum: number, maximum = Infinity): void {
  const field = object.fields.get(name);
  if (field?.kind !== "scalar" || (typeof field.value !== "number" && typeof field.value !== "bigint")) return;
  if (field.value >= minimum && field.value <= maximum) return;
  const range = maximum === Infinity ? `at least ${String(minimum)}` : `between ${String(minimum)} and ${String(maximum)}`;
  const least = minimum === 0 && uselessAtZero.has(name) ? "leave it out or write 1 or more" : `write ${String(minimum)} or more`;
  const remedy = maximum === Infinity ? least : "write a number in that range";
  invalid(check, spotOf(object, name), `${name} is ${String(field.value)}, but must be ${range}; ${remedy}`);
}

/** A list of at most so many items, or else `TooMany`. */
export function checkCount(check: Check, object: TypedObject, name: string, most: number): void {
  const field = object.fields.get(name);
  if (field?.kind !== "list" || field.items.length <= most) return;
  tooMany(check, field, `${name} has ${String(field.items.length)} items, but at most ${String(most)} are allowed; remove some`);
}
