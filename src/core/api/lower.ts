import type { Entry, MappingNode, Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import { isSameKey, jsonKey } from "./json-key.js";
import { fits } from "./scalar.js";
import { fieldOf, type FieldSpec, type FieldType, typeNamed } from "./table.js";
import { scalarZero } from "./zero.js";
import type { Spot, Typed, TypedList, TypedMap, TypedObject } from "./typed.js";
import type { Versions } from "./versions.js";

/** What one minor's decoder makes of a manifest. */
export interface Lowered {
  readonly object: TypedObject;
  /** Values of a wrong type; the server stops at the first. */
  readonly mismatches: readonly Wrong[];
  /** Keys that the type does not have in this minor. */
  readonly unknown: readonly Spot[];
  readonly repeated: readonly Repeat[];
  /** Fields behind a gate that is off, in writing order. */
  readonly gated: readonly GatedField[];
}

/** A key that stands twice to the server. */
export interface Repeat extends Spot {
  /** It is written once, and `<<` brings the other. */
  readonly overrides: boolean;
}

export interface Wrong extends Spot {
  readonly type: FieldType;
  readonly node: Node;
}

export interface GatedField {
  readonly owner: TypedObject;
  readonly name: string;
  readonly gate: string;
  readonly jobsOnly: boolean;
}

/** What is to be known besides the manifest itself. */
export interface LowerOptions {
  readonly version: Versions;
  /** What is absent is unknown. */
  readonly patch: boolean;
  /** Paths of fields that the author wrote elsewhere or misspelt: unknown, not absent. */
  readonly meant?: ReadonlySet<string>;
}

interface Lowering extends LowerOptions {
  readonly mismatches: Wrong[];
  readonly unknown: Spot[];
  readonly repeated: Repeat[];
  readonly gated: GatedField[];
}

interface Step extends Spot {
  readonly node: Node;
  readonly anchor: Place;
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

function wrong(how: Lowering, { path, at, node }: Step, type: FieldType): Typed {
  how.mismatches.push({ path, at, node, type });
  return { kind: "unknown", path, at };
}

function typed(how: Lowering, step: Step, type: FieldType): Typed {
  const { node, path, at } = step;
  if (node.kind === "unknown") return { kind: "unknown", path, at };
  switch (type.shape) {
    case "object":
      return node.kind === "mapping" ? object(how, { ...step, node }, type.name) : wrong(how, step, type);
    case "list":
      return node.kind === "sequence" ? list(how, step, node.items, type.of, node.open) : wrong(how, step, type);
    case "map":
      return node.kind === "mapping" ? map(how, step, node, type.of) : wrong(how, step, type);
    case "scalar":
      if (type.name === "raw") return raw(how, step);
      if (node.kind !== "scalar" || node.value === null || !fits(node, type.name)) return wrong(how, step, type);
      return { kind: "scalar", path, at, value: node.value, node };
  }
}

function raw(how: Lowering, { node, path, at }: Step): Typed {
  addRepeats(how, node, path);
  return { kind: "unknown", path, at };
}

function list(how: Lowering, { path, at }: Step, nodes: readonly Node[], of: FieldType, open: boolean): TypedList {
  const items = nodes.map((node, index): Typed => {
    const anchor = node.kind === "mapping" ? (node.entries[0]?.key.place ?? node.place) : node.place;
    const step: Step = { path: `${path}[${String(index)}]`, at: anchor, anchor, node };
    return isNull(node) ? zero(step, of) : typed(how, { ...step, at: node.kind === "mapping" ? anchor : node.place }, of);
  });
  return { kind: "list", path, at, items, whole: !open && !how.patch };
}

/** An item that is null is Go's zero value. */
function zero({ path, at, anchor }: Step, of: FieldType): Typed {
  if (of.shape === "object") return { kind: "object", type: of.name, path, at, anchor, fields: new Map(), whole: true, nulls: undefined };
  if (of.shape === "scalar") return { kind: "scalar", path, at, value: scalarZero(of.name) };
  return { kind: "unknown", path, at };
}

function map(how: Lowering, { path, at, anchor }: Step, node: MappingNode, of: FieldType): TypedMap {
  const entries = new Map<string, Typed>();
  const keys = new Map<string, Place>();
  for (const [key, entry] of effectiveEntries(how, node, path)) {
    const step: Step = { path: `${path}[${key}]`, at: entry.value.place, anchor: entry.key.place, node: entry.value };
    entries.set(key, isNull(entry.value) ? zero({ ...step, at: anchor }, of) : typed(how, step, of));
    keys.set(key, entry.key.place);
  }
  return { kind: "map", path, at, entries, keys, whole: !node.open && !how.patch };
}

function object(how: Lowering, step: Step & { readonly node: MappingNode }, type: string): TypedObject {
  const { path, at, anchor, node } = step;
  const fields = new Map<string, Typed>();
  const nulls = new Map<string, Place>();
  const whole = !node.open && !how.patch;
  const made: TypedObject = { kind: "object", type, path, at, anchor, fields, whole, nulls };
  const table = typeNamed(type);
  for (const [key, entry] of effectiveEntries(how, node, path)) {
    const inner: Step = { path: path === "" ? key : `${path}.${key}`, at: entry.value.place, anchor: entry.key.place, node: entry.value };
    const spec = specIn(fieldOf(table, key), how.version);
    if (!spec) unknownField(how, inner);
    // Whether it is there is unknown, as it is of all fields that are not, since the mapping is open.
    else if (entry.maybe) continue;
    else if (isNull(entry.value)) nulls.set(key, entry.key.place);
    else {
      fields.set(key, typed(how, placed(inner), spec.type));
      const { gate } = spec.enforced;
      if (gate && gate.off & how.version) how.gated.push({ owner: made, name: key, gate: gate.name, jobsOnly: gate.jobsOnly });
    }
  }
  addMeant(how, made);
  return made;
}

function addMeant({ meant }: Lowering, { path, fields, anchor }: TypedObject): void {
  if (!meant || meant.size === 0) return;
  for (const one of meant) {
    const cut = one.lastIndexOf(".");
    const name = one.slice(cut + 1);
    if (one.slice(0, Math.max(cut, 0)) === path && !fields.has(name)) fields.set(name, { kind: "unknown", path: one, at: anchor });
  }
}

function unknownField(how: Lowering, { path, anchor, node }: Step): void {
  how.unknown.push({ path, at: anchor });
  addRepeats(how, node, path);
}

/** Keys that stand twice below what is not decoded: the server looks for them before it decodes. */
function addRepeats(how: Lowering, node: Node, path: string): void {
  if (node.kind === "sequence") node.items.forEach((item, index) => addRepeats(how, item, `${path}[${String(index)}]`));
  if (node.kind !== "mapping") return;
  for (const [key, { value }] of effectiveEntries(how, node, path)) addRepeats(how, value, `${path}.${key}`);
}

/** An object is shown by the key that opens it, anything else by itself. */
function placed(step: Step): Step {
  return step.node.kind === "mapping" ? { ...step, at: step.anchor } : step;
}

function specIn(spec: FieldSpec | undefined, version: Versions): FieldSpec | undefined {
  let found = spec;
  while (found && !(found.versions & version)) found = found.older;
  return found;
}

/** The entries that count: the last one of a key, what is written here before what `<<` brings in. */
function effectiveEntries(how: Lowering, mapping: MappingNode, path: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const entry of mapping.entries) {
    const name = jsonKey(entry.key);
    const known = entries.get(name);
    if (known && isSameKey(known.key, entry.key)) how.repeated.push(repeat(path === "" ? name : `${path}.${name}`, known, entry));
    if (!entry.merged || !known) entries.set(name, entry);
  }
  return entries;
}

/** What `<<` brings in stands last, whichever counts, and may be written elsewhere: the other one is shown. */
function repeat(path: string, known: Entry, { key, merged }: Entry): Repeat {
  const overrides = merged === true || key.place.start < known.key.place.start;
  return { path, at: overrides ? known.key.place : key.place, overrides };
}

/** Decodes a manifest as one minor does; `version` has one bit. Templated values are unknown. */
export function lower(root: MappingNode, kind: "Job" | "CronJob", options: LowerOptions): Lowered {
  const how: Lowering = { ...options, mismatches: [], unknown: [], repeated: [], gated: [] };
  const anchor = root.entries.find(({ key }) => key.text === "kind")?.key.place ?? root.place;
  return { object: object(how, { node: root, path: "", at: anchor, anchor }, kind), ...how };
}
