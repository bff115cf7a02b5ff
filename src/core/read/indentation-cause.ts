import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";
import type { Cause } from "./syntax-cause.js";
import type { Fault } from "./yaml-library.js";

/** A line that begins in a column where nothing above it begins. `lines` are those near the fault, nearest first. */
export function indentationOf(text: string, [line]: readonly Line[]): Cause | undefined {
  if (!line) return undefined;
  const levels = levelsAbove(text, line);
  const above = levels.at(-1);
  if (!above || levels.some(({ indent }) => indent === line.indent)) return undefined;
  const dedented = line.indent < above.indent;
  const child = !dedented && above.opens;
  if (child) return undefined;
  const near = nearest(levels, line.indent);
  const start = line.start + line.indent;
  const beside = `\`${headOf(text, near.line)}\` above it by ${String(near.indent)}`;
  const message = `the line is indented by ${String(line.indent)}, ${beside}; lines of one mapping or list begin in one column`;
  return { cause: "indentation", start, end: line.start + lengthOf(text, line), message };
}

const keyLine = /^([ ]*(?:- +)*)[A-Za-z_][\w./-]*:[ ]+(?=[^\s#])/;
const nextKey = /^["']?[A-Za-z_][\w./-]*["']?:(?:\s|$)/;

/** A key below `name: a` and further right, which YAML reads as more text of that value. */
export function deeperKey(text: string, { start, kind }: Fault): Cause | undefined {
  if (kind !== "unfinished-key" && kind !== "nested-mapping") return undefined;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const [above, below] = linesOf(text, lineStart, Math.min(text.length, start + longestReach)).filter(({ blank, start: at, indent }) => {
    return !blank && text[at + indent] !== "#";
  });
  const [before = "", lead = ""] = above ? keyLine.exec(text.slice(above.start, above.end)) ?? [] : [];
  if (!above || !below || before === "" || lineStart + before.length !== start) return undefined;
  const from = below.start + below.indent;
  if (below.indent <= lead.length || !nextKey.test(text.slice(from, below.end))) return undefined;
  const column = String(lead.length);
  const message = `the line is indented by ${String(below.indent)}, which makes it part of \`${headOf(text, above)}\` above it; `
    + `indent it by ${column} to make it the next key`;
  return { cause: "indentation", start: from, end: below.start + lengthOf(text, below), message };
}

/** In characters, from the value to the line below it. */
const longestReach = 2000;

interface Level {
  readonly indent: number;
  readonly line: Line;
  /** Its last line ends in a colon or a dash, so deeper lines may follow. */
  readonly opens: boolean;
}

const mostLines = 2000;

/** The columns at which a line could go on with something above, outermost first. */
function levelsAbove(text: string, { start }: Line): readonly Level[] {
  const levels: Level[] = [];
  const from = beginning(text, start);
  for (const line of linesOf(text, from, Math.max(from, start - 1))) {
    if (line.blank || text.charCodeAt(line.start + line.indent) === 0x23) continue;
    const content = text.slice(line.start + line.indent, line.end);
    while ((levels.at(-1)?.indent ?? -1) >= line.indent) levels.pop();
    const opens = /(?:[:\-|>]|[|>][-+0-9]*)[ \t]*(?:#.*)?$/.test(content.slice(-200));
    levels.push({ indent: line.indent, line, opens });
    const dashes = /^(?:- +)+(?=[^\s#])/.exec(content)?.[0].length ?? 0;
    if (dashes > 0) levels.push({ indent: line.indent + dashes, line, opens });
  }
  return levels;
}

function beginning(text: string, offset: number): number {
  let start = offset;
  for (let count = 0; count < mostLines && start > 0; count++) start = text.lastIndexOf("\n", start - 2) + 1;
  return Math.max(start, 0);
}

function nearest(levels: readonly Level[], indent: number): Level {
  return levels.reduce((best, level) => (Math.abs(level.indent - indent) <= Math.abs(best.indent - indent) ? level : best));
}

function headOf(text: string, line: Line): string {
  const content = text.slice(line.start + line.indent, line.end).trimEnd();
  return content.length > 40 ? `${content.slice(0, 40)}…` : content;
}

function lengthOf(text: string, line: Line): number {
  return text.slice(line.start, line.end).trimEnd().length;
}
