/** The door for rules: all that a file in `rules/` may import, besides `rules/lib`. */
import type { Field, Level } from "../model/field.js";
import type { OtherObject } from "../model/other-object.js";
import type { Container, CronJob, Job, PodTemplate, Workload } from "../model/workload.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";
import type { Context, WorkspaceContext } from "./context.js";
import type { ObjectName, Span } from "./diagnostic.js";
import type { OptionSpecs } from "./options.js";

export type Severity = "error" | "warning" | "info";
export type Category = "correctness" | "reliability" | "security" | "hygiene";

/** What a rule says about one place. */
export interface Finding {
  /** A field or object points at its value or, if absent, at the nearest key that exists; a Place says it exactly. */
  readonly at: Field<unknown> | Level | Place;
  /** One clause of fact with its numbers, one of remedy; no full stop at the end. */
  readonly message: string;
  /** A weaker form of the problem than the rule's own severity; it can lower it, never raise it. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
}

export interface RelatedPlace {
  readonly at: Field<unknown> | Level | Place;
  readonly message: string;
}

/**
 * A mend of the source. Safe: the cluster does the same, or what the author certainly meant. What the server refuses to change in an
 * object that exists is made unsafe for every rule, by `live-object.ts`.
 */
export interface Fix {
  /** What it changes, in words: `set restartPolicy: Never`. */
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** A manifest before and after, that is documentation and test at once. Expected findings stand in `bad`: `# ^^^^ message`. */
export interface Example {
  readonly title: string;
  readonly bad: string;
  readonly good: string;
  /** The manifest as it was, for a rule about changes. */
  readonly before?: string;
  /** Settings as in `.kronlint.yaml` under which it holds. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How the source is called, if that matters: `notes.md`. */
  readonly file?: string;
}

/** Plain data about one object, at most about 2 kB, for the rule's `workspace`, and where a finding about it would stand. */
export interface FactAt<Data> {
  readonly at: Field<unknown> | Level | Place;
  readonly data: Data;
}

/** The same on its way to `workspace`: it no longer holds the text that it came from. */
export interface Fact<Data = unknown> {
  readonly data: Data;
  readonly object: ObjectName;
  readonly at: Span & { readonly file: string };
}

/** What a rule says about one object when it knows the others. */
export interface WorkspaceFinding<Data = unknown> {
  readonly fact: Fact<Data>;
  readonly message: string;
  /** As in a Finding. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly fact: Fact<Data>; readonly message: string }[];
}

export interface Rule<Specs extends OptionSpecs = OptionSpecs, Data = unknown> {
  /** kebab-case, names the problem; equals the file name. */
  readonly id: string;
  /** One sentence, one line, ends with a full stop. */
  readonly summary: string;
  /** What happens on a cluster if it is ignored. Markdown. */
  readonly why: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly references: readonly string[];
  /** Who finds it, when it is not a method of this rule: the rule then only names, explains and switches it. */
  readonly from?: "api" | "reader" | "engine";
  readonly options?: Specs;
  /** Ids that say less about the same field or place: their findings there give way. */
  readonly supersedes?: readonly string[];
  /** Ids whose findings anywhere in the same object give way: the same cause, said sharper here. */
  readonly outranks?: readonly string[];
  /** Known cases in which it speaks without need, for the docs. */
  readonly falsePositives?: string;
  readonly examples: readonly [Example, ...Example[]];

  cronJob?(cronJob: CronJob, context: Context<Specs>): Iterable<Finding>;
  /** Also called for the jobTemplate of a CronJob. */
  job?(job: Job, context: Context<Specs>): Iterable<Finding>;
  podTemplate?(pod: PodTemplate, context: Context<Specs>): Iterable<Finding>;
  container?(container: Container, context: Context<Specs>): Iterable<Finding>;

