import type { Place, Source } from "../../text/place.js";
import type { Span } from "./syntax.js";
import type { Piece } from "./text.js";

/** A stretch of rendered text and the piece that it is. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly piece: Piece;
}

/** What a template writes, as far as that is known, and where each character of it comes from. */
export interface Rendered {
  readonly source: Source;
  readonly template: Source;
  /** In order, without gaps. */
  readonly segments: readonly Segment[];
  /** The same with ways taken that the values do not lead to; `fresh` are the stretches of the template that nobody had looked at. */
  readonly others: () => readonly (Rendered & { readonly fresh: readonly Span[] })[];
}

export function renderedText(template: Source, pieces: readonly Piece[], others: Rendered["others"]): Rendered {
  const segments: Segment[] = [];
  let offset = 0;
  for (const piece of pieces) {
    if (piece.text === "") continue;
    segments.push({ start: offset, end: offset + piece.text.length, piece });
    offset += piece.text.length;
  }
  const text = pieces.map((piece) => piece.text).join("");
  const writtenAt = (at: number): Place => {
    const [segment] = segmentsAt(segments, { source: template, start: at, end: at });
    const { origin, via, at: from = 0 } = segment?.piece ?? {};
    const offset = from + at - (segment?.start ?? at);
    return origin?.slice(offset, offset) ?? via ?? { source: template, start: 0, end: 0 };
  };
  return { source: { name: template.name, text, writtenAt }, template, segments, others };
}

/** The segments that a stretch of rendered text touches; an empty one those around it. */
export function segmentsAt(segments: readonly Segment[], { start, end }: Place): readonly Segment[] {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const found: Segment[] = [];
  for (let index = low; index < segments.length; index++) {
    const segment = segments[index];
    if (!segment || segment.start >= Math.max(end, start + 1)) break;
    found.push(segment);
  }
  return found;
}
