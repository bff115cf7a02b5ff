import type { Place } from "../text/place.js";

/**
 * A manifest as it is written: every node knows where it stands. Unlike a parsed object, it keeps duplicate keys,
 * says what a template made unknowable, and never loses a position.
 */
export type Node = MappingNode | SequenceNode | ScalarNode | UnknownNode;

export interface MappingNode {
  readonly kind: "mapping";
  readonly place: Place;
  /** In writing order, keys that a merge key (`<<`) brought in last; a key written twice stands here twice, and the last one counts. */
  readonly entries: readonly Entry[];
  /** A template directive or an ellipsis stands among the entries: an absent key is unknown, not absent. */
  readonly open: boolean;
  /** Of an open one: what may come or not is all written among the entries, so an absent key is absent. */
  readonly entire?: true;
  /** `{ … }`, as in JSON. */
  readonly flow: boolean;
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
  /** Came through `<<`: the value stands elsewhere. */
  readonly merged?: true;
  /** A condition of a template decides whether it is there at all. */
  readonly maybe?: true;
  /** The way of a template's condition that it stands in: of `if` and `else` a cluster gets one. Where that way begins. */
  readonly way?: number;
  /** Several ways write it, each another value: the entries, of which this one, with an unknown value, stands for all. */
  readonly choices?: readonly Entry[];
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly place: Place;
  readonly items: readonly Node[];
  /** Of each item, as in an Entry; absent where no item stands in a condition. */
  readonly ways?: readonly (number | undefined)[];
  /** As in a mapping: there may be more items than are written. */
  readonly open: boolean;
  readonly flow: boolean;
}

/** What Kubernetes takes a scalar for. Integers beyond 2^53 are bigint; `null` is also an empty value. */
export type ScalarValue = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  /** Includes quotes; for a block scalar it begins at the indicator `|` or `>`. */
  readonly place: Place;
  readonly value: ScalarValue;
  /** The decoded text before its type was decided: `0555` for the integer 365. */
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "literal" | "folded";
  /** Where the decoded `text.slice(from, to)` stands in the source (through folding, escapes and indentation). */
  readonly slice: (from: number, to: number) => Place;
}

/** A value that only the rendered manifest would show. */
export interface UnknownNode {
  readonly kind: "unknown";
  readonly place: Place;
  readonly reason: "template" | "placeholder" | "alias" | "elided";
  /** The text around what a template fills in. */
  readonly templated?: Templated;
  /** As it is written, where all that is to be filled in are actions of a template. */
  readonly written?: ScalarNode;
}

/** A character of the private use area: legal in a plain YAML scalar anywhere, and nobody's text. */
export const MASK = "\uE000";

/** A scalar in which a template writes: what it writes there is masked, character for character. */
export interface Templated {
  readonly scalar: ScalarNode;
  /** The template's actions, in the source. */
  readonly holes: readonly Place[];
}

/** The entry that counts: the last one written, as in Kubernetes' decoder. */
export function entryOf(mapping: MappingNode, key: string): Entry | undefined {
  let found: Entry | undefined;
  for (const entry of mapping.entries) {
    if (entry.key.text !== key) continue;
    if (entry.merged && found) continue;
    found = entry;
  }
  return found;
}
