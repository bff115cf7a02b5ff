import { type Check, invalid, required } from "../check.js";
import {
  entrySpot,
  flagOf,
  isAbsent,
  mapOf,
  objectOf,
  type Spot,
  spotOf,
  textOf,
  type Typed,
  type TypedMap,
  type TypedObject,
} from "../typed.js";
import { generatedLabels, liveUid } from "./live.js";

/**
 * A live Job has the labels and the selector that the server made. This takes them out of the tree that is validated as a new object
 * would be, and says which of them the update loses. Source: validateGeneratedSelector in pkg/apis/batch/validation/validation.go
 */
export function withoutGenerated(check: Check, job: TypedObject): TypedObject {
  const spec = objectOf(job, "spec");
  const name = objectOf(job, "metadata");
  if (!spec || !name || flagOf(spec, "manualSelector") === true) return job;
  const { labels, selected } = generatedLabels(check, textOf(name, "name") ?? "");
  const template = objectOf(spec, "template");
  const metadata = template && objectOf(template, "metadata");
  const fields = new Map(spec.fields);
  if (template && metadata) {
    reportLost(check, spec, metadata, labels, selected);
    const own = { ...metadata, fields: without(metadata, "labels", labels) };
    fields.set("template", { ...template, fields: new Map(template.fields).set("metadata", own) });
  }
  const selector = objectOf(spec, "selector");
  if (selector) {
    const own = without(selector, "matchLabels", new Map([[selected, liveUid]]));
    if (own.size === 0) fields.delete("selector");
    else fields.set("selector", { ...selector, fields: own });
  }
  return { ...job, fields: new Map(job.fields).set("spec", { ...spec, fields }) };
}

function reportLost(check: Check, spec: TypedObject, metadata: TypedObject, labels: ReadonlyMap<string, string>, selected: string): void {
  const map = mapOf(metadata, "labels");
  if (map ? !map.whole : !isAbsent(metadata, "labels")) return;
  const spot = spotOf(metadata, "labels");
  const lost = [...labels.keys()].filter((key) => !map?.entries.has(key));
  if (isAbsent(spec, "selector")) {
    required(check, spotOf(spec, "selector"), "the live Job has a selector, which this removes; keep it or give the Job a new name");
    invalid(check, spot, "no selector matches the labels of the pods; keep the selector or give the Job a new name");
    return;
  }
  for (const key of lost) {
    const remedy = "leave labels: {} where the old manifest had labels, or give the Job a new name";
    required(check, lostSpot(map, spot, key), `the live Job's pods have the label ${key}, which this removes; ${remedy}`);
  }
  if (lost.includes(selected))
    invalid(check, spot, `the selector does not match labels without ${selected}; leave labels: {} in the template`);
}

function lostSpot(map: TypedMap | undefined, spot: Spot, key: string): Spot {
  return map ? entrySpot(map, key) : { path: `${spot.path}[${key}]`, at: spot.at };
}

/** The fields of an object without the given entries of one of its maps; without the map, where nothing else is in it. */
function without(owner: TypedObject, name: string, generated: ReadonlyMap<string, string>): Map<string, Typed> {
  const fields = new Map(owner.fields);
  const map = mapOf(owner, name);
  if (!map) return fields;
  const entries = new Map([...map.entries].filter(([key, value]) => value.kind !== "scalar" || generated.get(key) !== value.value));
  if (entries.size === 0 && map.whole) fields.delete(name);
  else fields.set(name, { ...map, entries });
  return fields;
}
