/** What the surfaces (terminal, Action, editor) need beyond the public API; not exported from the package. */
import { type Diagnostic, type Suppressed, toDiagnostics } from "./core/lint/diagnostic.js";
import { type ChartReports, lintChart } from "./core/lint/chart.js";
import type { ChartLint } from "./core/lint/chart-run.js";
import { activeRules } from "./core/lint/active-rules.js";
import { type Failure, problemReports } from "./core/lint/findings.js";
import { fixText } from "./core/lint/fix.js";
import { joinedReports } from "./core/lint/joined-reports.js";
import { type FileReport, type LintInput, lintReports } from "./core/lint/run.js";
import type { AnyRule } from "./core/lint/rule.js";
import type { SuppressedReport } from "./core/lint/suppress.js";
import { type StoredFact, type Unit, workspaceDiagnostics } from "./core/lint/workspace.js";
import type { Source } from "./core/text/place.js";

/** What rules find that see the objects of several sources together; units are worked through one by one. */
export function lintWorkspace(units: Iterable<Unit>, rules: readonly AnyRule[]): Pick<FileResult, "diagnostics" | "failures"> {
  const failures: Failure[] = [];
  const found: Diagnostic[] = [];
  const known = new Set<string>();
  for (const unit of units) {
    // What two overlays have in common is one finding, whatever they call the object.
    const fresh = workspaceDiagnostics([unit], rules, failures).filter((diagnostic) => !known.has(placeOf(diagnostic)));
    for (const diagnostic of fresh) known.add(placeOf(diagnostic));
    found.push(...fresh);
  }
  return { diagnostics: inOrder(found), failures };
}

function placeOf({ rule, file, start, end }: Diagnostic): string {
  return `${rule} ${file} ${String(start)} ${String(end)}`;
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}

export interface FileResult {
  readonly diagnostics: readonly Diagnostic[];
  /** What comments and annotations suppress. */
  readonly suppressed: readonly Suppressed[];
  /** Jobs and CronJobs found. */
  readonly objects: number;
  readonly failures: readonly Failure[];
  /** What rules about the whole workspace remember of it. */
  readonly facts: readonly StoredFact[];
}

/** Lints one source; a surface calls it file by file, so that memory does not grow with their number. */
export function lintSource(source: Source, input: LintInput): FileResult {
  return resultOf(lintReports(source, input));
}

function resultOf({ reports, suppressed, objects, failures, facts }: FileReport): FileResult {
  // Together, so that none has the fingerprint of another.
  const all = toDiagnostics([...reports, ...suppressed]);
  const diagnostics = all.slice(0, reports.length);
  return { diagnostics, suppressed: withReasons(all.slice(reports.length), suppressed), objects, failures, facts };
}

function withReasons(diagnostics: readonly Diagnostic[], reports: readonly SuppressedReport[]): readonly Suppressed[] {
  return diagnostics.map((diagnostic, index) => {
    const reason = reports[index]?.reason ?? "";
    return reason === "" ? diagnostic : { ...diagnostic, reason };
  });
}

export interface FixResult extends FileResult {
  readonly output: string;
  readonly applied: readonly Diagnostic[];
}

/** Mends one source until nothing changes; `diagnostics` is what remains, with its places in `output`. */
export function fixSource(source: Source, input: LintInput, options: { readonly unsafe: boolean }): FixResult {
  const { output, applied } = fixText(source, (text) => lintReports(text, input).reports, options);
  const rest = lintSource({ name: source.name, text: output }, input);
  return { output, applied: toDiagnostics(applied), ...rest };
}

/** The files of one chart, judged as its values render the templates. */
export interface ChartFiles {
  readonly lint: (path: string, source: Source, input: LintInput) => FileResult;
  readonly fix: (path: string, source: Source, input: LintInput, options: { readonly unsafe: boolean }) => FixResult;
  /** What one of them gives the cluster, for other commands than lint. */
  readonly deployed: ChartReports["deployed"];
  /** What `lint` is made from, for files that others have something to say about too. */
  readonly reports: ChartReports["of"];
  /** As reports name them: files besides templates that something is found in. */
  readonly files: () => readonly string[];
}

/** A chart whose templates are evaluated once somebody asks about one of its files. */
export function chartFiles(chart: ChartLint): ChartFiles {
  const reports = lintChart(chart);
  return {
    lint: (path, source, input) => resultOf(reports.of(path, source, input)),
    fix: (path, source, input, options) => judgedTogether([(text) => reports.of(path, text, input)]).fix(source, options),
    reports: reports.of,
    deployed: reports.deployed,
    files: reports.files,
  };
}

/** One file as several see it: for itself, and as a part of charts. */
export interface JudgedTogether {
  readonly lint: (source: Source) => FileResult;
  readonly fix: (source: Source, options: { readonly unsafe: boolean }) => FixResult;
}

export function judgedTogether(parts: readonly ((source: Source) => FileReport)[]): JudgedTogether {
  const reportOf = (source: Source): FileReport => joinedReports(parts.map((part) => part(source)));
  return {
    lint: (source) => resultOf(reportOf(source)),
    fix: (source, options) => {
      const { output, applied } = fixText(source, (text) => reportOf(text).reports, options);
      const rest = resultOf(reportOf({ name: source.name, text: output }));
      return { output, applied: toDiagnostics(applied), ...rest };
    },
  };
}

