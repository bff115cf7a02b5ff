import type { Diagnostic } from "../lint/diagnostic.js";
import type { Reporter } from "./reporter.js";
import { summaryLine } from "./summary.js";
import { visible, visibleJson } from "./visible.js";

/**
 * Test Anything Protocol: a failed test for each finding, one that passes for a run without any, and what was found in a comment:
 * https://testanything.org/tap-version-14-specification.html
 */
export function tapReporter(): Reporter {
  let tests = 0;
  return {
    begin: () => "TAP version 14\n",
    findings: (diagnostics) => diagnostics.map((one) => test(one, ++tests)).join(""),
    end: (summary) => (tests === 0 ? `ok 1 - ${plain(summaryLine(summary))}\n1..1\n` : `# ${visible(summaryLine(summary))}\n1..${tests}\n`),
  };
}

function test({ file, line, column, rule, severity, message, url }: Diagnostic, number: number): string {
  const result = severity === "info" ? "ok" : "not ok";
  const details = Object.entries({ severity, rule, file, line, column, message, url });
  // JSON is YAML, whatever stands in the text.
  const block = details.map(([name, value]) => `  ${name}: ${visibleJson(value)}\n`).join("");
  return `${result} ${number} - ${plain(`${rule} ${file}:${line}:${column}`)}\n  ---\n${block}  ...\n`;
}

/** A description in which nothing is taken for a directive. */
function plain(text: string): string {
  return visible(text).replace(/[\\#]/g, (character) => `\\${character}`);
}
