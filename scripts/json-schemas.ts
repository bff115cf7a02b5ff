import { restartPolicies } from "../schemas/enforced.js";
import { descriptions } from "../schemas/descriptions.js";
import { fieldsOf, type FieldSpec, type FieldType, type ScalarName, typeNamed } from "../src/core/api/table.js";
import { newestVersion } from "../src/core/api/versions.js";

type Schema = Readonly<Record<string, unknown>>;

/** Definitions by name; `checked: false` is the same type where the server decodes it and looks no further. */
interface Definitions {
  readonly done: Map<string, Schema>;
}

const quantity = String.raw`^\s*[+-]?[0-9]*(\.[0-9]*)?([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,18})?\s*$`;
const timestamp = String.raw`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`;

const scalars: Readonly<Record<ScalarName, Schema>> = {
  string: { type: "string" },
  bool: { type: "boolean" },
  int32: { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  // JSON has no exact bounds of 64 bits.
  int64: { type: "integer" },
  quantity: { type: ["string", "number"], pattern: quantity, minLength: 1 },
  intOrString: { type: ["string", "integer"] },
  time: { type: "string", pattern: timestamp },
  raw: {},
};

/** Null is the same as not written, for every field that need not be there. */
function orNull(schema: Schema): Schema {
  const { type, enum: values } = schema;
  if (type === undefined) return schema;
  const types = [...(Array.isArray(type) ? (type as readonly unknown[]) : [type]), "null"];
  return { ...schema, type: types, ...(Array.isArray(values) ? { enum: [...(values as readonly unknown[]), null] } : {}) };
}

function enforced(schema: Schema, { enforced: rules, name }: FieldSpec, type: string): Schema {
  const { values, minimum, maximum, gatedValues } = rules;
  const ownValues = type === "Container" && name === "restartPolicy" ? restartPolicies.later.values : values;
  const allowed = ownValues?.filter((value) => ((gatedValues?.get(value)?.off ?? 0) & newestVersion) === 0);
  return {
    ...schema,
    ...(allowed && schema.type === "string" ? { enum: allowed } : {}),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

interface Slot {
  readonly field: FieldSpec;
  /** The type that has the field. */
  readonly owner: string;
  readonly checked: boolean;
}

function valueSchema(definitions: Definitions, type: FieldType, slot: Slot): Schema {
  const { field, owner, checked } = slot;
  switch (type.shape) {
    case "scalar":
      return checked ? enforced(scalars[type.name], field, owner) : scalars[type.name];
    case "object":
      return { $ref: `#/definitions/${define(definitions, type.name, checked)}` };
    case "list":
      return { type: "array", items: itemSchema(definitions, type.of, slot) };
    case "map":
      return { type: "object", additionalProperties: orNull(valueSchema(definitions, type.of, slot)) };
  }
}

/** An empty item is an object without its fields: fine as long as it needs none. */
function itemSchema(definitions: Definitions, type: FieldType, slot: Slot): Schema {
  const schema = valueSchema(definitions, type, slot);
  if (type.shape !== "object" || !slot.checked || typeNamed(type.name).required.length === 0) return orNull(schema);
  return { allOf: [schema], type: "object" };
}

function present(schema: Schema): Schema {
  if (typeof schema.$ref === "string") return { allOf: [schema], type: "object" };
  if (schema.type === "array") return { ...schema, minItems: 1 };
  const text = schema.type === "string" || (Array.isArray(schema.type) && schema.type.includes("string"));
  return text && schema.enum === undefined ? { ...schema, minLength: 1 } : schema;
}

function described(schema: Schema, key: string): Schema {
  const description = descriptions[key];
  if (description === undefined) return schema;
  // Draft 7 ignores what stands beside $ref.
  return typeof schema.$ref === "string" ? { description, allOf: [schema] } : { description, ...schema };
}

/** Adds the definition of a type, and of all it needs; returns its name. */
function define(definitions: Definitions, type: string, checked: boolean): string {
  const name = checked ? type : `${type}.unchecked`;
  if (definitions.done.has(name)) return name;
  definitions.done.set(name, {});
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const field of fieldsOf(typeNamed(type))) {
    if ((field.versions & newestVersion) === 0) continue;
    // What a server drops it does not look at either.
    const lost = field.enforced.unvalidated | (field.enforced.gate?.off ?? 0);
    const inner = checked && (lost & newestVersion) === 0;
    const schema = valueSchema(definitions, field.type, { field, owner: type, checked: inner });
    const needed = checked && (field.required & newestVersion) !== 0;
    if (needed) required.push(field.name);
    properties[field.name] = described(needed ? present(schema) : orNull(schema), `${type}.${field.name}`);
  }
  const needs = required.length > 0 ? { required } : {};
  definitions.done.set(name, { type: ["object", "null"], additionalProperties: false, ...needs, properties });
  return name;
}

const nameNeeded: Schema = {
  type: "object",
  anyOf: ["name", "generateName"].map((key) => ({ required: [key], properties: { [key]: { type: "string", minLength: 1 } } })),
};

function rootSchema(definitions: Definitions, kind: "Job" | "CronJob"): Schema {
  const name = define(definitions, kind, true);
  return {
    allOf: [{ $ref: `#/definitions/${name}` }],
    type: "object",
    required: ["apiVersion", "kind", "metadata", "spec"],
    properties: { apiVersion: { const: "batch/v1" }, kind: { const: kind }, metadata: nameNeeded },
  };
}

function document(title: string, root: Schema, { done }: Definitions): string {
  const sorted = [...done].sort(([a], [b]) => (a < b ? -1 : 1));
  const definitions = sorted.map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  const head = { $schema: "http://json-schema.org/draft-07/schema#", title, ...root };
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "definitions": {\n${definitions.join(",\n")}\n  }\n}\n`;
}

function single(kind: "Job" | "CronJob"): string {
  const definitions: Definitions = { done: new Map() };
  return document(`Kubernetes ${kind}, batch/v1`, rootSchema(definitions, kind), definitions);
}

function either(): string {
  const definitions: Definitions = { done: new Map() };
  const root = {
    type: "object",
    required: ["kind"],
    properties: { kind: { enum: ["CronJob", "Job"] } },
    if: { properties: { kind: { const: "CronJob" } } },
    then: rootSchema(definitions, "CronJob"),
    else: rootSchema(definitions, "Job"),
  };
  return document("Kubernetes Job or CronJob, batch/v1", root, definitions);
}

/** The JSON Schemas for editors, of the newest minor in the table. A producer of scripts/generated.ts. */
export function jsonSchemas(): readonly { readonly path: string; readonly content: string }[] {
  return [
    { path: "schemas/cronjob.schema.json", content: single("CronJob") },
    { path: "schemas/job.schema.json", content: single("Job") },
    { path: "schemas/kronlint.schema.json", content: either() },
  ];
}
