import type { Place, Source } from "./place.js";

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

// A text of some MiB has thousands of findings, whose lines are counted once.
const known = new WeakMap<Source, LineStarts>();

/** Where the lines of a source begin. */
export function startsIn(source: Source): LineStarts {
  const found = known.get(source);
  if (found) return found;
  const starts = lineStarts(source.text);
  known.set(source, starts);
  return starts;
}

/** The line, from 1, on which a place begins. */
export function lineOf({ source, start }: Place): number {
  if (source.writtenAt) return lineOf(source.writtenAt(start));
  return positionAt(startsIn(source), start).line;
}
