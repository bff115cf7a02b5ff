/** What the surfaces (terminal, Action, editor) need beyond the public API; not exported from the package. */
import { byPlace, type Diagnostic, toDiagnostic } from "./core/lint/diagnostic.js";
import type { Failure } from "./core/lint/findings.js";
import { fixText } from "./core/lint/fix.js";
import { type LintInput, lintReports } from "./core/lint/run.js";
import type { Source } from "./core/text/place.js";

export interface FileResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Jobs and CronJobs found. */
  readonly objects: number;
  readonly failures: readonly Failure[];
}

/** Lints one source; a surface calls it file by file, so that memory does not grow with their number. */
export function lintSource(source: Source, input: LintInput): FileResult {
  const { reports, objects, failures } = lintReports(source, input);
  return { diagnostics: reports.map(toDiagnostic).sort(byPlace), objects, failures };
}

export interface FixResult extends FileResult {
  readonly output: string;
  readonly applied: readonly Diagnostic[];
}

/** Mends one source until nothing changes; `diagnostics` is what remains, with its places in `output`. */
export function fixSource(source: Source, input: LintInput, options: { readonly unsafe: boolean }): FixResult {
  const { output, applied } = fixText(source, (text) => lintReports(text, input).reports, options);
  const rest = lintSource({ name: source.name, text: output }, input);
  return { output, applied: applied.map(toDiagnostic), ...rest };
}
