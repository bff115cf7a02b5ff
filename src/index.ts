/**
 * kronlint as a library: pure, synchronous, the same in Node, in a browser and in a worker. Nothing here reads a file or a
 * clock.
 */
import { rules as builtIn } from "../rules/index.js";
import { type Diagnostic, ruleUrl, toDiagnostics } from "./core/lint/diagnostic.js";
import { explainMarkdown } from "./core/lint/explain.js";
import { fixText } from "./core/lint/fix.js";
import type { Category, Severity } from "./core/lint/rule.js";
import { type LintInput, lintReports } from "./core/lint/run.js";
import type { Settings } from "./core/lint/settings.js";
import { defaultFileSettings } from "./core/lint/settings-file.js";
import { readSettingsObject } from "./core/lint/settings-read.js";
import { estimateRuntime as estimate, type RuntimeEstimate } from "./core/lint/estimate-runtime.js";
import { type ServerVerdict, shown } from "./core/lint/verdicts.js";
import { judgeText } from "./core/api/judge.js";
import { judgeUpdate } from "./core/api/update/judge.js";
import { minors } from "./core/api/versions.js";
import { sourceOf } from "./core/lint/source-of.js";
import { workspaceDiagnostics } from "./core/lint/workspace.js";

export type { Diagnostic, DiagnosticFix, ObjectName, RelatedDiagnostic, Span } from "./core/lint/diagnostic.js";
export type { RuntimeEstimate, RuntimeEvidence } from "./core/lint/estimate-runtime.js";
export type { ServerVerdict, VerdictError, VerdictNote } from "./core/lint/verdicts.js";
export { simulate } from "./core/time/controller/simulate.js";
export type {
  ConcurrencyPolicy, CronJobSpec, FinalState, JobResult, Scenario, Simulation, Summary as SimulationSummary, TraceEntry,
} from "./core/time/controller/scenario.js";
export { schedule, type ScheduleOptions, type ScheduleReader } from "./core/time/reader.js";
export type { Category, Severity } from "./core/lint/rule.js";
export type { Settings } from "./core/lint/settings.js";

/**
 * A manifest as text (YAML, JSON, Markdown, a raw template), or as an object. The types of kubernetes-types and of any
 * Kubernetes client are assignable. An array of objects is judged as a List of them: `{ apiVersion: "v1", kind: "List", items }`.
 */
export type Input = string | object;

export interface Options {
  /** What diagnostics call the text, and what tells Markdown from YAML. Default: `manifest.yaml`. */
  readonly file?: string;
  /** As in `.kronlint.yaml`, without `include`, `exclude` and `overrides`, which are about files. */
  readonly settings?: Settings;
  /**
   * False for a text that was found rather than asked about: what does not parse and holds no Job or CronJob is then left alone, and
   * advice about manifests in Markdown too. Default: true.
   */
  readonly named?: boolean;
  /** What time it is: suppressions expire, and messages name the next change of the clocks. Without it nothing expires, and 2026 begins. */
  readonly now?: Date;
}

/**
 * All findings in a manifest, ordered by place. Diagnostics of an object refer to `JSON.stringify(object, null, 2)`, and
 * `path` names the field. Throws a TypeError for settings that are not valid, and for an input that is
 * neither text nor object.
 */
export function lint(input: Input, options: Options = {}): readonly Diagnostic[] {
  const { reports, facts, failures } = lintReports(sourceOf(input, options.file), lintInput(options));
  const faults = [...failures];
  const together = workspaceDiagnostics([{ facts }], builtIn, faults);
  for (const { error } of faults) throw error;
  return [...toDiagnostics(reports), ...together].sort((a, b) => a.start - b.start || a.end - b.end);
}

export interface FixOptions extends Options {
  /** Apply also the fixes that change what the cluster does. */
  readonly unsafe?: boolean;
}

export interface Fixed {
  /** The mended text; every byte that no fix is about stands as it was. */
  readonly output: string;
  /** What was mended, in that order; places are those of the text at that time. */
  readonly applied: readonly Diagnostic[];
  /** What is still found in `output`. */
  readonly remaining: readonly Diagnostic[];
}

/** Applies fixes until nothing more can be mended. Throws a TypeError for settings that are not valid. */
export function fix(input: Input, options: FixOptions = {}): Fixed {
  const how = lintInput(options);
  const { output, applied, remaining } = fixText(sourceOf(input, options.file), (source) => lintReports(source, how).reports, {
    unsafe: options.unsafe ?? false,
  });
  return { output, applied: toDiagnostics(applied), remaining: toDiagnostics(remaining) };
}

/** What a rule is about. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly category: Category;
  /** The loudest it gets by itself; a finding can be weaker. */
  readonly severity: Severity;
  /** The page that explains it. */
  readonly url: string;
}

/** Every rule, by id. */
export const rules: readonly RuleInfo[] = builtIn.map(({ id, summary, category, severity }) => {
  return { id, summary, category, severity, url: ruleUrl(id) };
});

/** The page about a rule as Markdown: what, why, examples, sources; undefined for an id that no rule has. */
export function explain(id: string): string | undefined {
  const rule = builtIn.find((one) => one.id === id);
  return rule && explainMarkdown(rule);
}

export interface VerdictOptions {
  /** A minor: "1.34". Default: the newest that the data knows. */
  readonly kubernetes?: string;
  /** The manifest that made the live object: then the question is an update by `kubectl apply`. */
  readonly previous?: string;
}

/**
 * What the API server of one minor answers to a strict client that sends this text with its one object. The text is taken
 * literally, templates and all. Throws a RangeError for a minor that is not in the data (`kubernetesVersions`).
 */
export function verdict(text: string, { kubernetes = minors.at(-1) ?? "", previous }: VerdictOptions = {}): ServerVerdict {
  if (!minors.includes(kubernetes)) {
    throw new RangeError(`kronlint knows Kubernetes ${minors[0] ?? ""} to ${minors.at(-1) ?? ""}, not ${JSON.stringify(kubernetes)}`);
  }
  const source = sourceOf(text);
  if (previous === undefined) return shown(judgeText(source, kubernetes));
  return shown(judgeUpdate(source, sourceOf(previous, "previous.yaml"), kubernetes));
}

/** The minors of Kubernetes in the data, oldest first. */
export const kubernetesVersions: readonly string[] = minors;

/**
 * How long a run of the first Job or CronJob in a text takes, in seconds, without guesses: `most` is null when nothing bounds
 * it or nothing is known. A text without a Job has no evidence.
 */
export function estimateRuntime(text: string): RuntimeEstimate {
  return estimate(sourceOf(text)) ?? { least: 0, leastOfSuccess: 0, most: null, worst: null, evidence: [] };
}

function lintInput({ settings = {}, named = true, now }: Options): LintInput {
  const given = readSettingsObject(settings, builtIn);
  if (given.state === "refused") {
    throw new TypeError(`settings are not valid: ${given.problems.join("; ")}`);
  }
  const time = now === undefined ? {} : { now: now.getTime() };
  return { rules: builtIn, settings: defaultFileSettings({ settings: given.settings, adviceInProse: named, ...time }) };
}
