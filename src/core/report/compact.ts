import type { Diagnostic } from "../lint/diagnostic.js";
import type { Reporter } from "./reporter.js";
import { visible } from "./visible.js";

/** One line a finding, as compilers write it: editors and `grep` know what to do with it. */
export function compactReporter(): Reporter {
  return {
    begin: () => "",
    findings: (diagnostics) => diagnostics.map(line).join(""),
    end: () => "",
  };
}

function line({ file, line, column, severity, message, rule }: Diagnostic): string {
  return `${visible(file)}:${line}:${column}: ${severity}: ${visible(message)} [${rule}]\n`;
}
