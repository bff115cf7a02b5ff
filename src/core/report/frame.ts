import { displayWidth, visible } from "./visible.js";

/** A line of the source with the reported stretch marked under it. */
export interface Frame {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Carets with the blanks before them. */
  readonly indent: string;
  readonly carets: string;
}

/** One character as it is shown. */
interface Cell {
  readonly offset: number;
  readonly shown: string;
  readonly width: number;
}

/** UTF-16 units that are looked at on each side of the place: a line of a minified file may have millions. */
const reach = 1000;
const tab = "    ";
const cut = "…";

/** The line at `start`, at most `width` columns of it, with carets up to `end` or the end of the line. */
export function frameOf(text: string, start: number, end: number, width: number): Frame {
  const { cells, complete } = cellsAround(text, start);
  const marks = cells.filter((cell) => cell.offset >= start && cell.offset < Math.max(end, start + 1));
  const first = marks[0]?.offset ?? start;
  const last = marks.at(-1)?.offset ?? start;
  const window = narrowed(cells, first, complete, width);
  const show = (wanted: (cell: Cell) => boolean): string => window.cells.filter(wanted).map((cell) => cell.shown).join("");
  const before = (window.cutLeft ? cut : "") + show((cell) => cell.offset < first);
  const marked = show((cell) => cell.offset >= first && cell.offset <= last && marks.length > 0);
  const after = show((cell) => cell.offset > last || (marks.length === 0 && cell.offset >= first)) + (window.cutRight ? cut : "");
  return { before, marked, after, indent: " ".repeat(displayWidth(before)), carets: "^".repeat(Math.max(1, displayWidth(marked))) };
}

function cellsAround(text: string, start: number): { cells: readonly Cell[]; complete: { left: boolean; right: boolean } } {
  const head = text.slice(Math.max(0, start - reach), start);
  const lineBreak = Math.max(head.lastIndexOf("\n"), head.lastIndexOf("\r"));
  const from = wholeCharacter(text, start - head.length + lineBreak + 1);
  const tail = text.slice(start, start + reach);
  const lineEnd = tail.search(/[\r\n]/);
  const to = lineEnd < 0 ? start + tail.length : start + lineEnd;
  const complete = { left: lineBreak >= 0 || from === 0, right: lineEnd >= 0 || to === text.length };
  return { cells: cellsOf(text.slice(from, to), from), complete };
}

/** The second half of a surrogate pair belongs to the character before it. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}

function cellsOf(text: string, from: number): readonly Cell[] {
  const cells: Cell[] = [];
  let offset = from;
  for (const character of text) {
    const shown = character === "\t" ? tab : visible(character);
    cells.push({ offset, shown, width: displayWidth(shown) });
    offset += character.length;
  }
  // A byte order mark is no text that a reader would look for.
  return cells[0]?.offset === 0 && text.startsWith("\ufeff") ? cells.slice(1) : cells;
}

/** What fits: about a third of the width before the place, the rest from there on. */
function narrowed(cells: readonly Cell[], start: number, complete: { left: boolean; right: boolean }, width: number) {
  let left = cells.findIndex((cell) => cell.offset >= start);
  if (left < 0) left = cells.length;
  const total = cells.reduce((sum, cell) => sum + cell.width, 0);
  const room = Math.max(20, width) - cut.length * 2;
  let used = 0;
  const lead = total <= room ? room : Math.floor(room / 3);
  while (left > 0 && used + (cells[left - 1]?.width ?? 0) <= lead) used += cells[--left]?.width ?? 0;
  let right = left;
  used = 0;
  while (right < cells.length && used + (cells[right]?.width ?? 0) <= room) used += cells[right++]?.width ?? 0;
  return { cells: cells.slice(left, right), cutLeft: left > 0 || !complete.left, cutRight: right < cells.length || !complete.right };
}
