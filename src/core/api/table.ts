import { types } from "../../../schemas/kubernetes.js";
import { type Enforced, enforcedOn, requiredBeyond } from "./enforced.js";
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

/** A type; its fields are read from their lines when somebody asks for them. */
export interface ObjectType {
  readonly name: string;
  /** The lines of each field, newest last. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly specs: Map<string, FieldSpec>;
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

function linesByField(name: string): ReadonlyMap<string, readonly string[]> {
  linesByType ??= indexLines();
  const lines = new Map<string, string[]>();
  for (const line of linesByType.get(name) ?? []) {
    const field = line.slice(1, line.indexOf(" ", 1));
    const older = lines.get(field);
    if (older) older.push(line);
    else lines.set(field, [line]);
  }
  return lines;
}

/** A type by its name in Kubernetes' Go code. */
export function typeNamed(name: string): ObjectType {
  const known = parsed.get(name);
  if (known) return known;
  const lines = linesByField(name);
  const required: FieldSpec[] = [];
  const type: ObjectType = { name, lines, specs: new Map(), required };
  parsed.set(name, type);
  const also = requiredBeyond(name);
  for (const [field, [line = ""]] of lines) {
    if (!line.includes(" required") && !also.includes(field)) continue;
    const spec = fieldOf(type, field);
    if (spec && (spec.required !== 0 || spec.requiredInCronJob !== 0)) required.push(spec);
  }
  return type;
}

export function fieldOf(type: ObjectType, name: string): FieldSpec | undefined {
  const known = type.specs.get(name);
  if (known) return known;
  let spec: FieldSpec | undefined;
  for (const line of type.lines.get(name) ?? []) {
    const older = spec;
    spec = parseField(type.name, line);
    if (older) spec = { ...spec, older };
  }
  if (spec) type.specs.set(name, spec);
  return spec;
}

export function hasField(type: ObjectType, name: string): boolean {
  return type.lines.has(name);
}

export function fieldNames(type: ObjectType): Iterable<string> {
  return type.lines.keys();
}

export function fieldsOf(type: ObjectType): readonly FieldSpec[] {
  return [...type.lines.keys()].flatMap((name) => fieldOf(type, name) ?? []);
}

/** The names of all types of the table. */
export function typeNames(): readonly string[] {
  linesByType ??= indexLines();
  return [...linesByType.keys()];
}
