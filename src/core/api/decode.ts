import { MASK } from "../read/fragment.js";
import { type Entry, entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import { containerGate } from "./container-restart.js";
import { type ApiFinding, findingIn } from "./finding.js";
import { childPath, type Frame, type RecentField, type Walk } from "./frame.js";
import { checkApiVersion } from "./kind.js";
import { entryLabel, fieldLabel } from "./label.js";
import { found, mismatch } from "./scalar.js";
import { fieldOf, type FieldSpec, type FieldType, typeNamed } from "./table.js";
import { knownIn, tooNew } from "./too-new.js";
import { unknownField } from "./unknown.js";
import { type Versions, versionsOf } from "./versions.js";

export type { ApiFinding } from "./finding.js";

export interface DecodeOptions {
  readonly kind: "Job" | "CronJob";
  /** Minors that must all accept it: `["1.36"]`. None that the data knows: the newest. */
  readonly versions: readonly string[];
  /** What is absent is unknown, and `$patch` and its like are no fields. */
  readonly patch: boolean;
}

/** A value on its way down: where it stands, and which minors decode it. */
interface Step {
  readonly path: string;
  readonly label: string;
  readonly anchor: Place;
  readonly spec: FieldSpec;
  readonly frame: Frame;
  readonly live: Versions;
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

function wrongShape(walk: Walk, { path, label, live }: Step, node: Node, wanted: string, remedy: string): void {
  const message = `${label} must be ${wanted}, not ${found(node)}; ${remedy}`;
  walk.findings.push(findingIn({ rule: "type-mismatch", at: node.place, field: path, message }, live, walk.asked));
}

/** JSON has no such number, and the reader says so. */
function isNotFinite(node: Node): boolean {
  return node.kind === "scalar" && typeof node.value === "number" && !Number.isFinite(node.value);
}

function scalarValue(walk: Walk, step: Step, node: Node, type: FieldType & { readonly shape: "scalar" }): void {
  const wrong = isNotFinite(node) ? undefined : mismatch(step.label, node, type.name);
  if (wrong) {
    walk.findings.push(findingIn({ rule: "type-mismatch", at: node.place, field: step.path, ...wrong }, step.live, walk.asked));
    return;
  }
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
  }
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
  const { path, anchor, frame: parent, live } = step;
  object(walk, { type: typeNamed(type), path, mapping: node, anchor, parent, live });
}

function field(walk: Walk, frame: Frame, entry: Entry, spec: FieldSpec): void {
  const missing = frame.live & ~knownIn(spec);
  const gate = containerGate(frame, spec.name) ?? spec.enforced.gate;
  if (missing || gate) walk.recent.push({ frame, entry, spec, gate, missing });
  if (isNull(entry.value)) return;
  const path = childPath(frame.path, spec.name);
  const label = fieldLabel(frame, spec.name);
  for (let variant: FieldSpec | undefined = spec; variant; variant = variant.older) {
    const live = frame.live & variant.versions;
    const step = { path, label, anchor: entry.key.place, spec: variant, frame, live };
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
}

/** Keys that are not the server's: directives of a strategic merge patch, and names that only a rendered template shows. */
function isNoField(walk: Walk, key: string): boolean {
  return key.includes(MASK) || (walk.patch && key.startsWith("$"));
}

/** What the decoder found, and the fields that some minor may not know or lose. */
export interface Decoded {
  readonly findings: readonly ApiFinding[];
  /** The finding about each field that is too new; `dropped` has the paths that are lost, and in which minors. */
  readonly tooNew: (dropped: ReadonlyMap<string, Versions>) => readonly ApiFinding[];
}

/**
 * What a server's decoder says about a Job or CronJob: unknown and misplaced fields, wrong types. Values and missing fields are
 * validation's, duplicate keys the reader's. Null is absent, templated values are silent. In writing order; never throws.
 */
export function decode(root: MappingNode, { kind, versions, patch }: DecodeOptions): Decoded {
  const asked = versionsOf(versions);
  const walk: Walk = { kind, asked, patch, root, findings: [], recent: [], suggestions: 0 };
  const served = checkApiVersion(walk);
  if (served) walk.findings.push(served);
  const anchor = entryOf(root, "kind")?.key.place ?? root.place;
  const frame: Frame = { type: typeNamed(kind), path: "", mapping: root, anchor, parent: undefined, live: asked };
  object(walk, frame);
  return { findings: walk.findings, tooNew: (dropped) => recentFields(walk, dropped) };
}

function recentField(walk: Walk, recent: RecentField, lost: Versions): readonly ApiFinding[] {
  const { frame, entry, spec, gate, missing } = recent;
  // A jobTemplate keeps what each Job that is made from it loses.
  const later = gate?.jobsOnly === true && walk.kind === "CronJob" ? gate.off : 0;
  const dropped = isNull(entry.value) ? 0 : (lost | later) & frame.live & ~missing;
  return missing || dropped ? [tooNew(walk, frame, entry, spec, { gate, missing, dropped })] : [];
}

/** In which minors each field is lost: by its own path, or with something around it, such as the volume that it makes one. */
function recentFields(walk: Walk, dropped: ReadonlyMap<string, Versions>): readonly ApiFinding[] {
  const paths = walk.recent.map(({ frame, spec }) => childPath(frame.path, spec.name));
  const own = new Set(paths);
  const around = [...dropped].filter(([path]) => !own.has(path));
  return walk.recent.flatMap((field, index) => {
    const path = paths[index] ?? "";
    const outer = around.filter(([one]) => path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
    const lost = outer.reduce((sum, [, versions]) => sum | versions, dropped.get(path) ?? 0);
    return recentField(walk, field, lost);
  });
}
