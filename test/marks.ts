import type { Report } from "../src/core/lint/diagnostic.js";
import { spanOf } from "../src/core/lint/diagnostic.js";

/** A line that marks what stands above it: blanks, `#`, blanks, carets, the message. A caret run at the `#` begins with it. */
const mark = /^[ \t]*#[ \t]*\^+(?: .*)?$/;

/** The manifest without its marks. */
export function withoutMarks(text: string): string {
  return text
    .split(/(?<=\n)/)
    .filter((line) => !mark.test(line.replace(/\r?\n$/, "")))
    .join("");
}

/** The manifest with a mark for each finding, left to right, below the line on which it begins. */
export function withMarks(text: string, reports: readonly Pick<Report, "place" | "message">[]): string {
  const lines = text.split(/(?<=\n)/);
  const marks = new Map<number, string[]>();
  for (const { place, message } of [...reports].sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end)) {
    const { line, column, endLine, endColumn } = spanOf(place);
    const content = (lines[line - 1] ?? "").trimEnd();
    const end = endLine === line ? endColumn : content.length + 1;
    const drawn = markAt(column - 1, Math.max(1, end - column));
    marks.set(line, [...(marks.get(line) ?? []), `${drawn} ${message}`]);
  }
  return lines.flatMap((line, index) => [line, ...(marks.get(index + 1) ?? []).map((drawn) => `${drawn}\n`)]).join("");
}

/** `#` stands at the left margin, and is the first caret of a mark that begins there. */
function markAt(column: number, length: number): string {
  if (column === 0) return `#${"^".repeat(Math.max(1, length - 1))}`;
  return `#${" ".repeat(column - 1)}${"^".repeat(length)}`;
}
