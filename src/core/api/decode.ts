import { MASK } from "../read/fragment.js";
import { type Entry, entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import { containerRestartPolicy, sidecarGate } from "./container-restart.js";
import { type ApiFinding, findingIn } from "./finding.js";
import { childPath, type Frame, type Walk } from "./frame.js";
import { checkApiVersion } from "./kind.js";
import { entryLabel, fieldLabel } from "./label.js";
import { checkName, checkRequired } from "./required.js";
import { found, mismatch } from "./scalar.js";
import { fieldOf, type FieldSpec, type FieldType, typeNamed } from "./table.js";
import { knownIn, tooNew } from "./too-new.js";
import { unknownField } from "./unknown.js";
import { outOfBounds, unsupported, valueBehindGate } from "./value.js";
import { type Versions, versionsOf } from "./versions.js";

export type { ApiFinding } from "./finding.js";

export interface DecodeOptions {
  readonly kind: "Job" | "CronJob";
  /** Minors that must all accept it: `["1.36"]`. None that the data knows: the newest. */
  readonly versions: readonly string[];
  /** What is absent is unknown, and `$patch` and its like are no fields. */
  readonly patch: boolean;
}

/** A value on its way down: where it stands, and which minors decode and judge it. */
interface Step {
  readonly path: string;
  readonly label: string;
  readonly anchor: Place;
  readonly spec: FieldSpec;
  readonly frame: Frame;
  readonly live: Versions;
  readonly judged: Versions;
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

function wrongShape(walk: Walk, { path, label, live }: Step, node: Node, wanted: string, remedy: string): void {
  const message = `${label} must be ${wanted}, not ${found(node)}; ${remedy}`;
  walk.findings.push(findingIn({ rule: "type-mismatch", at: node.place, field: path, message }, live, walk.asked));
}

function scalarValue(walk: Walk, step: Step, node: Node, type: FieldType & { readonly shape: "scalar" }): void {
  const wrong = mismatch(step.label, node, type.name);
  if (wrong) {
    walk.findings.push(findingIn({ rule: "type-mismatch", at: node.place, field: step.path, ...wrong }, step.live, walk.asked));
    return;
  }
  const { values, minimum, gatedValues } = step.spec.enforced;
  if (node.kind !== "scalar" || step.judged === 0) return;
  const value = { node, path: step.path, label: step.label };
  if (minimum !== undefined) {
    const finding = outOfBounds(walk, value, step.spec.enforced, step.judged);
    if (finding) walk.findings.push(finding);
  }
  if (!values || typeof node.value !== "string" || node.value === "") return;
  const gate = gatedValues?.get(node.value);
  const off = gate ? step.judged & (gate.off | gate.before) : 0;
  if (!values.includes(node.value)) walk.findings.push(unsupported(walk, value, values, step.judged));
  else if (gate && off) walk.findings.push(valueBehindGate(walk, value, gate, off));
}

function listValue(walk: Walk, step: Step, node: Node, of: FieldType): void {
  if (node.kind !== "sequence") {
    wrongShape(walk, step, node, "a list", node.kind === "scalar" ? "write a list, one word per item" : 'begin each item with "- "');
    return;
  }
  for (const [index, item] of node.items.entries()) {
    const suffix = `[${String(index)}]`;
    const anchor = item.kind === "mapping" ? (item.entries[0]?.key.place ?? item.place) : item.place;
    const inner = { ...step, path: step.path + suffix, label: step.label + suffix, anchor };
    if (!isNull(item)) value(walk, inner, item, of);
    else if (of.shape === "object") emptyItem(walk, inner, item, of.name);
  }
}

/** An item without anything is an object without its required fields. */
function emptyItem(walk: Walk, { path, label, judged }: Step, item: Node, type: string): void {
  if (walk.patch || judged === 0 || typeNamed(type).required.length === 0) return;
  const message = `${label} is empty, and the server requires fields in it; fill or remove it`;
  const detail = { rule: "field-required", type: "FieldValueRequired", at: item.place, field: path, message } as const;
  walk.findings.push(findingIn(detail, judged, walk.asked));
}

function mapValue(walk: Walk, step: Step, node: Node, of: FieldType): void {
  if (node.kind !== "mapping") {
    wrongShape(walk, step, node, "a mapping", 'write "name: value" lines');
    return;
  }
  for (const [key, entry] of effectiveEntries(node)) {
    if (isNull(entry.value)) continue;
    const suffix = `[${key}]`;
    value(walk, { ...step, path: step.path + suffix, label: entryLabel(step.label, key), anchor: entry.key.place }, entry.value, of);
  }
}

function value(walk: Walk, step: Step, node: Node, type: FieldType): void {
  if (node.kind === "unknown") return;
  if (type.shape === "scalar") scalarValue(walk, step, node, type);
  else if (type.shape === "list") listValue(walk, step, node, type.of);
  else if (type.shape === "map") mapValue(walk, step, node, type.of);
  else objectValue(walk, step, node, type.name);
}

function objectValue(walk: Walk, step: Step, node: Node, type: string): void {
  if (node.kind !== "mapping") {
    wrongShape(walk, step, node, "a mapping", "write its fields below it");
    return;
  }
  const { path, anchor, frame: parent, live, judged } = step;
  object(walk, { type: typeNamed(type), path, mapping: node, anchor, parent, live, judged });
}

function field(walk: Walk, frame: Frame, entry: Entry, spec: FieldSpec): void {
  const missing = frame.live & ~knownIn(spec);
  const gate = sidecarGate(frame, spec.name) ?? spec.enforced.gate;
  const dropped = gate && !isNull(entry.value) ? frame.live & ~missing & gate.off : 0;
  if (missing || dropped) walk.findings.push(tooNew(walk, frame, entry, spec, { gate, missing, dropped }));
  if (isNull(entry.value)) return;
  if (frame.type.name === "Container" && spec.name === "restartPolicy") {
    walk.findings.push(...containerRestartPolicy(walk, frame, entry, frame.live & ~missing));
  }
  // A jobTemplate keeps, and validates, what a Job loses.
  const kept = gate?.jobsOnly === true && walk.kind === "CronJob" ? 0 : dropped;
  const path = childPath(frame.path, spec.name);
  const label = fieldLabel(frame, spec.name);
  for (let variant: FieldSpec | undefined = spec; variant; variant = variant.older) {
    const live = frame.live & variant.versions;
    const judged = frame.judged & live & ~kept & ~spec.enforced.unvalidated;
    const step = { path, label, anchor: entry.key.place, spec: variant, frame, live, judged };
    if (live) value(walk, step, entry.value, variant.type);
  }
}

/** The entries that count: the last one of a key, what is written here before what `<<` brings in. */
function effectiveEntries(mapping: MappingNode): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const entry of mapping.entries) {
    const { text } = entry.key;
    if (!entry.merged || !entries.has(text)) entries.set(text, entry);
  }
  return entries;
}

