import { types } from "../../../schemas/kubernetes.js";
import { type Enforced, enforcedOn } from "./enforced.js";
import { allVersions, type Versions, versionsBetween } from "./versions.js";

/** What a field holds: a scalar by its name in the table, another type, or a list or map of such. */
export type FieldType =
  | { readonly shape: "scalar"; readonly name: ScalarName }
  | { readonly shape: "object"; readonly name: string }
  | { readonly shape: "list"; readonly of: FieldType }
  | { readonly shape: "map"; readonly of: FieldType };

const scalarNames = ["string", "int32", "int64", "bool", "quantity", "intOrString", "time", "raw"] as const;
export type ScalarName = (typeof scalarNames)[number];

export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  /** The minors that know it. */
  readonly versions: Versions;
  /** Those that reject an object without it. */
  readonly required: Versions;
  /** Those that do so inside a CronJob only. */
  readonly requiredInCronJob: Versions;
  readonly enforced: Enforced;
  /** Keys that tell the items of a list apart. */
  readonly keys: readonly string[];
  /** The same name with another type in older minors. */
  readonly older?: FieldSpec;
}

export interface ObjectType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldSpec>;
  readonly required: readonly FieldSpec[];
}

let linesByType: ReadonlyMap<string, readonly string[]> | undefined;
const parsed = new Map<string, ObjectType>();

function indexLines(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  let fields: string[] = [];
  for (const line of types.split("\n")) {
    if (line.startsWith(" ")) fields.push(line);
    else if (line !== "") index.set(line, (fields = []));
  }
  return index;
}

function isScalar(name: string): name is ScalarName {
  return scalarNames.some((scalar) => scalar === name);
}

function parseType(text: string): FieldType {
  if (text.startsWith("[]")) return { shape: "list", of: parseType(text.slice(2)) };
  if (text.startsWith("{}")) return { shape: "map", of: parseType(text.slice(2)) };
  return isScalar(text) ? { shape: "scalar", name: text } : { shape: "object", name: text };
}

/** ` name type in=25-36 required=25-30 keys=name merge=name` */
function parseField(type: string, line: string): FieldSpec {
  const [name = "", text = "", ...attributes] = line.slice(1).split(" ");
  let versions = allVersions;
  let required = 0;
  let keys: readonly string[] = [];
  for (const attribute of attributes) {
    const [key, value = ""] = attribute.split("=");
    if (key === "in") versions = versionsBetween(value);
    if (key === "keys") keys = value.split(",");
    if (key === "required") required = value === "" ? versions : versionsBetween(value);
  }
  const enforced = enforcedOn(`${type}.${name}`);
  if (enforced.required) required = versions;
  if (enforced.notRequired) required = 0;
  const requiredInCronJob = enforced.requiredInCronJob & versions;
  return { name, type: parseType(text), versions, required, requiredInCronJob, enforced, keys };
}

/** A type by its name in Kubernetes' Go code. */
export function typeNamed(name: string): ObjectType {
  const known = parsed.get(name);
  if (known) return known;
  linesByType ??= indexLines();
  const fields = new Map<string, FieldSpec>();
  for (const line of linesByType.get(name) ?? []) {
    const field = parseField(name, line);
    const older = fields.get(field.name);
    fields.set(field.name, older ? { ...field, older } : field);
  }
  const required = [...fields.values()].filter((field) => field.required !== 0 || field.requiredInCronJob !== 0);
  const type: ObjectType = { name, fields, required };
  parsed.set(name, type);
  return type;
}

/** The names of all types of the table. */
export function typeNames(): readonly string[] {
  linesByType ??= indexLines();
  return [...linesByType.keys()];
}
