import type { Line } from "./text-lines.js";
import type { Unit } from "./template-units.js";

/** A unit and what stands around it on its line. */
export interface Piece {
  readonly unit: Unit;
  /** Nothing but units and a comment stands on its line. */
  readonly own: boolean;
  /** Behind a `#`: the renderer minds it, the YAML reader does not. */
  readonly commented: boolean;
  /** No content before it on its line. */
  readonly leading: boolean;
}

/** Units in order, looked at together with those they share lines with. */
export function piecesOf(text: string, lines: readonly Line[], units: readonly Unit[]): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < units.length; ) {
    let to = from + 1;
    while (to < units.length && units[to]?.startLine === units[to - 1]?.endLine) to++;
    for (const piece of chain(text, lines, units.slice(from, to))) pieces.push(piece);
    from = to;
  }
  return pieces;
}

function chain(text: string, lines: readonly Line[], units: readonly Unit[]): Piece[] {
  const [first] = units;
  const last = units.at(-1);
  const start = lines[first?.startLine ?? 0]?.start ?? 0;
  const end = lines[last?.endLine ?? 0]?.end ?? text.length;
  const gaps = gapsBetween(text, units, start, end);
  const hash = commentStart(text, units, start, end);
  const own = gaps.every((gap, index) => isEmpty(gap, index === gaps.length - 1));
  let leading = true;
  return units.map((unit, index) => {
    leading &&= isEmpty(gaps[index] ?? "", false);
    return { unit, own, commented: unit.start > hash, leading };
  });
}

function gapsBetween(text: string, units: readonly Unit[], start: number, end: number): string[] {
  const gaps: string[] = [];
  let offset = start;
  for (const unit of units) {
    gaps.push(text.slice(offset, unit.start));
    offset = unit.end;
  }
  return [...gaps, text.slice(offset, end)];
}

function isEmpty(gap: string, tail: boolean): boolean {
  const content = gap.trimStart();
  return content === "" || (tail && content.startsWith("#") && content !== gap);
}

/** Where a YAML comment begins among the units, infinite when none does. What units hold is not looked at. */
function commentStart(text: string, units: readonly Unit[], start: number, end: number): number {
  let next = 0;
  let quote = "";
  for (let offset = start; offset < end; offset++) {
    const unit = units[next];
    const character = text[offset] ?? "";
    if (unit && offset >= unit.start) {
      offset = unit.end - 1;
      next++;
    } else if (quote) {
      if (character === quote) quote = "";
      else if (character === "\\" && quote === '"') offset++;
    } else if (beginsAt(text, offset, start)) {
      if (character === "#") return offset;
      if (character === '"' || character === "'") quote = character;
    }
  }
  return Infinity;
}

/** Whether a quote or a `#` can begin something here: at the start, behind a blank or an opening bracket. */
function beginsAt(text: string, offset: number, start: number): boolean {
  return offset === start || /[\s[{(,:=]/.test(text[offset - 1] ?? "");
}
