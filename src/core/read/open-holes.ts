import type { Place } from "../text/place.js";
import type { Fragment, Hole } from "./fragment.js";
import type { Entry, MappingNode, Node, ScalarNode, SequenceNode, UnknownNode } from "./node.js";

type Collection = MappingNode | SequenceNode;

/** What holes do to the nodes of a tree. */
interface Effects {
  readonly open: Set<Node>;
  /** Those of them that may hold keys that are written nowhere. */
  readonly partial: Set<Node>;
  readonly unknown: Map<Node, UnknownNode["reason"]>;
  readonly turns: readonly Turn[];
  /** How many of a list's items need no second look: holes come in order, inner blocks behind the outer ones. */
  readonly reached: Map<Node, number>;
  /** Block scalars with a hole below them, whose blanks are no text of theirs. */
  readonly trimmed: Set<Node>;
}

/**
 * The tree with what its holes make unknowable: values that touch one, and collections that may hold more than is written.
 */
export function withHoles(root: Node, fragment: Fragment): Node {
  const { holes } = fragment;
  if (holes.length === 0) return root;
  const effects: Effects = {
    open: new Set(), partial: new Set(), turns: turnsOf(holes), unknown: new Map(), reached: new Map(), trimmed: new Set(),
  };
  for (const hole of holes) if (hole.kind === "block") placeBlockHole(root, hole, fragment, effects);
  return rebuilt(root, holes, effects);
}

function rebuilt(node: Node, holes: readonly Hole[], effects: Effects): Node {
  const reason = effects.unknown.get(node);
  if (reason) return { kind: "unknown", place: node.place, reason };
  if (node.kind === "unknown") return node;
  if (node.kind === "scalar") {
    const inside = holesTouching(holes, node.place);
    if (inside[0]) return unknownBy(inside[0], node, inside);
    return effects.trimmed.has(node) ? withoutTrailingBlanks(node) : node;
  }
  const open = node.open || effects.open.has(node);
  if (node.kind === "sequence") {
    const ways = open && effects.turns.length > 0 ? { ways: node.items.map(({ place }) => wayAround(place, effects.turns)?.from) } : {};
    return { ...node, open, ...ways, items: node.items.map((item) => rebuilt(item, holes, effects)) };
  }
  const entries = node.entries.filter(({ key }) => holesTouching(holes, key.place).length === 0);
  const turns = open ? effects.turns : [];
  const isEntire = open && !node.open && !effects.partial.has(node) && entries.length === node.entries.length;
  return {
    ...node,
    ...(isEntire ? { entire: true } : {}),
    open: open || entries.length < node.entries.length,
    entries: entries.map((entry) => ({ ...entry, ...conditional(entry, turns), value: rebuilt(entry.value, holes, effects) })),
  };
}

/** Of an entry of a mapping that conditions open. */
function conditional({ key: { place } }: Entry, turns: readonly Turn[]): Pick<Entry, "maybe" | "way"> {
  const way = wayAround(place, turns);
  if (!way) return {};
  return way.isEntire ? { maybe: true, way: way.from } : { way: way.from };
}

/** The innermost way around a place. Templates may have any number of conditions, so it is searched for by halves. */
function wayAround({ start }: Place, turns: readonly Turn[]): Way | undefined {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.from ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return turns[low - 1]?.way;
}

/** What stands between `if`, `else` and `end`. */
interface Way {
  readonly from: number;
  readonly isEntire: boolean;
}

/** Where another way begins to be the innermost, or none. */
interface Turn {
  readonly from: number;
  readonly way: Way | undefined;
}