function object(walk: Walk, frame: Frame): void {
  for (const [key, entry] of effectiveEntries(frame.mapping)) {
    const spec = fieldOf(frame.type, key);
    if (spec) field(walk, frame, entry, spec);
    else if (!isNoField(walk, key)) walk.findings.push(unknownField(walk, frame, entry));
  }
  checkRequired(walk, frame);
}

/** Keys that are not the server's: directives of a strategic merge patch, and names that only a rendered template shows. */
function isNoField(walk: Walk, key: string): boolean {
  return key.includes(MASK) || (walk.patch && key.startsWith("$"));
}

/**
 * What a server's decoder says about a Job or CronJob, and what it enforces field by field: unknown and misplaced fields,
 * wrong types, unsupported values, missing fields, fields that are too new. Duplicate keys are the reader's. Null is absent,
 * templated values are silent. In writing order; never throws.
 */
export function decode(root: MappingNode, { kind, versions, patch }: DecodeOptions): readonly ApiFinding[] {
  const asked = versionsOf(versions);
  const walk: Walk = { kind, asked, patch, root, findings: [], suggestions: 0 };
  const served = checkApiVersion(walk);
  if (served) walk.findings.push(served);
  const anchor = entryOf(root, "kind")?.key.place ?? root.place;
  const frame: Frame = { type: typeNamed(kind), path: "", mapping: root, anchor, parent: undefined, live: asked, judged: asked };
  object(walk, frame);
  checkName(walk, frame);
  return walk.findings;
}
