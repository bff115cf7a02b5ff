import type { Diagnostic } from "../lint/diagnostic.js";
import type { Reporter } from "./reporter.js";
import { summaryLine } from "./summary.js";
import { visible } from "./visible.js";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Workflow commands, from which GitHub makes annotations:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function githubReporter(): Reporter {
  return {
    begin: () => "",
    findings: (diagnostics) => diagnostics.map(command).join(""),
    end: (summary) => `${summaryLine(summary)}\n`,
  };
}

function command({ file, line, column, endLine, endColumn, severity, rule, message, url }: Diagnostic): string {
  // GitHub's columns count from 1 and include the last; they hold for stretches within a line alone.
  const columns = line === endLine ? [`col=${column}`, `endColumn=${Math.max(column, endColumn - 1)}`] : [];
  const title = `title=${property(`kronlint ${rule}`)}`;
  const properties = [`file=${property(file)}`, `line=${line}`, `endLine=${endLine}`, ...columns, title];
  return `::${commands[severity]} ${properties.join(",")}::${data(message)}%0A${data(url)}\n`;
}

function data(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
