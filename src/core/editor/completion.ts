import { timeZones } from "../../../schemas/time-zones.js";
import { type FieldSpec, fieldOf, fieldsOf, type FieldType, typeNamed } from "../api/table.js";
import { minors, minorsIn, versionsOf } from "../api/versions.js";
import type { AnyRule } from "../lint/rule.js";
import { parseSchedule } from "../time/cron.js";
import { describeSchedule } from "../time/describe.js";
import { isKnownZone } from "../time/zone.js";
import type { Source } from "../text/place.js";
import { descriptionOf, fieldWords, isRequired, typeText, valuesOf } from "./field-words.js";
import { loneScheduleWords } from "./hover.js";
import type { Circumstances } from "./run-words.js";
import { skeletons } from "./skeletons.js";
import { documentAround, type WrittenAbove, writtenAbove, type WrittenPart } from "./written-above.js";

/** Something that could be written at the cursor. */
export interface Completion {
  readonly kind: "field" | "value" | "rule" | "skeleton";
  readonly label: string;
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** What it puts in place of `start` to `end`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Required fields stand first. */
  readonly first: boolean;
}

export interface CompletionOptions extends Circumstances {
  readonly rules: readonly AnyRule[];
  /** Minors whose fields are offered: what any of them knows. */
  readonly kubernetes: readonly string[];
}

/** What could be written where the cursor stands; nothing in YAML that is about something else. */
export function completionsAt({ text }: Source, offset: number, options: CompletionOptions): readonly Completion[] {
  const ignoring = ruleIds(text, offset, options.rules);
  if (ignoring.length > 0) return ignoring;
  const written = writtenAbove(text, offset);
  if (!written) return [];
  const { at } = written;
  if (at.kind === "key" && isBegun(text, offset, at.word)) return blankDocument(text, offset, at.word);
  const type = typeAt(written);
  if (type?.shape !== "object") return at.kind === "value" ? kinds(written, offset) : [];
  if (at.kind === "key") return fields(typeNamed(type.name), written, { word: at.word, offset }, options);
  const spec = fieldOf(typeNamed(type.name), at.key);
  const zone = zoneOf(written) ?? options.controllerZone;
  return spec ? values(type.name, spec, { text, offset, written: at.text }, { ...options, controllerZone: zone }) : [];
}

const ignoreComment = /#[ \t]*kronlint-ignore(?:-file|-container)?[ \t]+(?:[a-z0-9-]{1,80},[ \t]*){0,40}([a-z0-9-]{0,80})$/;

function ruleIds(text: string, offset: number, rules: readonly AnyRule[]): readonly Completion[] {
  const line = text.slice(Math.max(text.lastIndexOf("\n", offset - 1) + 1, offset - 4000), offset);
  const [whole, word = ""] = ignoreComment.exec(line) ?? [];
  if (whole === undefined) return [];
  const span = { start: offset - word.length, end: wordEnd(text, offset) };
  return rules.map(({ id, summary }) => ({ kind: "rule", label: id, detail: "", documentation: summary, text: id, ...span, first: false }));
}

