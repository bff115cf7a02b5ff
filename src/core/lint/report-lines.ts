import type { MappingNode, Node, SequenceNode } from "../read/node.js";
import type { Place } from "../text/place.js";
import { lineStartAt } from "./diagnostic.js";
import { holds } from "./ignore.js";

/** The starts of the lines on which a comment about a finding may stand; `root` is the object around it. */
export type LinesOf = (place: Place, root: Node | undefined) => readonly number[];

/**
 * Where the finding begins, and for a value the line of its key, since inside a script or below a key there is no room for
 * a comment. What stands in a node is looked up by bisection: a file may have as many findings as keys.
 */
export function createLinesOf(): LinesOf {
  const known = new WeakMap<Node, readonly Part[]>();
  const partAt = (node: MappingNode | SequenceNode, place: Place): Part | undefined => {
    const parts = known.get(node) ?? partsOf(node);
    known.set(node, parts);
    const part = lastBefore(parts, place.start);
    return part && holds(part.node.place, place) ? part : undefined;
  };
  const holders = (node: Node, place: Place, opened: number | undefined): readonly number[] => {
    if (node.kind === "scalar" || node.kind === "unknown") return [node.place.start, ...(opened === undefined ? [] : [opened])];
    const part = partAt(node, place);
    if (!part) return opened !== undefined && isSame(node.place, place) ? [opened] : [];
    const keepsOpened = node.kind === "sequence" && part.node.kind === "scalar";
    return holders(part.node, place, keepsOpened ? opened : part.opened);
  };
  return (place, root) => {
    const offsets = [place.start, ...(root ? holders(root, place, undefined) : [])];
    return [...new Set(offsets.map((offset) => lineStartAt(place.source, offset)))];
  };
}

interface Part {
  readonly start: number;
  readonly node: Node;
  /** Where its key begins. */
  readonly opened?: number;
}

/** What stands in a node itself: what an alias or a merge key brings in stands elsewhere, before it. */
function partsOf(node: MappingNode | SequenceNode): readonly Part[] {
  if (node.kind === "sequence") {
    const items = node.items.filter(({ place }) => place.start >= node.place.start);
    return items.map((item) => ({ start: item.place.start, node: item }));
  }
  const own = node.entries.filter(({ key, value, merged }) => merged !== true && value.place.start >= key.place.start);
  return own.map(({ key, value }) => ({ start: value.place.start, node: value, opened: key.place.start }));
}

/** Of things in the order of their starts, the last that does not begin behind an offset. */
export function lastBefore<Item extends { readonly start: number }>(items: readonly Item[], offset: number): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function isSame(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end;
}
