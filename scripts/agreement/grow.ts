import { type FieldType, fieldsOf, typeNamed } from "../../src/core/api/table.js";
import type { Random } from "./random.js";
import { annotationValues, keys, mapValues } from "./texts.js";
import { type Entry, quoted, raw, type Tree } from "./tree.js";
import { poolOf } from "./values.js";

/** How values are made: how often an odd one, and how often a field that may be left out. */
export interface Manner {
  readonly random: Random;
  readonly odd: number;
  readonly optional: number;
}

/** Types of which one field is set, beside those that are named here. */
const oneOf: Readonly<Record<string, readonly string[]>> = {
  EnvVarSource: [],
  LifecycleHandler: [],
  VolumeProjection: [],
  PodFailurePolicyRule: ["action"],
  Volume: ["name"],
  Probe: ["failureThreshold", "initialDelaySeconds", "periodSeconds", "successThreshold", "terminationGracePeriodSeconds", "timeoutSeconds"],
};

export function grow(type: FieldType, owner: string, field: string, manner: Manner): Tree {
  const { random } = manner;
  if (type.shape === "scalar") {
    const { good, odd } = poolOf(owner, field, type.name);
    return random.pick(random.chance(manner.odd) ? odd : good);
  }
  if (type.shape === "object") return growObject(type.name, manner);
  const count = random.pick([1, 1, 1, 2, 2, 3, random.chance(manner.odd) ? 0 : 1]);
  const times = Array.from({ length: count });
  if (type.shape === "list") return { kind: "list", items: times.map(() => grow(type.of, owner, field, manner)) };
  return { kind: "map", entries: times.map(() => growEntry(type.of, owner, field, manner)) };
}

/** A key and a value of a map such as labels or limits. */
export function growEntry(of: FieldType, owner: string, field: string, { random, odd }: Manner): Entry {
  const isQuantity = of.shape === "scalar" && of.name === "quantity";
  const kind = isQuantity ? (owner === "VolumeResourceRequirements" ? "storage" : "quantity") : field.toLowerCase().includes("annotations") ? "annotation" : "label";
  const from = keys[kind];
  const key = random.pick((random.chance(odd) ? from.odd : undefined) ?? from.good);
  if (isQuantity) return { key, value: grow(of, owner, field, { random, odd, optional: 0 }) };
  const values = kind === "annotation" ? annotationValues : mapValues;
  if (random.chance(odd / 4)) return { key, value: random.pick([raw("1"), raw("true"), raw("null"), raw("{}"), raw("1.5"), raw("2024-01-01")]) };
  return { key, value: quoted(random.pick((random.chance(odd) ? values.odd : undefined) ?? values.good)) };
}

function growObject(name: string, manner: Manner): Tree {
  const { random, optional } = manner;
  const beside = oneOf[name];
  const fields = fieldsOf(typeNamed(name));
  const sources = beside ? fields.filter((spec) => !beside.includes(spec.name)) : [];
  const chosen = new Set(beside ? Array.from({ length: random.pick([1, 1, 1, 1, 1, 1, 1, 1, 2, 0]) }, () => random.pick(sources)) : []);
  const deeper = { ...manner, optional: optional * 0.8 };
  const entries: Entry[] = [];
  for (const spec of fields) {
    const among = sources.includes(spec) ? chosen.has(spec) : spec.required !== 0 || spec.requiredInCronJob !== 0 ? !random.chance(manner.odd / 2) : random.chance(optional);
    if (among) entries.push({ key: spec.name, value: grow(spec.type, name, spec.name, deeper) });
  }
  return { kind: "map", entries };
}
