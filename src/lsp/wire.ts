import { type Diagnostic as WireDiagnostic, DiagnosticSeverity, type Range } from "vscode-languageserver";
import type { Diagnostic } from "../engine.js";

/** Lines and columns as the protocol counts them, from 0. */
export function rangeOf({ line, column, endLine, endColumn }: Pick<Diagnostic, "line" | "column" | "endLine" | "endColumn">): Range {
  return { start: { line: line - 1, character: column - 1 }, end: { line: endLine - 1, character: endColumn - 1 } };
}

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, info: DiagnosticSeverity.Information } as const;

/** A finding as the protocol has it; `uriOf` says where a source of that name lies. */
export function wireDiagnostic(found: Diagnostic, uriOf: (name: string) => string): WireDiagnostic {
  return {
    range: rangeOf(found),
    severity: severities[found.severity],
    code: found.rule,
    codeDescription: { href: found.url },
    source: "kronlint",
    message: found.message,
    relatedInformation: found.related.map((one) => ({ location: { uri: uriOf(one.file), range: rangeOf(one) }, message: one.message })),
    data: { fingerprint: found.fingerprint },
  };
}
