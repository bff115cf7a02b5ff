import { type Rendered, type Segment, segmentsAt } from "../render/helm/rendered.js";
import type { Piece } from "../render/helm/text.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";

/** Where a stretch of rendered text is to be mended, and what else has a part in it. */
export interface MappedPlace {
  readonly place: Place;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
}

/**
 * What comes from one values file alone is mended there; what a helper writes, in the helper; all else in the template, with the values
 * that have a part in it beside it.
 */
export function mappedPlace(rendered: Rendered, place: Place): MappedPlace {
  const whole = rendered.source.text.slice(place.start, place.end);
  const start = place.start + (whole.length - whole.trimStart().length);
  const segments = segmentsAt(rendered.segments, { ...place, start: Math.min(start, place.end) });
  return fromValues(segments, place) ?? fromHelper(rendered, segments, place) ?? inTemplate(rendered, segments, place);
}

/** Where the template has it, with the values beside it. */
export function templatePlace(rendered: Rendered, place: Place): MappedPlace {
  return inTemplate(rendered, segmentsAt(rendered.segments, place), place);
}

function written({ piece }: Segment): boolean {
  return piece.origin !== undefined || piece.unknown === true;
}

function fromValues(segments: readonly Segment[], place: Place): MappedPlace | undefined {
  const own = segments.filter(written);
  const origins = own.map(({ piece }) => piece.origin);
  const [first] = own;
  const file = origins[0]?.place.source;
  if (!first || file === undefined || isMeta(file)) return undefined;
  if (!origins.every((origin) => origin?.kind === "value" && origin.place.source === file)) return undefined;
  // A word and the one behind it may stand far apart in the values, which are written in another order.
  const places = own.map((segment) => stretchIn(segment, place)).filter((one) => one.start >= stretchIn(first, place).start);
  const end = Math.max(...places.map((one) => one.end));
  const via = first.piece.via;
  const related = via ? [{ place: via, message: "used here" }] : [];
  return { place: { source: file, start: stretchIn(first, place).start, end }, related };
}

/** What a chart is called is no value: nobody renames a chart to mend what a template does with its name. */
function isMeta({ name }: Place["source"]): boolean {
  return /(?:^|[\\/])Chart\.yaml$/.test(name);
}

function fromHelper({ template }: Rendered, segments: readonly Segment[], place: Place): MappedPlace | undefined {
  const own = segments.filter(written);
  const [first] = own;
  const source = first?.piece.origin?.place.source;
  if (!first || source === undefined || source === template) return undefined;
  if (!own.every(({ piece }) => piece.origin?.kind === "template" && piece.origin.place.source === source)) return undefined;
  const places = own.map((segment) => stretchIn(segment, place));
  const { via } = first.piece;
  const related = via ? [{ place: via, message: "included here" }] : [];
  const start = Math.min(...places.map((one) => one.start));
  return { place: { source, start, end: Math.max(...places.map((one) => one.end)) }, related };
}

function inTemplate({ template, segments: all }: Rendered, segments: readonly Segment[], place: Place): MappedPlace {
  const places = segments.flatMap((segment) => placeIn(segment, template, place) ?? []);
  const values = new Set(segments.flatMap(({ piece: { origin } }) => (origin?.kind === "value" ? [origin.place] : [])));
  const related = [...values].slice(0, mostRelated).map((one) => ({ place: one, message: "set here" }));
  if (places.length > 0) {
    const start = Math.min(...places.map((one) => one.start));
    // A loop's end stands before its beginning when a stretch covers two rounds.
    return { place: { source: template, start, end: Math.max(start, ...places.map((one) => one.end)) }, related };
  }
  const before = all.findLast(({ start, piece }) => start <= place.start && ownPlace(piece, template) !== undefined);
  const near = before && ownPlace(before.piece, template);
  return { place: near ?? { source: template, start: 0, end: 0 }, related };
}

const mostRelated = 3;

function placeIn(segment: Segment, template: Place["source"], place: Place): Place | undefined {
  const { piece } = segment;
  if (piece.origin?.kind === "template" && piece.origin.place.source === template) return stretchIn(segment, place);
  return ownPlace(piece, template);
}

function ownPlace({ origin, at, text, via }: Piece, template: Place["source"]): Place | undefined {
  if (origin?.kind !== "value" && origin?.place.source === template) return origin.slice(at, at + text.length);
  return via?.source === template ? via : undefined;
}

/** The part of a segment that a place covers, where it is written. */
function stretchIn({ start, end, piece: { origin, at, via } }: Segment, place: Place): Place {
  const from = Math.max(place.start, start) - start;
  const to = Math.min(place.end, end) - start;
  return origin?.slice(at + from, at + Math.max(from, to)) ?? via ?? place;
}

/** The edit where its text is written; undefined where it would change more than that text, or less. */
export function mappedEdit({ segments, template }: Rendered, { at, text }: Edit): Edit | undefined {
  const touched = segmentsAt(segments, at);
  const literal = literalOf(touched, at) ?? (at.start === at.end ? literalBefore(segments, at) : undefined);
  if (literal) {
    const place = stretchIn(literal, at);
    return place.source === template ? { at: place, text } : undefined;
  }
  return valueEdit(touched, { at, text }, template);
}

function literalOf(touched: readonly Segment[], at: Place): Segment | undefined {
  const [only] = touched;
  if (touched.length !== 1 || !only) return undefined;
  const { piece, start, end } = only;
  return piece.origin?.kind === "template" && piece.origin.exact && start <= at.start && at.end <= end ? only : undefined;
}

/** An insertion behind literal text belongs to it. */
function literalBefore(segments: readonly Segment[], at: Place): Segment | undefined {
  const [before] = segmentsAt(segments, { ...at, start: at.start - 1, end: at.start });
  return before?.end === at.start && before.piece.origin?.kind === "template" ? before : undefined;
}

/** A value that is replaced whole, with the quotes around it or without. */
function valueEdit(touched: readonly Segment[], { at, text }: Edit, template: Place["source"]): Edit | undefined {
  const own = touched.filter(({ piece: { origin } }) => origin !== undefined && origin.place.source !== template);
  const [only] = own;
  if (!only || own.length !== 1 || touched.some(({ piece }) => piece.unknown === true)) return undefined;
  const { origin, at: offset } = only.piece;
  const marks = touched.filter((segment) => segment !== only);
  if (origin?.kind !== "value" || isMeta(origin.place.source)) return undefined;
  if (!origin.exact || offset !== 0 || at.start > only.start || at.end < only.end) return undefined;
  if (origin.slice(0, only.piece.text.length).end < origin.place.end - 1) return undefined;
  const quotes = marks.map(({ start, piece }) => piece.text.slice(Math.max(0, at.start - start), at.end - start));
  if (quotes.length === 0) return { at: origin.slice(0, only.piece.text.length), text };
  return quotes.length === 2 && quotes.every((mark) => mark === '"' || mark === "'") ? { at: origin.place, text } : undefined;
}
