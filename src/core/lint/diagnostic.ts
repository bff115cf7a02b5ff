import type { Field, Level } from "../model/field.js";
import type { Document } from "../read/document.js";
import type { Edit } from "../text/edit.js";
import { positionAt, startsIn } from "../text/lines.js";
import type { Place, Source } from "../text/place.js";
import { createFingerprints } from "./fingerprint.js";
import type { Severity } from "./rule.js";
import type { StoredFact } from "./workspace.js";

/** One finding as every surface gets it. Lines and columns count from 1, the end is exclusive; columns count UTF-16 units. */
export interface Diagnostic extends Span {
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The page that explains the rule. */
  readonly url: string;
  /** Kubernetes' path of the field: `spec.jobTemplate.spec.backoffLimit`. */
  readonly path?: string;
  readonly object?: ObjectName;
  readonly related: readonly RelatedDiagnostic[];
  readonly fix?: DiagnosticFix;
  /** What was found at the same place and gave way to this. */
  readonly superseded: readonly { readonly rule: string; readonly message: string }[];
  /** The same in two runs, wherever the lines have moved to; two findings of a file never share it. */
  readonly fingerprint: string;
}

/** A finding that a comment or an annotation suppresses. */
export interface Suppressed extends Diagnostic {
  /** What the suppression says after `--`. */
  readonly reason?: string;
}

export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** UTF-16 offsets into the file's text. */
  readonly start: number;
  readonly end: number;
}

export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface RelatedDiagnostic extends Span {
  readonly file: string;
  readonly message: string;
}

export interface DiagnosticFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly (Span & { readonly file: string; readonly text: string })[];
}

/** A finding on its way to a diagnostic: what rules, the decoder, the reader and the engine say, in one form. */
export interface Report {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly path?: string;
  readonly object?: ObjectName;
  /** The document it is about; without one it is about the file. */
  readonly document?: Document;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };
  readonly superseded: readonly Report[];
  /** Minors whose API server rejects the object for it. */
  readonly rejectedBy?: readonly string[];
  /** Nothing is found here yet: it holds the place of a finding that only the whole workspace can lead to. */
  readonly awaits?: StoredFact;
}

/** The place that a finding's `at` means. */
export function placeOf(at: Field<unknown> | Level | Place): Place {
  return "place" in at ? at.place : at;
}

const repository = "https://github.com/kronlint/kronlint";

/** Where a rule is explained; derived from its id alone. */
export function ruleUrl(id: string): string {
  return `${repository}/blob/main/docs/rules/${id}.md`;
}

/** Where the line begins that an offset stands in; quick also in a text that is all one line. */
export function lineStartAt(source: Source, offset: number): number {
  return offset - positionAt(startsIn(source), offset).column + 1;
}

/** Offsets as lines and columns. */
export function spanOf({ source, start, end }: Place): Span {
  const starts = startsIn(source);
  const from = positionAt(starts, start);
  const to = positionAt(starts, end);
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, start, end };
}

/** The findings of one source. */
export function toDiagnostics(reports: readonly Report[]): readonly Diagnostic[] {
  const fingerprintOf = createFingerprints();
  return reports.map((report) => {
    const { rule, severity, message, place, path, object, fix } = report;
    const { line, column, endLine, endColumn, start, end } = spanOf(place);
    return {
      file: place.source.name,
      line,
      column,
      endLine,
      endColumn,
      start,
      end,
      rule,
      severity,
      message,
      url: ruleUrl(rule),
      ...(path === undefined ? none : { path }),
      ...(object === undefined ? none : { object }),
      related: report.related.map((one) => ({ file: one.place.source.name, ...spanOf(one.place), message: one.message })),
      ...(fix === undefined ? none : { fix: { ...fix, edits: fix.edits.map(toEdit) } }),
      superseded: report.superseded.map((one) => ({ rule: one.rule, message: one.message })),
      fingerprint: fingerprintOf({ rule, object, path, text: place.source.text.slice(start, end) }),
    };
  });
}

const none = {};

function toEdit({ at, text }: Edit): DiagnosticFix["edits"][number] {
  return { file: at.source.name, ...spanOf(at), text };
}
