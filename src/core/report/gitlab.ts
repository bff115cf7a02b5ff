import type { Diagnostic } from "../lint/diagnostic.js";
import type { Reporter } from "./reporter.js";
import { visible, visibleJson } from "./visible.js";

const severities = { error: "critical", warning: "major", info: "info" } as const;

/** Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlabReporter(): Reporter {
  let separator = "\n";
  return {
    begin: () => "[",
    findings: (diagnostics) => {
      if (diagnostics.length === 0) return "";
      const piece = separator + diagnostics.map((one) => visibleJson(issue(one))).join(",\n");
      separator = ",\n";
      return piece;
    },
    end: () => "\n]\n",
  };
}

function issue({ file, line, column, endLine, endColumn, rule, severity, message, fingerprint }: Diagnostic): object {
  return {
    description: visible(message),
    check_name: rule,
    // GitLab compares whole reports, in which a fingerprint must stand for one file.
    fingerprint: `${fingerprint}-${file}`,
    severity: severities[severity],
    location: { path: file.replace(/^\.\//, ""), positions: { begin: { line, column }, end: { line: endLine, column: endColumn } } },
  };
}
