import type { Diagnostic, DiagnosticFix, Span, Suppressed } from "../lint/diagnostic.js";
import type { Reporter, ReportLook, RuleText, Tool } from "./reporter.js";
import { visible, visibleJson } from "./visible.js";

const home = "https://github.com/kronlint/kronlint";
const levels = { error: "error", warning: "warning", info: "note" } as const;

/**
 * SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The rules stand behind the results, where it is known
 * which of them have any.
 */
export function sarifReporter({ tool }: ReportLook): Reporter {
  const rules = new Map<string, { readonly index: number; readonly url: string }>();
  let separator = "\n";
  const results = (found: readonly object[]): string => {
    if (found.length === 0) return "";
    const piece = separator + found.map((one) => visibleJson(one)).join(",\n");
    separator = ",\n";
    return piece;
  };
  const indexOf = ({ rule, url }: Diagnostic): number => {
    const known = rules.get(rule) ?? { index: rules.size, url };
    rules.set(rule, known);
    return known.index;
  };
  return {
    begin: () =>
      '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[',
    findings: (diagnostics) => results(diagnostics.map((one) => result(one, indexOf(one)))),
    suppressed: (suppressed) => results(suppressed.map((one) => ({ ...result(one, indexOf(one)), suppressions: [suppression(one)] }))),
    end: () =>
      `\n],"tool":${visibleJson({
        driver: driver(
          [...rules].map(([id, { url }]) => descriptor(id, url, tool?.aboutRule(id))),
          tool,
        ),
      })}}]}\n`,
  };
}

function driver(rules: readonly object[], tool: Tool | undefined): object {
  return { name: "kronlint", informationUri: home, ...(tool ? { version: tool.version, semanticVersion: tool.version } : {}), rules };
}

function descriptor(id: string, helpUri: string, about: RuleText | undefined): object {
  if (!about) return { id, helpUri };
  const { summary, help, severity, category } = about;
  return {
    id,
    name: id,
    helpUri,
    shortDescription: { text: summary },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [category], "problem.severity": severity === "info" ? "recommendation" : severity },
  };
}

function result(diagnostic: Diagnostic, ruleIndex: number): object {
  const { rule, severity, message, file, path, related, fix, fingerprint } = diagnostic;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: visible(message) },
    locations: [{ ...location(file, diagnostic), ...(path === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }) }],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((one, id) => ({ id, ...location(one.file, one), message: { text: visible(one.message) } })) }),
    partialFingerprints: { "kronlint/v1": fingerprint },
    ...(fix === undefined ? {} : { fixes: [sarifFix(fix)] }),
  };
}

function suppression({ reason }: Suppressed): object {
  return { kind: "inSource", ...(reason === undefined ? {} : { justification: visible(reason) }) };
}

function location(file: string, span: Span): object {
  return { physicalLocation: { artifactLocation: artifact(file), region: region(span) } };
}

function region({ line, column, endLine, endColumn, start, end }: Span): object {
  return { startLine: line, startColumn: column, endLine, endColumn, charOffset: start, charLength: end - start };
}

/** Relative names are below the root of the sources, as those who show a report assume. */
function artifact(file: string): object {
  const uri = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (/^(?:\/|[A-Za-z]:)/.test(file)) return { uri: `file://${uri.startsWith("/") ? "" : "/"}${uri.replace("%3A", ":")}` };
  return { uri: uri.replace(/^(?:\.\/)+/, ""), uriBaseId: "%SRCROOT%" };
}

function sarifFix({ title, edits }: DiagnosticFix): object {
  const files = new Map<string, object[]>();
  for (const { file, text, ...span } of edits) {
    const replacement = { deletedRegion: region(span), insertedContent: { text } };
    files.set(file, [...(files.get(file) ?? []), replacement]);
  }
  const artifactChanges = [...files].map(([file, replacements]) => ({ artifactLocation: artifact(file), replacements }));
  return { description: { text: visible(title) }, artifactChanges };
}
