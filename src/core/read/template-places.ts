import { blockScalarOwner, insideBlockScalar } from "./block-scalar.js";
import { MASK } from "./fragment.js";
import type { Hole } from "./fragment.js";
import type { Mask } from "./mask.js";
import type { Piece } from "./template-pieces.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** What a piece leaves behind. */
export interface Placed {
  readonly hole?: Hole;
  readonly mask?: Mask;
}

/** Where the walk through the lines stands. */
interface Walk {
  /** Column the current block scalar's lines exceed. */
  owner: number | undefined;
  scalarIndent: number | undefined;
  /** Pieces on blank lines: the next line with content tells whether they stood in the scalar. */
  pending: Piece[];
}

/** Decides for every piece whether it stands among entries, in a value or in a script. `text` has the actions masked already. */
export function placePieces(text: string, pieces: readonly Piece[]): Placed[] {
  const lines = linesOf(text);
  const columns = contentColumns(text, lines, pieces);
  const walk: Walk = { owner: undefined, scalarIndent: undefined, pending: [] };
  const placed: Placed[] = [];
  let next = 0;
  lines.forEach((line, index) => {
    const here: Piece[] = [];
    for (let piece = pieces[next]; piece?.unit.startLine === index; piece = pieces[++next]) here.push(piece);
    if (line.blank) {
      for (const piece of here) walk.pending.push(piece);
      return;
    }
    for (const each of settlePending(walk, line, lines, columns)) placed.push(each);
    const inside = enter(walk, text, line);
    for (const piece of here) {
      const heads = !inside && headsBlock(text, line, piece, columns[index + 1]?.column);
      if (heads) placed.push(blockHead(piece));
      else placed.push(inside ? inScript(piece, lines, line.indent) : among(piece, lines, columns));
    }
  });
  return [...placed, ...settlePending(walk, undefined, lines, columns)];
}

/** Moves on to a line with content; true when it is part of a block scalar. */
function enter(walk: Walk, text: string, line: Line): boolean {
  if (insideBlockScalar(walk.owner, line)) {
    walk.scalarIndent ??= line.indent;
    return true;
  }
  walk.owner = blockScalarOwner(text, line);
  walk.scalarIndent = undefined;
  return false;
}

function settlePending(walk: Walk, line: Line | undefined, lines: readonly Line[], columns: readonly (Content | undefined)[]): Placed[] {
  const { owner, pending } = walk;
  walk.pending = [];
  const continues = line !== undefined && insideBlockScalar(owner, line);
  return pending.map((piece) => {
    const column = columnOf(piece, lines);
    const inside = continues || (owner !== undefined && piece.unit.effect === "output" && column > owner);
    if (!inside) return among(piece, lines, columns);
    return inScript(piece, lines, walk.scalarIndent ?? (continues ? line.indent : column));
  });
}

/** A hole in a script, with a mask that begins no further left than the script does, as it would end there. */
function inScript({ unit }: Piece, lines: readonly Line[], indent: number): Placed {
  const { start, end } = unit;
  const line = lines[unit.startLine];
  const from = Math.max(start, (line?.start ?? 0) + indent);
  const to = Math.min(end, line?.end ?? end);
  const hole: Hole = { start, end, kind: "value", reason: "template" };
  return from < to ? { hole, mask: { start: from, end: to, fill: MASK } } : { hole };
}

function among(piece: Piece, lines: readonly Line[], columns: readonly (Content | undefined)[]): Placed {
  const { unit, own, commented, leading } = piece;
  const { start, end, effect, startLine, until, entire, isElse } = unit;
  if (effect === "silent" || (commented && effect === "output")) return {};
  if (effect === "output" && !own) return { hole: { start, end, kind: "value", reason: "template" } };
  const marks = { ...(until === undefined ? {} : { until }), ...(entire ? { entire } : {}), ...(isElse ? { isElse } : {}) };
  const hole: Hole = { start, end, kind: "block", reason: "template", ...marks };
  if (effect === "output") return { hole: { ...hole, indent: columnOf(piece, lines) } };
  const next = columns[leading ? startLine : startLine + 1];
  return { hole: next ? { ...hole, indent: next.column, ...(next.item === undefined ? {} : { item: next.item }) } : hole };
}

/**
 * `labels: {{- include "labels" . | nindent 4 }}` with more labels written below: the output is the first of the entries, no value.
 */
function headsBlock(text: string, line: Line, { unit, own }: Piece, next: number | undefined): boolean {
  if (own || unit.effect !== "output" || next === undefined) return false;
  const before = text.slice(line.start + line.indent, unit.start).trimEnd();
  const after = text.slice(unit.end, line.end).trimStart();
  if (after !== "" && !after.startsWith("#")) return false;
  if (/^(?:-[ \t]*)+$/.test(before)) return next > line.indent;
  const dashes = /^(?:-[ \t]+)*/.exec(before)?.[0].length ?? 0;
  return before.endsWith(":") && next > line.indent + dashes;
}

function blockHead({ unit: { start, end, indent } }: Piece): Placed {
  const hole: Hole = { start, end, kind: "block", reason: "template" };
  return { hole: indent === undefined ? hole : { ...hole, indent }, mask: { start, end, fill: " " } };
}

/** Where the output of a piece on its own line stands: the column its indentation function names, else its own. */
function columnOf({ unit }: Piece, lines: readonly Line[]): number {
  return unit.indent ?? unit.start - (lines[unit.startLine]?.start ?? unit.start);
}

interface Content {
  readonly column: number;
  /** It begins with a dash; absent for what an action puts there. */
  readonly item?: boolean;
}

/** For every line the content that follows on it or after it: what an `if` there is about. */
function contentColumns(text: string, lines: readonly Line[], pieces: readonly Piece[]): (Content | undefined)[] {
  const columns = new Array<Content | undefined>(lines.length);
  const outputs = new Map<number, Content>();
  for (const piece of pieces) {
    if (piece.own && piece.unit.effect === "output") outputs.set(piece.unit.startLine, { column: columnOf(piece, lines) });
  }
  let next: Content | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index];
    if (!line) continue;
    next = outputs.get(index) ?? contentOn(text, line) ?? next;
    columns[index] = next;
  }
  return columns;
}

function contentOn(text: string, { blank, start, indent }: Line): Content | undefined {
  if (blank || text[start + indent] === "#") return undefined;
  return { column: indent, item: /^-(?:\s|$)/.test(text.slice(start + indent, start + indent + 2)) };
}
