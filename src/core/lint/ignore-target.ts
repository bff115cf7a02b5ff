import type { Document } from "../read/document.js";
import type { Place } from "../text/place.js";
import { type Containers, containersOf } from "./containers-at.js";
import { lineStartAt, type Report } from "./diagnostic.js";
import { behindLineEnd, lineEnd } from "./entry-text.js";
import { holds, type Ignore } from "./ignore.js";
import { createLinesOf, lastBefore } from "./report-lines.js";

/**
 * Something that a suppression speaks about, by a name that the findings there have too: `file`, `object 2`, `line 80`.
 * Names are compared, not places, so that many suppressions cost no more for each finding than one.
 */
export type Target = string;

export interface Targets {
  readonly ofIgnore: (ignore: Ignore) => readonly Target[];
  readonly ofReport: (report: Report) => readonly Target[];
  /** The object that a place stands in. */
  readonly documentAt: (place: Place) => Document | undefined;
}

/** `documents` are those of one source. */
export function createTargets(documents: readonly Document[]): Targets {
  const placed = documents.map((document, index) => ({ start: document.place.start, document, index })).sort((a, b) => a.start - b.start);
  const indexOf = new Map(documents.map((document, index) => [document, index]));
  const documentAt = (place: Place): Document | undefined => {
    const document = lastBefore(placed, place.start)?.document;
    return document && holds(document.place, place) ? document : undefined;
  };
  const object = (document: Document | undefined): readonly Target[] => (document ? [`object ${indexOf.get(document) ?? ""}`] : []);
  const containers = lazily(containersOf);
  const linesOf = createLinesOf();
  const spokenAbout = createLineBelow();

  return {
    documentAt,
    ofIgnore: (ignore) => {
      const { scope, place, document } = ignore;
      if (scope === "file") return ["file"];
      if (scope === "object") return object(document);
      const around = documentAt(place);
      if (scope === "container") return container(around && containers(around).meantBy(ignore));
      const block = ignore.own && !around ? blockBelow(place) : undefined;
      const below = block ? placed.filter(({ start }) => start > block.start && start < block.end) : [];
      if (below.length > 0) return below.flatMap((one) => object(one.document));
      return [`line ${ignore.own ? spokenAbout(place) : lineStartAt(place.source, place.start)}`];
    },
    ofReport: ({ place, document }) => {
      const around = documentAt(place);
      return [
        "file",
        ...object(document),
        ...(around === document ? [] : object(around)),
        ...container(around && containers(around).around(place.start)),
        ...linesOf(place, around?.root).map((line) => `line ${line}`),
      ];
    },
  };
}

function container(place: Place | undefined): readonly Target[] {
  return place ? [`container ${place.start}`] : [];
}

function lazily(make: (document: Document) => Containers): (document: Document) => Containers {
  const known = new Map<Document, Containers>();
  return (document) => {
    const found = known.get(document) ?? make(document);
    known.set(document, found);
    return found;
  };
}

const comment = /^[ \t>]*(?:#|<!--|\{\{-?[ \t]*\/\*|$)/;

/** The start of the line that a comment of its own speaks about: below a block of comments the next line that is none. */
function createLineBelow(): (place: Place) => number {
  const known = new Map<number, number>();
  return ({ source: { text }, end }) => {
    const passed: number[] = [];
    let line = behindLineEnd(text, lineEnd(text, end));
    while (line < text.length && !known.has(line) && comment.test(text.slice(line, lineEnd(text, line)))) {
      passed.push(line);
      line = behindLineEnd(text, lineEnd(text, line));
    }
    const found = known.get(line) ?? line;
    for (const one of passed) known.set(one, found);
    return found;
  };
}

/** A comment of its own above a code block of a Markdown file speaks about the objects in the block. */
function blockBelow({ source: { text }, end }: Place): { readonly start: number; readonly end: number } | undefined {
  let line = behindLineEnd(text, lineEnd(text, end));
  while (line < text.length && text.slice(line, lineEnd(text, line)).trim() === "") line = behindLineEnd(text, lineEnd(text, line));
  const [, fence] = /^[ \t>]*(`{3,20}|~{3,20})/.exec(text.slice(line, lineEnd(text, line))) ?? [];
  if (fence === undefined) return undefined;
  const closed = text.indexOf(fence, lineEnd(text, line));
  return { start: line, end: closed < 0 ? Infinity : closed };
}
