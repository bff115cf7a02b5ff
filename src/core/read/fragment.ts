import type { Source } from "../text/place.js";

/**
 * The text of one YAML document, character for character as long as the stretch of the source it stands for: the offset in
 * the source is `start + index`. What does not belong to the document (the indentation and quote marks of a Markdown
 * fence, the prompt of a shell) is masked with blanks, a templated value with `MASK`.
 */
export interface Fragment {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Sorted by `start`. */
  readonly holes: readonly Hole[];
}

/** What a template engine or an author left open, in offsets of the source. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  /**
   * - `value`: (part of) a scalar, masked with `MASK`: every scalar that touches it is unknown.
   * - `block`: stands for entries or items that are not there, masked with blanks: what encloses it is open.
   */
  readonly kind: "value" | "block";
  readonly reason: "template" | "placeholder" | "elided";
  /** Column (from 0) at which a block hole's content would stand, where that is known (`nindent 8`). */
  readonly indent?: number;
  /** The text that follows, at that column, begins with a dash: an item, no key. */
  readonly item?: boolean;
  /** Of `{{ range }}` and the like: where the block it opens ends. What begins before is the renderer's to repeat. */
  readonly until?: number;
  /** Nothing comes in its place that is not written behind it. */
  readonly entire?: true;
  /** Of `{{ else }}`: another way of the block that stands around it begins. */
  readonly isElse?: true;
}

export { MASK } from "./node.js";