  /** What `workspace` needs to know of an object; objects in prose and patches are not asked. */
  facts?(workload: Workload, context: Context<Specs>): Iterable<FactAt<Data>>;
  /** It looks at what stands in the files, also where a chart or an overlay makes something else of it. */
  readonly asWritten?: boolean;
  /** Kinds besides Job and CronJob that `other` and `workspace` must know. They are read only because a rule asks. */
  readonly reads?: readonly string[];
  /** An object of one of these kinds. */
  other?(object: OtherObject, context: Context<Specs>): Iterable<Finding>;
  otherFacts?(object: OtherObject, context: Context<Specs>): Iterable<FactAt<Data>>;
  /** Judges the objects of one unit (a folder, a chart, an overlay) together. */
  workspace?(facts: readonly Fact<Data>[], context: WorkspaceContext<Specs>): Iterable<WorkspaceFinding<Data>>;

  /** Judges an update that the server accepts: `before` is what runs now. Findings stand in `after`. */
  change?(before: Workload, after: Workload, context: Context<Specs>): Iterable<Finding>;
}

/** A rule as the engine holds it, whatever its options. */
export type AnyRule = Rule;

/** Checks a rule's shape at compile time, and gives `context.options` the types that its `options` declare. */
export function defineRule<const Specs extends OptionSpecs = Record<never, never>, Data = unknown>(rule: Rule<Specs, Data>): AnyRule {
  return rule;
}

/** A template literal without the indentation of the code around it. */
export function manifest(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const raw = strings.reduce((whole, part, index) => whole + (index > 0 ? (values[index - 1] ?? "") : "") + part, "");
  const lines = raw.replace(/^\n/, "").replace(/\n[ \t]*$/, "\n").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join("\n");
}

export { type Absent, type Field, itemLevel, keysOf, type Level, type Present, type Unknown, within } from "../model/field.js";
export { field, flag, integer, level, list, scalar, text, texts, writtenItems } from "../model/field.js";
export type { Container, CronJob, Job, KubernetesObject, PodTemplate, Workload } from "../model/workload.js";
export type { OtherObject } from "../model/other-object.js";
export { jobOfWorkload } from "../model/workload.js";
export type { Edit } from "../text/edit.js";
export type { Place } from "../text/place.js";
export { textAt } from "../text/place.js";
export type { Context, Delivery } from "./context.js";
export { insertField, moveEntry, removeField, renameKey, replaceValue } from "./edits.js";
export { moveItem } from "./item-move.js";
export { removeItem } from "./item-removal.js";
export { type JobFault, jobFaultsOf } from "../api/created-job.js";
export { type DeprecatedLabel, nodeLabels } from "../../../schemas/deprecated.js";
export { wayOut } from "./way-out.js";
export { isAtLeast } from "../api/minor.js";
export { lineOf } from "../text/lines.js";
export type { ContainerScript, ContainerShell } from "../runtime/container-script.js";
export type { ImageFamily } from "../runtime/image-family.js";
export type { Circumstances, ScriptCommand, ScriptRedirect, ScriptWord } from "../runtime/script-commands.js";
export { optionSet } from "../runtime/script-options.js";
export type { AndOr, Command, Extent, Pipeline, Statement } from "../runtime/script.js";
export type { RunTime, RunTimeEvidence } from "../runtime/run-time.js";
export { clockChangesBetween, type ClockChange, repetitionAt, skippedAround, type SkippedTime } from "../time/clock-changes.js";
export { type RunPlan, type RunVisitor, visitRuns } from "../time/controller/runs.js";
export { parseSchedule } from "../time/cron.js";
export { describeSchedule } from "../time/describe.js";
export { type Cadence, forbidCadence } from "../time/forbid-cadence.js";
export { everFires, firesPerDay } from "../time/gaps.js";
export { occurrencesBetween } from "../time/occurrences.js";
export type { ScheduleReading } from "../time/reading.js";
export { durationSeconds } from "../time/length.js";
export { waitsBetweenPods, waitsBetweenRestarts } from "../runtime/retries.js";
export { ticksBetween } from "../time/controller/ticks.js";
export { localText } from "../time/wall-time.js";
export { recogniseSchedule } from "../time/recognise.js";
export { type CronField, type CronSchedule, type EverySchedule, matchesDay, type Schedule } from "../time/schedule.js";
export { isKnownZone, legacyZone, suggestZone } from "../time/zone.js";
