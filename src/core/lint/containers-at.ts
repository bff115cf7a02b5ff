import type { Comment, Document } from "../read/document.js";
import type { Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import { lineStartAt } from "./diagnostic.js";
import { lineEnd } from "./entry-text.js";
import { lastBefore } from "./report-lines.js";

/** The containers of a document, each with its place. */
export interface Containers {
  /** The one that a comment stands in, right above which, or below which. */
  readonly meantBy: (comment: Pick<Comment, "place" | "own">) => Place | undefined;
  /** The one in which an offset lies. */
  readonly around: (offset: number) => Place | undefined;
}

export function containersOf({ root }: Document): Containers {
  const lists = containerLists(root);
  const all = lists.flatMap(({ items }) => items).sort((a, b) => a.start - b.start);
  return {
    meantBy: (comment) => meantBy(comment, lists),
    around: (offset) => {
      const item = lastBefore(all, offset);
      return item && offset <= item.end ? item : undefined;
    },
  };
}

interface ContainerList {
  /** Where its key begins. */
  readonly opened: number;
  /** In their order. */
  readonly items: readonly Place[];
}

const containerKeys: ReadonlySet<string> = new Set(["containers", "initContainers"]);

/** An item that is an alias stands elsewhere. */
function containerLists(node: Node): readonly ContainerList[] {
  if (node.kind !== "mapping") return [];
  return node.entries.flatMap(({ key, value, merged }) => {
    if (merged === true || value.place.start < key.place.start) return [];
    if (value.kind !== "sequence") return containerLists(value);
    if (!containerKeys.has(key.text)) return [];
    const items = value.items.map((item) => item.place).filter(({ start }) => start >= value.place.start);
    return [{ opened: key.place.start, items }];
  });
}

/** Behind the key of the list there is no container yet. */
function meantBy({ place, own }: Pick<Comment, "place" | "own">, lists: readonly ContainerList[]): Place | undefined {
  const { source, start } = place;
  const before = lists.filter(({ opened }) => opened < start);
  for (const { opened, items } of before) {
    const found = firstNotPassed(items, start);
    if (!found) continue;
    return !own && start < found.start && lineStartAt(source, start) === lineStartAt(source, opened) ? undefined : found;
  }
  if (!own) return undefined;
  return before.flatMap(({ items }) => items.slice(-1)).findLast((item) => columnOf(item) <= columnOf(place));
}

/** The first item that does not end, with its line, before an offset. */
function firstNotPassed(items: readonly Place[], offset: number): Place | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOfLine(items[middle]) < offset) low = middle + 1;
    else high = middle;
  }
  return items[low];
}

function endOfLine(place: Place | undefined): number {
  return place ? Math.max(place.end, lineEnd(place.source.text, place.end)) : Infinity;
}

function columnOf({ source, start }: Place): number {
  return start - lineStartAt(source, start);
}
