import { type FieldSpec, fieldOf, type FieldType, typeNamed } from "../api/table.js";
import type { Entry, MappingNode, Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { OpenedPart } from "./opened.js";

/** A field of the API, as it stands in a manifest. */
export interface FieldAt {
  /** The Go type that has it: `CronJobSpec`. */
  readonly type: string;
  readonly spec: FieldSpec;
  /** Kubernetes' path: `spec.jobTemplate.spec.backoffLimit`. */
  readonly path: string;
  readonly key: Place;
  readonly value: Node;
}

/** The innermost field whose key or value an offset stands in; undefined where the API has none, as in a map of labels. */
export function fieldAt({ document, workload }: OpenedPart, offset: number): FieldAt | undefined {
  let found: FieldAt | undefined;
  let at: Step | undefined = { node: document.root, type: { shape: "object", name: workload.kind }, path: "" };
  while (at) {
    const step: Step | undefined = stepInto(at, offset);
    found = step?.field ?? found;
    at = step;
  }
  return found;
}

interface Step {
  readonly node: Node;
  readonly type: FieldType;
  readonly path: string;
  readonly field?: FieldAt;
}

function stepInto({ node, type, path }: Step, offset: number): Step | undefined {
  if (node.kind === "mapping" && type.shape === "object") return intoField(node, type.name, path, offset);
  if (node.kind === "mapping" && type.shape === "map") return intoMap(node, type.of, path, offset);
  if (node.kind !== "sequence" || type.shape !== "list") return undefined;
  const index = node.items.findIndex(({ place }) => holds(place, offset));
  const item = node.items[index];
  return item && { node: item, type: type.of, path: `${path}[${String(index)}]` };
}

function intoField(node: MappingNode, name: string, path: string, offset: number): Step | undefined {
  const entry = entryAround(node, offset);
  const spec = entry && fieldOf(typeNamed(name), entry.key.text);
  if (!entry || !spec) return undefined;
  const below = path === "" ? spec.name : `${path}.${spec.name}`;
  const field: FieldAt = { type: name, spec, path: below, key: entry.key.place, value: entry.value };
  return { node: entry.value, type: spec.type, path: below, field };
}

function intoMap(node: MappingNode, type: FieldType, path: string, offset: number): Step | undefined {
  const entry = entryAround(node, offset);
  return entry && { node: entry.value, type, path: `${path}[${entry.key.text}]` };
}

function entryAround({ entries }: MappingNode, offset: number): Entry | undefined {
  return entries.find(({ key, value, merged }) => merged !== true && (holds(key.place, offset) || holds(value.place, offset)));
}

function holds({ start, end }: Place, offset: number): boolean {
  return start <= offset && offset <= end;
}
