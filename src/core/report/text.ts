import type { Diagnostic } from "../lint/diagnostic.js";
import { frameOf } from "./frame.js";
import { palette, type Palette } from "./palette.js";
import type { Reporter, ReportLook, TextOf } from "./reporter.js";
import { type Summary, summaryLine } from "./summary.js";
import { visible } from "./visible.js";

/** For people: every finding with its line of the manifest, and a summary at the end. */
export function textReporter({ colour, width }: ReportLook): Reporter {
  const paint = palette(colour);
  let example: string | undefined;
  return {
    begin: () => "",
    findings: (diagnostics, textOf) => {
      example ??= mostSevere(diagnostics)?.rule;
      return diagnostics.map((one) => `${finding(one, textOf, paint, width).join("\n")}\n\n`).join("");
    },
    end: (summary) => footer(summary, example, paint),
  };
}

function finding(diagnostic: Diagnostic, textOf: TextOf, paint: Palette, width: number): readonly string[] {
  const { file, line, column, severity, rule, message, related, fix } = diagnostic;
  const place = paint.bold(`${visible(file)}:${line}:${column}`);
  const gutter = " ".repeat(String(line).length + 2);
  return [
    `${place} ${paint.severity(severity, severity)} ${paint.faint(rule)} ${visible(message)}`,
    ...frame(diagnostic, textOf(file), paint, width),
    ...related.map((one) => `${gutter}${paint.faint("see")} ${visible(one.file)}:${one.line}:${one.column} ${visible(one.message)}`),
    ...(fix === undefined ? [] : [`${gutter}${paint.good(fix.safe ? "fix" : "unsafe fix")} ${visible(fix.title)}`]),
  ];
}

function frame({ line, severity, start, end }: Diagnostic, text: string | undefined, paint: Palette, width: number): readonly string[] {
  if (text === undefined || text === "" || start > text.length) return [];
  const number = String(line);
  const { before, marked, after, indent, carets } = frameOf(text, start, end, width - number.length - 4);
  const bar = paint.faint("|");
  return [
    `  ${paint.faint(number)} ${bar} ${before}${paint.severity(severity, marked)}${after}`.trimEnd(),
    `  ${" ".repeat(number.length)} ${bar} ${indent}${paint.severity(severity, carets)}`,
  ];
}

function footer(summary: Summary, example: string | undefined, paint: Palette): string {
  const { errors, warnings, files } = summary;
  if (files === 0 && errors === 0) return "";
  const line = summaryLine(summary);
  const coloured = errors > 0 ? paint.severity("error", line) : warnings > 0 ? paint.severity("warning", line) : paint.good(line);
  const hint = example === undefined ? "" : `${paint.faint(`more about a rule: kronlint explain ${example}`)}\n`;
  return `${coloured}\n${hint}`;
}

function mostSevere(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  return diagnostics.find((one) => one.severity === "error") ?? diagnostics[0];
}
