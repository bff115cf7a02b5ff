import { byFile } from "./by-file.js";
import type { Reporter } from "./reporter.js";
import { attributes } from "./xml.js";

/** The report of Checkstyle, which many a CI server reads: https://checkstyle.org/ */
export function checkstyleReporter(): Reporter {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n',
    findings: (diagnostics) => {
      const files = [...byFile(diagnostics)].map(([name, found]) => {
        const errors = found.map(({ line, column, severity, message, rule }) => {
          return `    <error${attributes({ line, column, severity, message, source: `kronlint.${rule}` })}/>\n`;
        });
        return `  <file${attributes({ name })}>\n${errors.join("")}  </file>\n`;
      });
      return files.join("");
    },
    end: () => "</checkstyle>\n",
  };
}
