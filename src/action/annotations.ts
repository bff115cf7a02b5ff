import { createReporter, type Diagnostic, type Summary } from "../engine.js";

/** GitHub shows so many annotations of each level for a step: https://docs.github.com/en/rest/checks/runs */
const mostOfLevel = 10;
const levels = ["error", "warning", "info"] as const;

/** Workflow commands for the worst findings, errors first. */
export function annotations(diagnostics: readonly Diagnostic[]): string {
  const reporter = createReporter("github", { colour: false, width: 0 });
  const shown = levels.flatMap((level) => diagnostics.filter(({ severity }) => severity === level).slice(0, mostOfLevel));
  return reporter.begin() + reporter.findings(shown, () => undefined);
}

/** All findings as Markdown, as far as a summary holds them. */
export function jobSummary(diagnostics: readonly Diagnostic[], summary: Summary): string {
  const reporter = createReporter("markdown", { colour: false, width: 0 });
  return reporter.begin() + reporter.findings(diagnostics, () => undefined) + reporter.end(summary);
}
