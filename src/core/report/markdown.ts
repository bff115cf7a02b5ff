import type { Diagnostic } from "../lint/diagnostic.js";
import { markdownText } from "./markdown-text.js";
import type { Reporter, ReportLook, Room } from "./reporter.js";
import { plural, type Summary, summaryLine } from "./summary.js";

/** A comment on GitHub holds 65,536 characters; what stands around the report needs some of them. */
const comment: Room = {
  size: 60_000,
  sizeOf: (text) => text.length,
  rest: (left) => `and ${plural(left, "more finding")}, for which a comment has no room`,
};
const severities = ["error", "warning", "info"] as const;
type Severity = (typeof severities)[number];

/** For a comment on a pull request, or whatever has more room: a table, the worst first, cut off where it would be refused. */
export function markdownReporter({ room = comment }: Pick<ReportLook, "room">): Reporter {
  const rows: Record<Severity, string[]> = { error: [], warning: [], info: [] };
  const length: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  return {
    begin: () => "",
    findings: (diagnostics) => {
      for (const diagnostic of diagnostics) {
        const { severity } = diagnostic;
        if (length[severity] > room.size) continue;
        const text = row(diagnostic);
        rows[severity].push(text);
        length[severity] += room.sizeOf(text);
      }
      return "";
    },
    end: (summary) => whole(severities.flatMap((severity) => rows[severity]), summary, room),
  };
}

function whole(rows: readonly string[], summary: Summary, { size, sizeOf, rest }: Room): string {
  const head = `### kronlint: ${summaryLine(summary)}\n`;
  if (rows.length === 0) return head;
  const shown: string[] = [];
  let length = 0;
  for (const text of rows) {
    length += sizeOf(text);
    if (length > size) break;
    shown.push(text);
  }
  const left = summary.errors + summary.warnings + summary.notes - shown.length;
  return `${head}\n| | Where | What | Rule |\n|---|---|---|---|\n${shown.join("")}${left > 0 ? `\n${rest(left)}\n` : ""}`;
}

const marks = { error: "❌ error", warning: "⚠️ warning", info: "ℹ️ info" } as const;

function row({ severity, file, line, column, message, rule, url }: Diagnostic): string {
  return `| ${marks[severity]} | ${markdownText(file)}:${line}:${column} | ${markdownText(message)} | [${rule}](${url}) |\n`;
}
