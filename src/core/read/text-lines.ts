/** A line by its offsets, without its line end. */
export interface Line {
  readonly start: number;
  readonly end: number;
  /** Count of blanks (spaces, tabs) it begins with; all of it when the line is blank. */
  readonly indent: number;
  readonly blank: boolean;
}

const newline = 10;
const carriageReturn = 13;

/** The lines of a stretch of text, ended by LF or CRLF. */
export function linesOf(text: string, from = 0, to = text.length): Line[] {
  const lines: Line[] = [];
  for (let start = from; start <= to; ) {
    const found = text.indexOf("\n", start);
    const next = found < 0 || found >= to ? to + 1 : found + 1;
    lines.push(lineAt(text, start, Math.min(next - 1, to)));
    start = next;
  }
  return lines;
}

function lineAt(text: string, start: number, lineEnd: number): Line {
  const end = lineEnd > start && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
  const content = skipBlanks(text, start, end);
  return { start, end, indent: content - start, blank: content === end };
}

/** The offset of the first character from `from` on that is neither space nor tab, at most `to`. */
export function skipBlanks(text: string, from: number, to: number): number {
  let offset = from;
  while (offset < to && isBlank(text.charCodeAt(offset))) offset++;
  return offset;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Whether a line end stands between the offsets. */
export function isLineEnd(code: number): boolean {
  return code === newline || code === carriageReturn;
}
