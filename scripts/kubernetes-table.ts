/** An OpenAPI v2 property, as far as Kubernetes' document uses them. */
interface Property {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-patch-merge-key"?: string;
}

interface Definition {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

export type Definitions = Readonly<Record<string, Definition>>;

interface Release {
  readonly minor: number;
  readonly definitions: Definitions;
}

/** A field of one type: what it holds, the minors that know it, those that require it. */
interface Field {
  readonly type: string;
  readonly minors: number[];
  readonly required: number[];
  keys: readonly string[];
  mergeKey: string | undefined;
}

type Merged = Map<string, Map<string, Field[]>>;

const roots = ["io.k8s.api.batch.v1.CronJob", "io.k8s.api.batch.v1.Job"] as const;
const scalars: Readonly<Record<string, string>> = { Time: "time", Quantity: "quantity", IntOrString: "intOrString", FieldsV1: "raw" };

const shortName = (reference: string): string => reference.slice(reference.lastIndexOf(".") + 1);
const definitionName = (reference: string): string => reference.slice(reference.lastIndexOf("/") + 1);

function typeText(property: Property, reach: (name: string) => void): string {
  if (property.$ref !== undefined) {
    const short = shortName(property.$ref);
    const scalar = scalars[short];
    if (scalar !== undefined) return scalar;
    reach(definitionName(property.$ref));
    return short;
  }
  if (property.items) return `[]${typeText(property.items, reach)}`;
  if (property.additionalProperties) return `{}${typeText(property.additionalProperties, reach)}`;
  if (property.type === "integer") return property.format ?? "int64";
  if (property.type === "boolean") return "bool";
  if (property.type === "string") return property.format === "byte" ? "bytes" : "string";
  throw new Error(`a property of an unknown kind: ${JSON.stringify(property)}`);
}

function addField(fields: Map<string, Field[]>, name: string, type: string): Field {
  const variants = fields.get(name) ?? [];
  fields.set(name, variants);
  const known = variants.find((field) => field.type === type);
  if (known) return known;
  const field: Field = { type, minors: [], required: [], keys: [], mergeKey: undefined };
  variants.push(field);
  return field;
}

function addRelease(merged: Merged, { minor, definitions }: Release): void {
  const queue: string[] = [...roots];
  const seen = new Set(queue);
  const reach = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    queue.push(name);
  };
  for (const name of queue) {
    const definition = definitions[name];
    if (!definition) throw new Error(`no definition of ${name} in 1.${String(minor)}`);
    const fields = merged.get(shortName(name)) ?? new Map<string, Field[]>();
    merged.set(shortName(name), fields);
    for (const [key, property] of Object.entries(definition.properties ?? {})) {
      const field = addField(fields, key, typeText(property, reach));
      field.minors.push(minor);
      if (definition.required?.includes(key)) field.required.push(minor);
      field.keys = property["x-kubernetes-list-map-keys"] ?? [];
      field.mergeKey = property["x-kubernetes-patch-merge-key"];
    }
  }
}

/** "24-36", one range: a field that came, went and came back would need more. */
function range(minors: readonly number[]): string {
  const first = minors[0];
  const last = minors.at(-1);
  const whole = first !== undefined && last !== undefined && last - first + 1 === minors.length;
  if (!whole) throw new Error(`minors with a gap: ${minors.join()}`);
  return `${String(first)}-${String(last)}`;
}

function fieldLine(name: string, field: Field, all: string): string {
  const parts = [name, field.type];
  const known = range(field.minors);
  if (known !== all) parts.push(`in=${known}`);
  if (field.required.length > 0) parts.push(range(field.required) === known ? "required" : `required=${range(field.required)}`);
  if (field.keys.length > 0) parts.push(`keys=${field.keys.join()}`);
  if (field.mergeKey !== undefined) parts.push(`merge=${field.mergeKey}`);
  return ` ${parts.join(" ")}`;
}

/** The lines of the table: a type's name, then a line for each of its fields, indented by a blank. */
export function mergedTable(releases: readonly Release[]): readonly string[] {
  const merged: Merged = new Map();
  for (const release of releases) addRelease(merged, release);
  const all = range(releases.map(({ minor }) => minor));
  const lines: string[] = [];
  for (const [name, fields] of [...merged].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(name);
    for (const [key, variants] of [...fields].sort(([a], [b]) => (a < b ? -1 : 1))) {
      lines.push(...variants.map((field) => fieldLine(key, field, all)));
    }
  }
  return lines;
}
