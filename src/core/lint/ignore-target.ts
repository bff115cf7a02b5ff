import type { Document } from "../read/document.js";
import type { Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { behindLineEnd, lineEnd, lineStart } from "./entry-text.js";
import { holds, type Ignore } from "./ignore.js";

/** Whether a finding stands where a suppression reaches. */
export type Reach = (report: Report) => boolean;

export function reachOf(ignore: Ignore, documents: readonly Document[]): Reach {
  const { scope, place, document } = ignore;
  if (scope === "file") return (report) => report.place.source === place.source;
  if (scope === "object") return (report) => document !== undefined && isAbout(report, document);
  if (scope === "container") return withinPlace(containerAt(ignore, documents));
  const block = ignore.own ? blockBelow(place, documents) : [];
  if (block.length > 0) return (report) => block.some((one) => isAbout(report, one));
  const line = targetLine(ignore);
  return (report) => report.place.source === place.source && linesOf(report, documents).has(line);
}

function isAbout(report: Report, document: Document): boolean {
  return report.document === document || holds(document.place, report.place);
}

function withinPlace(place: Place | undefined): Reach {
  return (report) => place !== undefined && holds(place, { ...report.place, end: report.place.start });
}

/** The start of the line that a comment speaks about: its own, or below a line of comments the next that is none. */
function targetLine({ place: { source, start, end }, own }: Ignore): number {
  const { text } = source;
  let line = lineStart(text, start);
  if (!own) return line;
  line = behindLineEnd(text, lineEnd(text, end));
  while (line < text.length && /^[ \t>]*(?:#|<!--|\{\{-?[ \t]*\/\*|$)/.test(text.slice(line, lineEnd(text, line)))) {
    line = behindLineEnd(text, lineEnd(text, line));
  }
  return line;
}

/** A comment of its own above a code block of a Markdown file speaks about the objects in the block. */
function blockBelow(place: Place, documents: readonly Document[]): readonly Document[] {
  const { text } = place.source;
  if (documents.some((document) => holds(document.place, place))) return [];
  let line = behindLineEnd(text, lineEnd(text, place.end));
  while (line < text.length && text.slice(line, lineEnd(text, line)).trim() === "") line = behindLineEnd(text, lineEnd(text, line));
  const [, fence] = /^[ \t>]*(`{3,20}|~{3,20})/.exec(text.slice(line, lineEnd(text, line))) ?? [];
  if (fence === undefined) return [];
  const end = text.indexOf(fence, lineEnd(text, line));
  return documents.filter((document) => document.place.start > line && (end < 0 || document.place.start < end));
}

/**
 * The lines on which a comment about a finding may stand: where it begins, and for a value the line of its key, since
 * inside a script or below a key there is no room for a comment.
 */
function linesOf({ place }: Report, documents: readonly Document[]): ReadonlySet<number> {
  const { text } = place.source;
  const document = documents.find((one) => holds(one.place, place));
  const offsets = document ? holdersOf(document.root, place) : [];
  return new Set([place.start, ...offsets].map((offset) => lineStart(text, offset)));
}

function holdersOf(node: Node, place: Place, opened?: number): readonly number[] {
  if (node.kind === "mapping") {
    const entry = node.entries.find(({ value }) => holds(value.place, place));
    return entry ? holdersOf(entry.value, place, entry.key.place.start) : itself(node, place, opened);
  }
  if (node.kind === "sequence") {
    const item = node.items.find((one) => holds(one.place, place));
    if (!item) return itself(node, place, opened);
    return holdersOf(item, place, item.kind === "scalar" ? opened : undefined);
  }
  return [node.place.start, ...(opened === undefined ? [] : [opened])];
}

function itself(node: Node, place: Place, opened: number | undefined): readonly number[] {
  return opened !== undefined && node.place.start === place.start && node.place.end === place.end ? [opened] : [];
}

/** The item of `containers` or `initContainers` in which a comment stands, or right above which. */
function containerAt({ place }: Ignore, documents: readonly Document[]): Place | undefined {
  const document = documents.find((one) => holds(one.place, place));
  const lists = document ? containerLists(document.root) : [];
  for (const { opened, items } of lists) {
    const found = items.find((item) => place.start <= Math.max(item.end, lineEnd(place.source.text, item.end)));
    if (found && place.start > opened) return found;
  }
  return lists.flatMap(({ items }) => items).findLast((item) => item.end < place.start && columnOf(item) <= columnOf(place));
}

function columnOf({ source, start }: Place): number {
  return start - lineStart(source.text, start);
}

interface ContainerList {
  readonly opened: number;
  readonly items: readonly Place[];
}

const containerKeys: ReadonlySet<string> = new Set(["containers", "initContainers"]);

function containerLists(node: Node): readonly ContainerList[] {
  if (node.kind !== "mapping") return [];
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind !== "sequence") return containerLists(value);
    if (!containerKeys.has(key.text)) return [];
    return [{ opened: key.place.start, items: value.items.map((item) => item.place) }];
  });
}
