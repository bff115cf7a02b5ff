import { MASK } from "./fragment.js";
import type { Hole } from "./fragment.js";
import { masked } from "./mask.js";
import type { Mask, Stretch } from "./mask.js";
import { actionsIn } from "./template-actions.js";
import type { Action } from "./template-actions.js";
import { piecesOf } from "./template-pieces.js";
import type { Piece } from "./template-pieces.js";
import { placePieces } from "./template-places.js";
import type { Placed } from "./template-places.js";
import { unitsOf } from "./template-units.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** A text without its template actions; all offsets are of the text. */
export interface Templated {
  readonly text: string;
  readonly holes: readonly Hole[];
  /** From each `else` to its `end`: where both branches do not make one document, the first one does. */
  readonly alternatives: readonly Stretch[];
  /** Comments of the template language. */
  readonly comments: readonly Action[];
}

/**
 * Writes over `{{ … }}`, `{% … %}` so that what is left is YAML with the same offsets. An action on lines of its own leaves blanks and a
 * block hole, one beside other text leaves a value; in a script it leaves a value too, as nobody knows what it adds.
 */
export function withoutTemplates(text: string): Templated {
  const actions = actionsIn(text);
  if (actions.length === 0) return { text, holes: [], alternatives: [], comments: [] };
  const { units, definitions, alternatives } = unitsOf(text, actions);
  const visible = masked(text, definitions.map(blanks));
  const lines = linesOf(visible);
  const pieces = piecesOf(visible, lines, units);
  const literal = masked(visible, pieces.flatMap((piece) => masksOf(piece, lines)));
  const placed = placePieces(literal, pieces);
  return {
    text: masked(literal, placed.flatMap(({ mask }) => mask ?? [])),
    holes: placed.flatMap(({ hole }, index) => (hole && !repeats(placed, pieces, index) ? hole : [])),
    alternatives,
    comments: actions.filter(({ role }) => role === "comment"),
  };
}

/** Conditions side by side open the same mapping: one hole says so. */
function repeats(placed: readonly Placed[], pieces: readonly Piece[], index: number): boolean {
  const [before, hole] = [placed[index - 1]?.hole, placed[index]?.hole];
  const sameLine = pieces[index - 1]?.unit.startLine === pieces[index]?.unit.startLine;
  return sameLine && before?.kind === "block" && hole?.kind === "block" && before.indent === hole.indent && before.entire === hole.entire;
}

function blanks({ start, end }: Stretch): Mask {
  return { start, end, fill: " " };
}

function masksOf({ unit, own, commented }: Piece, lines: readonly Line[]): Mask[] {
  if (commented) return [];
  if (own || unit.effect !== "output") return [blanks(unit)];
  const firstLineEnd = Math.min(unit.end, lines[unit.startLine]?.end ?? unit.end);
  return [{ start: unit.start, end: firstLineEnd, fill: MASK }, blanks({ start: firstLineEnd, end: unit.end })];
}