/** In order, as the holes are. */
function turnsOf(holes: readonly Hole[]): readonly Turn[] {
  const turns: Turn[] = [];
  const around: { readonly until: number; way: Way }[] = [];
  const close = (before: number): void => {
    for (let block = around.at(-1); block && block.until <= before; block = around.at(-1)) {
      around.pop();
      turns.push({ from: block.until, way: around.at(-1)?.way });
    }
  };
  for (const { start, end, until, entire, isElse } of holes) {
    close(start);
    const block = around.at(-1);
    if (until === undefined && !(isElse && block)) continue;
    const way = { from: end, isEntire: entire === true };
    turns.push({ from: end, way });
    if (until !== undefined) around.push({ until, way });
    else if (block) block.way = way;
  }
  close(Infinity);
  return turns;
}

const none: readonly Hole[] = [];

function unknownBy({ reason }: Hole, scalar: ScalarNode, inside: readonly Hole[]): UnknownNode {
  const { place, place: { source } } = scalar;
  if (reason !== "template") return { kind: "unknown", place, reason };
  const holes = inside.map(({ start, end }): Place => ({ source, start, end }));
  return { kind: "unknown", place, reason, templated: { scalar, holes } };
}

function withoutTrailingBlanks(node: ScalarNode): ScalarNode {
  const text = `${node.text.trimEnd()}${node.text.endsWith("\n") ? "\n" : ""}`;
  return { ...node, text, value: text };
}

