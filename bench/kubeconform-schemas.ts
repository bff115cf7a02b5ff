/** Kubernetes' OpenAPI document as the JSON Schemas that kubeconform reads: one closed file for each kind, strict. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}

type Definitions = Readonly<Record<string, Schema>>;

const kinds = { job: "io.k8s.api.batch.v1.Job", cronjob: "io.k8s.api.batch.v1.CronJob" };

/** Writes the schemas and returns the value of kubeconform's `-schema-location`. */
export function writeSchemas(openApiFile: string, folder: string): string {
  const { definitions } = JSON.parse(readFileSync(openApiFile, "utf8")) as { definitions: Definitions };
  mkdirSync(folder, { recursive: true });
  for (const [kind, name] of Object.entries(kinds)) {
    writeFileSync(join(folder, `${kind}-batch-v1.json`), JSON.stringify(closed({ $ref: `#/definitions/${name}` }, definitions)));
  }
  return join(folder, "{{ .ResourceKind }}{{ .KindSuffix }}.json");
}

function closed(schema: Schema, definitions: Definitions): unknown {
  if (schema.$ref !== undefined) return closed(definitions[schema.$ref.replace("#/definitions/", "")] ?? {}, definitions);
  if (schema.format === "int-or-string") return { oneOf: [{ type: "string" }, { type: "integer" }] };
  const { type, required, properties, items, additionalProperties } = schema;
  const names = Object.entries(properties ?? {});
  return {
    ...(type === undefined ? {} : { type }),
    ...(required === undefined ? {} : { required }),
    ...(items === undefined ? {} : { items: closed(items, definitions) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: closed(additionalProperties, definitions) }),
    ...(names.length === 0 ? {} : { additionalProperties: false, properties: optionalAsNull(names, required ?? [], definitions) }),
  };
}

/** The API server takes null for a field that is not set. */
function optionalAsNull(names: readonly (readonly [string, Schema])[], required: readonly string[], definitions: Definitions): unknown {
  const entries = names.map(([name, schema]) => {
    const own = closed(schema, definitions) as { type?: string };
    return [name, required.includes(name) || own.type === undefined ? own : { ...own, type: [own.type, "null"] }];
  });
  return Object.fromEntries(entries);
}