/** Nothing is written in the document but the word that the cursor stands in, and comments: else it is about something. */
function isBegun(text: string, offset: number, word: string): boolean {
  const { start, end } = documentAround(text, offset);
  const [before, after] = [text.slice(start, offset - word.length), text.slice(wordEnd(text, offset), end)];
  return /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*$/.test(before) && /^[ \t]*(?:\r?\n[ \t]*(?:#[^\n]*)?)*\r?$/.test(after);
}

function blankDocument(text: string, offset: number, word: string): readonly Completion[] {
  const span = { start: offset - word.length, end: wordEnd(text, offset) };
  return skeletons.map((one) => ({ kind: "skeleton", ...one, ...span, first: true }));
}

/** The type of the object that the cursor stands in. */
function typeAt({ root, way }: WrittenAbove): FieldType | undefined {
  let type = kindOf(root);
  for (const part of way) {
    type = (type && below(type, part)) ?? kindOf(part);
  }
  return type;
}

function kindOf({ keys }: WrittenPart): FieldType | undefined {
  const kind = /^["']?(Job|CronJob)["']?[ \t]*(?:#.*)?$/.exec(keys.get("kind") ?? "")?.[1];
  // The group of a custom resource has a dot.
  if (/^["']?[^/#\s]*\.[^/#\s]*\//.test(keys.get("apiVersion") ?? "")) return undefined;
  return kind === undefined ? undefined : { shape: "object", name: kind };
}

function below(type: FieldType, { name }: WrittenPart): FieldType | undefined {
  if (type.shape === "object") return fieldOf(typeNamed(type.name), name)?.type;
  if (type.shape === "map") return type.of;
  return type.shape === "list" && name === "-" ? type.of : undefined;
}

type ObjectType = ReturnType<typeof typeNamed>;

interface Typing {
  readonly word: string;
  readonly offset: number;
}

function fields(
  type: ObjectType,
  written: WrittenAbove,
  { word, offset }: Typing,
  { kubernetes }: Pick<CompletionOptions, "kubernetes">,
): readonly Completion[] {
  const asked = versionsOf(kubernetes.length === 0 ? minors : kubernetes);
  const taken = (written.way.at(-1) ?? written.root).keys;
  const open = fieldsOf(type).filter(({ name, versions }) => (versions & asked) !== 0 && !taken.has(name) && name !== "status");
  return open.map((spec) => ({
    kind: "field",
    label: spec.name,
    detail: `${typeText(spec.type)}${isRequired(spec) ? ", required" : ""}`,
    documentation: fieldWords(type.name, spec),
    text: spec.type.shape === "scalar" ? `${spec.name}: ` : `${spec.name}:`,
    start: offset - word.length,
    end: offset,
    first: isRequired(spec) || descriptionOf(type.name, spec.name) !== "",
  }));
}

interface Cursor {
  readonly text: string;
  readonly offset: number;
  /** What stands between the colon and the cursor. */
  readonly written: string;
}

function values(type: string, spec: FieldSpec, cursor: Cursor, options: CompletionOptions): readonly Completion[] {
  const name = `${type}.${spec.name}`;
  if (name === "CronJobSpec.schedule") return schedules(cursor, options);
  if (name === "CronJobSpec.timeZone") return timeZones.map((zone) => value(zone, cursor, "", ""));
  if (name === "Job.apiVersion" || name === "CronJob.apiVersion") return [value("batch/v1", cursor, "", "")];
  if (spec.name === "kind") return ["CronJob", "Job"].map((kind) => value(kind, cursor, "", ""));
  // A Job may not use Always: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template
  const allowed = name === "PodSpec.restartPolicy" ? ["Never", "OnFailure"] : valuesOf(spec);
  const gates = spec.enforced.gatedValues;
  return allowed.map((text) => value(text, cursor, "", gates?.has(text) === true ? sinceGate(spec, text) : ""));
}

function sinceGate({ enforced: { gatedValues } }: FieldSpec, text: string): string {
  const gate = gatedValues?.get(text);
  return gate === undefined || gate.off === 0 ? "" : `Behind the feature gate ${gate.name}, off in ${minorsIn(gate.off).join(", ")}.`;
}

function kinds({ at, way, root }: WrittenAbove, offset: number): readonly Completion[] {
  if (at.kind !== "value" || at.key !== "kind" || way.length > 0 || !/^["']?batch\//.test(root.keys.get("apiVersion") ?? "")) return [];
  return ["CronJob", "Job"].map((kind) => value(kind, { text: "", offset, written: at.text }, "", ""));
}

/** The `timeZone` beside a schedule, if a cluster would know it. */
function zoneOf({ way, root }: WrittenAbove): string | undefined {
  const zone = (way.at(-1) ?? root).keys.get("timeZone")?.replace(/^(["']?)([^"'#\s]*)\1.*$/, "$2");
  return zone !== undefined && isKnownZone(zone) ? zone : undefined;
}

const usualSchedules = [
  "*/5 * * * *", "*/15 * * * *", "0 * * * *", "0 */6 * * *", "0 2 * * *", "30 3 * * *", "0 6 * * 1-5", "0 3 * * 0", "0 4 1 * *",
  "@hourly", "@daily", "@weekly", "@monthly",
] as const;

function schedules(cursor: Cursor, options: CompletionOptions): readonly Completion[] {
  return usualSchedules.flatMap((text) => {
    const result = parseSchedule(text);
    if (!result.ok) return [];
    const offered = value(text, cursor, describeSchedule(result.schedule), loneScheduleWords(text, options));
    return [{ ...offered, text: quoted(text, cursor) }];
  });
}

/** `*` and `@` begin something else in YAML. */
function quoted(text: string, { written }: Cursor): string {
  return /^["']/.test(written) ? text : `"${text}"`;
}

function value(text: string, { text: whole, offset, written }: Cursor, detail: string, documentation: string): Completion {
  const start = offset - written.replace(/^["']/, "").length;
  return { kind: "value", label: text, detail, documentation, text, start, end: Math.max(offset, valueEnd(whole, offset)), first: false };
}

/** Up to the closing quote or the end of the line. */
function valueEnd(text: string, offset: number): number {
  const rest = /^[^"'#\r\n]{0,200}/.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  return offset + rest.trimEnd().length;
}

function wordEnd(text: string, offset: number): number {
  return offset + (/^[A-Za-z0-9-]{0,100}/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
}