/** The holes that share a character with the stretch. */
function holesTouching(holes: readonly Hole[], { start, end }: Pick<Hole, "start" | "end">): readonly Hole[] {
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((holes[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const first = low;
  while ((holes[low]?.start ?? Infinity) < end) low++;
  return low === first ? none : holes.slice(first, low);
}

/** Opens what a block hole stands in: the collection around it, or one that ends just above it and whose entries stand at its column. */
function placeBlockHole(root: Node, hole: Hole, fragment: Fragment, effects: Effects): void {
  const around = innermost(root, hole);
  if (!around) {
    if (root.kind !== "scalar") openOutside(root, hole, fragment, effects);
    return;
  }
  if (around.kind === "scalar") effects.unknown.set(around, hole.reason);
  else if (around.kind !== "unknown") openInside(around, hole, fragment, effects);
}

function openOutside(root: Node, hole: Hole, fragment: Fragment, effects: Effects): void {
  if (root.kind !== "mapping" && root.kind !== "sequence") return;
  if (hole.end <= root.place.start) open(root, hole, effects);
  else openInside(root, hole, fragment, effects);
}

/** The deepest node whose text holds the hole. */
function innermost(root: Node, hole: Hole): Node | undefined {
  if (!holds(root, hole)) return undefined;
  let node = root;
  for (;;) {
    const next: Node | undefined = node.kind === "mapping" || node.kind === "sequence" ? childBefore(node, hole.end)?.node : undefined;
    if (!next || !holds(next, hole)) return node;
    node = next;
  }
}

function holds({ place }: Node, { start, end }: Hole): boolean {
  return place.start <= start && end <= place.end && place.start < place.end;
}

interface Child {
  readonly node: Node;
  /** Of the key, or of the item. */
  readonly start: number;
  readonly next: Node | undefined;
}

/** The last child that begins before the offset, by its key if it has one. */
function childBefore(node: Collection, offset: number): Child | undefined {
  const count = node.kind === "mapping" ? node.entries.length : node.items.length;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(node, middle) < offset) low = middle + 1;
    else high = middle;
  }
  const child = childAt(node, low - 1);
  return child && { node: child, start: startOf(node, low - 1), next: childAt(node, low) };
}

function startOf(node: Collection, index: number): number {
  return node.kind === "mapping"
    ? node.entries[index]?.key.place.start ?? Number.POSITIVE_INFINITY
    : node.items[index]?.place.start ?? Number.POSITIVE_INFINITY;
}

function childAt(node: Collection, index: number): Node | undefined {
  return node.kind === "mapping" ? node.entries[index]?.value : node.items[index];
}

function openInside(around: Collection, hole: Hole, fragment: Fragment, effects: Effects): void {
  if (around.flow) {
    open(around, hole, effects);
    return;
  }
  const child = childBefore(around, hole.start);
  const next = child ? child.next : childAt(around, 0);
  if (child && child.node.place.start >= hole.end) openAbove(around, child.node, hole, effects);
  else if (around.kind === "sequence" && followsDash(next, hole, fragment)) openAbove(around, next, hole, effects);
  else openBelow(around, hole, fragment, effects);
}

/** The hole stands between a key and its value, at the top of the value. */
function openAbove(around: Collection, value: Node | undefined, hole: Hole, effects: Effects): void {
  if (value?.kind === "mapping" || value?.kind === "sequence") open(value, hole, effects);
  else if (value) effects.unknown.set(value, hole.reason);
  else open(around, hole, effects);
}

/** `- {{ … }}` and the rest of the item on the lines below. */
function followsDash(next: Node | undefined, hole: Hole, { source }: Fragment): boolean {
  return next !== undefined && hole.end <= next.place.start && !source.text.slice(hole.end, next.place.start).includes("-");
}

interface Candidate {
  readonly node: Collection;
  readonly column: number;
}

/** The hole stands below an entry: what ends there may go on in the hole. */
function openBelow(around: Collection, hole: Hole, fragment: Fragment, effects: Effects): void {
  const candidates: Candidate[] = [];
  const column = hole.indent ?? columnAt(fragment, hole.start);
  let node: Node | undefined = around;
  while (node && (node.kind === "mapping" || node.kind === "sequence") && !node.flow) {
    candidates.push({ node, column: columnAt(fragment, node.place.start) });
    const child: Child | undefined = childBefore(node, hole.start);
    node = child && child.node.place.start <= hole.start ? child.node : undefined;
  }
  const last = candidates.at(-1)?.column ?? 0;
  if (node?.kind === "scalar") {
    if (swallows(node, last, column, hole)) effects.unknown.set(node, hole.reason);
    else if (node.style === "literal" || node.style === "folded") effects.trimmed.add(node);
  }
  const exact = atColumn(candidates, column, hole);
  if (exact.length === 0 && node && effects.unknown.has(node) && column > last) return;
  for (const candidate of exact.length > 0 ? exact : candidates) open(candidate.node, hole, effects);
}

/** A list may stand at the column of its key: then a dash tells whose entries follow. */
function atColumn(candidates: readonly Candidate[], column: number, { item }: Hole): readonly Candidate[] {
  const exact = candidates.filter((candidate) => candidate.column === column);
  const kind = item === undefined ? undefined : item ? "sequence" : "mapping";
  const fitting = exact.filter(({ node }) => node.kind === kind);
  return fitting.length > 0 ? fitting : exact;
}

/** Opens a collection, and with a list the items of the hole's own block: a `range` writes them from what it finds. */
function open(node: Collection, { end, until, entire }: Hole, effects: Effects): void {
  effects.open.add(node);
  if (!entire) effects.partial.add(node);
  if (node.kind !== "sequence" || until === undefined) return;
  let index = Math.max(itemAfter(node, end), effects.reached.get(node) ?? 0);
  for (let item = node.items[index]; item && item.place.start < until; item = node.items[++index]) {
    if (item.kind !== "mapping") continue;
    effects.open.add(item);
    effects.partial.add(item);
  }
  effects.reached.set(node, index);
}

function itemAfter({ items }: SequenceNode, offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.place.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An empty value may be all in the hole; a text goes on in it if the hole stands right of the text's owner. */
function swallows({ style, text }: ScalarNode, owner: number, column: number, hole: Hole): boolean {
  if (style === "plain" && text === "") return hole.indent === undefined || column >= owner;
  return column > owner && style !== "single" && style !== "double";
}

/** Counted from 0, in the line as it stands in the source. */
function columnAt({ source, start }: Fragment, offset: number): number {
  const lineStart = source.text.lastIndexOf("\n", offset - 1) + 1;
  return offset - Math.max(lineStart, Math.min(start, offset));
}

