import type { Place, Source } from "../text/place.js";
import type { Node, ScalarNode, ScalarValue } from "./node.js";
import { decodedOffsets } from "./offsets.js";
import type { Offsets } from "./offsets.js";

/** The text a parser sees, and where it stands: index 0 is offset `base` of the source. */
export interface Written {
  readonly source: Source;
  readonly text: string;
  readonly base: number;
}

/** `start` and `end` are indexes of the text, as for all that a parser says. */
export function placeOf({ source, base }: Written, start: number, end: number): Place {
  return { source, start: base + start, end: base + end };
}

export function scalarOf(
  written: Written, start: number, end: number, style: ScalarNode["style"], text: string, value: ScalarValue,
): ScalarNode {
  const place = placeOf(written, start, end);
  const slice = style === "plain" && text.length === end - start
    ? (from: number, to: number) => shifted(place, 0, text.length, from, to)
    : slicer(written, place, style, text);
  return { kind: "scalar", place, value, text, style, slice };
}

/** The style that the first character of a scalar announces. */
export function styleAt(text: string, start: number): ScalarNode["style"] {
  switch (text.charCodeAt(start)) {
    case 0x22: return "double";
    case 0x27: return "single";
    case 0x7c: return "literal";
    case 0x3e: return "folded";
    default: return "plain";
  }
}

/** Where a block scalar ends: after its last line with content, without the line break; `limit` is where the next thing begins. */
export function blockScalarEnd(text: string, start: number, limit: number): number {
  const header = /[|>][-+0-9]*/y;
  header.lastIndex = start;
  const headerEnd = start + (header.exec(text)?.[0].length ?? 1);
  let lineEnd = headerEnd;
  while (lineEnd < limit && text.charCodeAt(lineEnd) !== 10 && text.charCodeAt(lineEnd) !== 13) lineEnd++;
  const end = trimmedEnd(text, lineEnd, limit);
  return end > lineEnd ? end : headerEnd;
}

/** The end of what stands between `start` and `limit`, without the blanks and line breaks after it. */
export function trimmedEnd(text: string, start: number, limit: number): number {
  let end = Math.min(limit, text.length);
  while (end > start) {
    const code = text.charCodeAt(end - 1);
    if (code !== 0x20 && code !== 10 && code !== 13 && code !== 9) break;
    end--;
  }
  return end;
}

/**
 * The same scalar as the key of a mapping: a text, whatever it looks like. `yes: 1` sets `true`. Undefined for what Kubernetes takes
 * for no key: null, a collection.
 */
export function asKey(node: Node): ScalarNode | undefined {
  if (node.kind !== "scalar") return undefined;
  const { value } = node;
  if (typeof value === "string") return node;
  if (value === null) return undefined;
  return { ...node, value: typeof value === "number" && !Number.isFinite(value) ? node.text : String(value) };
}

function slicer(written: Written, place: Place, style: ScalarNode["style"], text: string): ScalarNode["slice"] {
  const quotes = style === "single" || style === "double" ? 1 : 0;
  const block = style === "literal" || style === "folded";
  // Whatever escapes and folding do shortens a text: at equal length nothing happened.
  if (!block && text.length === place.end - place.start - 2 * quotes) {
    return (from, to) => shifted(place, quotes, text.length, from, to);
  }
  let offsets: Offsets | false | undefined;
  return (from, to) => {
    offsets ??= decodedOffsets(written.text, place.start - written.base, place.end - written.base, style, text) ?? false;
    return offsets ? mapped(written, offsets, place, from, to) : place;
  };
}

function shifted({ source, start }: Place, by: number, length: number, from: number, to: number): Place {
  const first = clamped(from, length);
  return { source, start: start + by + first, end: start + by + Math.max(first, clamped(to, length)) };
}

function mapped(written: Written, { starts, ends }: Offsets, place: Place, from: number, to: number): Place {
  const first = clamped(from, starts.length);
  const last = clamped(to, starts.length);
  const start = starts[first] ?? ends.at(-1) ?? place.end - written.base;
  const end = last > first ? ends[last - 1] ?? start : start;
  return placeOf(written, start, end);
}

function clamped(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length);
}
