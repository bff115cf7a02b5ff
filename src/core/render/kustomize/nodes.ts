import { entryOf } from "../../read/node.js";
import type { Entry, MappingNode, Node, ScalarNode, UnknownNode } from "../../read/node.js";
import type { Place } from "../../text/place.js";

/** Of every key the one entry that counts, in writing order. */
export function entriesOf(mapping: MappingNode): readonly Entry[] {
  const keys = new Set(mapping.entries.map(({ key }) => key.text));
  if (keys.size === mapping.entries.length) return mapping.entries;
  return [...keys].flatMap((key) => entryOf(mapping, key) ?? []);
}

/** The mapping with this entry, in the place of one of the same key. */
export function withEntry(mapping: MappingNode, entry: Entry): MappingNode {
  const entries = entriesOf(mapping);
  const index = entries.findIndex(({ key }) => key.text === entry.key.text);
  return { ...mapping, entries: index < 0 ? [...entries, entry] : entries.with(index, entry) };
}

export function withoutEntry(mapping: MappingNode, key: string): MappingNode {
  return { ...mapping, entries: mapping.entries.filter((entry) => entry.key.text !== key) };
}

/** The value under a key replaced, where there is one. */
export function withValue(mapping: MappingNode, key: string, change: (value: Node) => Node): MappingNode {
  const entry = entryOf(mapping, key);
  if (!entry) return mapping;
  const value = change(entry.value);
  return value === entry.value ? mapping : withEntry(mapping, { key: entry.key, value });
}

/** A key that nobody wrote, standing where its reason is written. */
export function keyNode(text: string, { place }: Pick<Node, "place">): ScalarNode {
  return { kind: "scalar", place, value: text, text, style: "plain", slice: () => place };
}

export function emptyMapping({ place }: Pick<Node, "place">): MappingNode {
  return { kind: "mapping", place, entries: [], open: false, flow: false };
}

/** What a tool decides that is not asked here. */
export function unknownNode({ place }: Pick<Node, "place">): UnknownNode {
  return { kind: "unknown", place, reason: "template" };
}

/** A part of a text, and where its characters stand. */
export interface Piece {
  readonly text: string;
  readonly slice: (from: number, to: number) => Place;
}

/** Part of a scalar as a piece. */
export function pieceOf(scalar: ScalarNode, from = 0, to = scalar.text.length): Piece {
  return { text: scalar.text.slice(from, to), slice: (start, end) => scalar.slice(from + start, from + end) };
}

/** A text put together from several places; as a whole it stands at `place`, where a reader should look. */
export function composed(place: Place, pieces: readonly Piece[]): ScalarNode {
  const text = pieces.map((piece) => piece.text).join("");
  const slice = (from: number, to: number): Place => {
    let start = 0;
    for (const piece of pieces) {
      const end = start + piece.text.length;
      if (from >= start && to <= end && piece.text !== "") return piece.slice(from - start, to - start);
      start = end;
    }
    return place;
  };
  return { kind: "scalar", place, value: text, text, style: "plain", slice };
}
