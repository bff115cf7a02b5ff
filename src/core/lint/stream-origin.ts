import { lineStarts, positionAt } from "../text/lines.js";
import type { Source } from "../text/place.js";
import type { Origin } from "../render/origins.js";
import { type Diagnostic, spanOf } from "./diagnostic.js";

/**
 * A finding in a rendered stream, told where it was written: in the file itself, where the line that it is about stands there once and
 * unchanged, else in the stream, with the file named. `file` is undefined where it cannot be read.
 */
export function atOrigin(diagnostic: Diagnostic, origin: Origin, stream: Source, file: Source | undefined): Diagnostic {
  const shift = file && shiftInto(diagnostic, stream, file);
  if (file && shift !== undefined) return moved(diagnostic, file, shift);
  const made = origin.changes ? "the object is read from" : "rendered from";
  const said = file
    ? { file: file.name, ...spanOf({ source: file, start: 0, end: 0 }), message: `${made} this file` }
    : { file: stream.name, ...spanOf(origin.place), message: `${made} ${origin.path}` };
  const changed = (origin.changes ?? []).slice(0, mostChanges).map(({ transformers, path, place }) => {
    return { file: stream.name, ...spanOf(place), message: `changed by ${path}: ${transformers.join(", ")}` };
  });
  return { ...diagnostic, related: [...diagnostic.related, said, ...changed] };
}

const mostChanges = 3;

/** How far the line of a finding stands from itself in the file; undefined where it stands there twice, or not as it is. */
function shiftInto({ start, end }: Diagnostic, stream: Source, file: Source): number | undefined {
  const from = stream.text.lastIndexOf("\n", start - 1) + 1;
  const to = lineEnd(stream.text, Math.max(start, end));
  const written = stream.text.slice(from, to);
  // A line that only opens something, or one of many, could be anybody's.
  if (written.trim().length < 4) return undefined;
  const found = placesOf(written, file.text);
  return found.length === 1 && found[0] !== undefined ? found[0] - from : undefined;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function placesOf(lines: string, text: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(lines); at >= 0 && found.length < 2; at = text.indexOf(lines, at + 1)) {
    const isWhole = (at === 0 || text[at - 1] === "\n") && /^(?:\r?\n|$)/.test(text.slice(at + lines.length, at + lines.length + 2));
    if (isWhole) found.push(at);
  }
  return found;
}

/** A fix would edit the stream, so it is left out. */
function moved({ fix: _, ...diagnostic }: Diagnostic, file: Source, shift: number): Diagnostic {
  const start = diagnostic.start + shift;
  const end = diagnostic.end + shift;
  const starts = lineStarts(file.text);
  const from = positionAt(starts, start);
  const to = positionAt(starts, end);
  const span = { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, start, end };
  const { line, column, endLine, endColumn, file: stream } = diagnostic;
  const before = { line, column, endLine, endColumn, start: diagnostic.start, end: diagnostic.end };
  const rendered = { ...before, file: stream, message: "as it is rendered" };
  return { ...diagnostic, ...span, file: file.name, related: [...diagnostic.related, rendered] };
}
