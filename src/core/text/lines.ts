import type { Place } from "./place.js";

/** Line and column, both from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin: index 0 is the offset of line 1. CRLF, LF and a lone CR end a line. */
export type LineStarts = readonly number[];

export function lineStarts(text: string): LineStarts {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) starts.push(index + 1);
    if (code === 13 && text.charCodeAt(index + 1) !== 10) starts.push(index + 1);
  }
  return starts;
}

export function positionAt(starts: LineStarts, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The line, from 1, on which a place begins. Counts from the start of the text: for a message, not for a loop. */
export function lineOf({ source, start }: Place): number {
  if (source.writtenAt) return lineOf(source.writtenAt(start));
  return positionAt(lineStarts(source.text.slice(0, start)), start).line;
}
