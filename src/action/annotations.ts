import { createReporter, type Diagnostic, plural, type Summary } from "../engine.js";

/** GitHub shows so many annotations of each level for a step: https://docs.github.com/en/rest/checks/runs */
const mostOfLevel = 10;
const levels = ["error", "warning", "info"] as const;

/** A report, and what it holds. */
export interface Told {
  readonly text: string;
  readonly shown: readonly Diagnostic[];
}

/** Workflow commands for the worst findings, errors first. */
export function annotations(diagnostics: readonly Diagnostic[]): Told {
  const reporter = createReporter("github", { colour: false, width: 0 });
  const shown = levels.flatMap((level) => diagnostics.filter(({ severity }) => severity === level).slice(0, mostOfLevel));
  return { text: reporter.begin() + reporter.findings(shown, () => undefined), shown };
}

/** All findings as Markdown, the worst first, as far as there is room for so many bytes. */
export function jobSummary(diagnostics: readonly Diagnostic[], summary: Summary, bytes: number): Told {
  let rest = 0;
  const room = {
    size: bytes,
    sizeOf: (text: string): number => Buffer.byteLength(text),
    rest: (left: number): string => {
      rest = left;
      return `and ${plural(left, "more finding")}, for which a summary has no room; the log of this step has all`;
    },
  };
  const reporter = createReporter("markdown", { colour: false, width: 0, room });
  const text = reporter.begin() + reporter.findings(diagnostics, () => undefined) + reporter.end(summary);
  const sorted = levels.flatMap((level) => diagnostics.filter(({ severity }) => severity === level));
  return { text, shown: sorted.slice(0, sorted.length - rest) };
}

/** A line for each finding. */
export function logLines(diagnostics: readonly Diagnostic[]): string {
  return createReporter("compact", { colour: false, width: 0 }).findings(diagnostics, () => undefined);
}