/** A file that cannot be read as text at all, in the words of the one who tried. */
export function unreadableFile(name: string, message: string, { rules, settings }: LintInput): readonly Diagnostic[] {
  const source = { name, text: "" };
  const problem = { rule: "unreadable-input", place: { source, start: 0, end: 0 }, message } as const;
  return toDiagnostics(problemReports([problem], activeRules(rules, settings)));
}

export { rules } from "../rules/index.js";
export { type Completion, completionsAt } from "./core/editor/completion.js";
export { type Hover, hoverAt } from "./core/editor/hover.js";
export { ignoreEdits } from "./core/editor/ignore-edit.js";
export { type Lens, lensesOf } from "./core/editor/lenses.js";
export { type Opened, openText } from "./core/editor/opened.js";
export { type OutlineItem, outlineOf } from "./core/editor/outline.js";
export type { Circumstances } from "./core/editor/run-words.js";
export { withoutPlaceholders } from "./core/editor/skeletons.js";
export { closest } from "./core/api/similar.js";
export { minors } from "./core/api/versions.js";
export type { Baseline, Comparison, KnownFinding } from "./core/lint/baseline.js";
export { baselineText, compareWith, knownFinding, readBaseline } from "./core/lint/baseline.js";
export { type Diagnostic, ruleUrl, type Suppressed, spanOf } from "./core/lint/diagnostic.js";
export { changedLines, unifiedDiff } from "./core/lint/diff-text.js";
export { byPreset, levelOf } from "./core/lint/levels.js";
export type { Delivery } from "./core/lint/context.js";
export { type Diff, diffOf, type SidePart } from "./core/lint/diff.js";
export { type Deployed, deployedAsWritten, deployedBy, type DeployedObject, deployedByUnits } from "./core/lint/deployed.js";
export { type DeliveryFact, deliveryOf, unitOf } from "./core/lint/delivery.js";
export { explainMarkdown, explainText, ruleHelp } from "./core/lint/explain.js";
export type { AnyRule, Severity } from "./core/lint/rule.js";
export { type FileReport, type LintInput, lintReports } from "./core/lint/run.js";
export type { ChartLint } from "./core/lint/chart-run.js";
export type { ChartFile } from "./core/render/helm/chart.js";
export { lineStarts, positionAt } from "./core/text/lines.js";
export { valuesProblem } from "./core/render/helm/from-node.js";
export type { FileSettings, Settings } from "./core/lint/settings.js";
export { fileSettings, type SettingsOverrides } from "./core/lint/settings-file.js";
export { deployedPathsIn } from "./core/render/deployed-paths.js";
export { type ChartRelease, chartReleases, matchesPath, type ReleaseTree } from "./core/render/chart-releases.js";
export { type Deployment, deploymentsIn } from "./core/render/deployments.js";
export { kustomizationAt, outermost, overlayAt } from "./core/render/kustomize/overlays.js";
export type { KustomizeTree } from "./core/render/kustomize/tree.js";
export { type RenderedReports, renderedReports, type RenderedUnit, type UnitFact } from "./core/lint/rendered.js";
export { exportedObjects } from "./core/lint/exported.js";
export { atOrigin } from "./core/lint/stream-origin.js";
export { type Origin, originsIn } from "./core/render/origins.js";
export { readSettings } from "./core/lint/settings-read.js";
export { type CronJobRuns, type NextOptions, nextRuns, nextRunsIn, nextRunsOf } from "./core/lint/next-runs.js";
export { observedHistory } from "./core/lint/observed-history.js";
export { type Timeline, timelineOf } from "./core/lint/timeline.js";
export { type TimedCronJob, timedIn, timedSource } from "./core/lint/timeline-job.js";
export { type ObjectVerdicts, type UnreadablePart, verdictsOf } from "./core/lint/verdicts.js";
export { validateSettings } from "./core/lint/settings-validate.js";
export type { Source } from "./core/text/place.js";
export type { StoredFact } from "./core/lint/workspace.js";
export { frameOf } from "./core/report/frame.js";
export { cronJobRunsText, nextData, nextText } from "./core/report/next-text.js";
export { isKnownZone } from "./core/time/zone.js";
export { palette } from "./core/report/palette.js";
export { readReport, type Report } from "./core/report/read-report.js";
export { createReporter, type Format, formats, type Reporter, type ShardName, type TextOf, type Tool } from "./core/report/reporter.js";
export { counted, nothing, plural, type Summary } from "./core/report/summary.js";
export { diffTimesData, diffTimesText } from "./core/report/diff-times-text.js";
export { timelineHtml } from "./core/report/timeline-html/page.js";
export { timelineJson } from "./core/report/timeline-json.js";
export { timelineText } from "./core/report/timeline-text.js";
export { oldRefusedText, unreadableText, verdictRows, verdictText } from "./core/report/verdict-text.js";
export { durationSeconds } from "./core/time/length.js";
export { displayWidth, visible, visibleJson } from "./core/report/visible.js";
