import type { Place } from "../../text/place.js";

/** Where a stretch of produced text is written. */
export interface Origin {
  /** `template`: it stands there as it is. `value`: a scalar of a values file or of Chart.yaml. `word`: a string inside an action. */
  readonly kind: "template" | "value" | "word";
  /** All of it. */
  readonly place: Place;
  /** Where the produced `text.slice(from, to)` stands; all of it for what was changed on the way. */
  readonly slice: (from: number, to: number) => Place;
  /** Nothing was changed on the way: part of it can be mended where it stands. */
  readonly exact: boolean;
}

/** A stretch of text of one origin. */
export interface Piece {
  readonly text: string;
  /** Without one, a function made it. */
  readonly origin?: Origin | undefined;
  /** Offset of `text` in what the origin produced. */
  readonly at: number;
  /** `text` is a template action that stands for what nobody knows here. */
  readonly unknown?: boolean;
  /** The action of the rendered template that put it there. */
  readonly via?: Place;
  /** The values leave it out: it is here to be looked at all the same. */
  readonly off?: true;
}

export interface Text {
  readonly kind: "text";
  readonly pieces: readonly Piece[];
}

/** What stands for something unknown: readers of templates take it for a value of the renderer's. */
export const unknownAction = "{{ x }}";

export const unknownPiece: Piece = { text: unknownAction, at: 0, unknown: true };

export const noText: Text = { kind: "text", pieces: [] };

/** Text that a function made. */
export function made(text: string): Text {
  return text === "" ? noText : { kind: "text", pieces: [{ text, at: 0 }] };
}

export function textOf(pieces: readonly Piece[]): Text {
  return { kind: "text", pieces };
}

export function plain({ pieces }: Text): string {
  const [only] = pieces;
  return pieces.length === 1 && only ? only.text : pieces.map(({ text }) => text).join("");
}

export function isKnown({ pieces }: Text): boolean {
  return !pieces.some(({ unknown }) => unknown === true);
}

export function concat(...texts: readonly Text[]): Text {
  return { kind: "text", pieces: texts.flatMap(({ pieces }) => pieces) };
}

/** Like that of strings; what is unknown stays whole. */
export function sliced({ pieces }: Text, from: number, to: number): Text {
  const found: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const [start, end] = [offset, offset + piece.text.length];
    offset = end;
    if (end < from || start > to || (start < end && (end === from || start === to))) continue;
    const [left, right] = [Math.max(from, start), Math.min(to, end)];
    const isWhole = left === start && right === end;
    found.push(isWhole ? piece : { ...piece, text: piece.text.slice(left - start, right - start), at: piece.at + left - start });
  }
  return { kind: "text", pieces: found };
}

/** The text after a change that moves its characters: it still comes from where it came from, if that is one place. */
export function derived(from: Text, text: string): Text {
  const origins = new Set(from.pieces.flatMap((piece) => piece.origin ?? []));
  const [origin] = origins;
  if (!origin || origins.size > 1) return made(text);
  if (plain(from) === text) return from;
  const whole: Origin = { ...origin, exact: false, slice: () => origin.place };
  return { kind: "text", pieces: [{ text, origin: whole, at: 0 }] };
}

/** Every line moved to the right; blank ones too, as Helm does. */
export function indented(text: Text, columns: number): Text {
  const pad: Piece = { text: " ".repeat(columns), at: 0 };
  const pieces: Piece[] = [pad];
  for (const piece of text.pieces) {
    if (piece.unknown === true || !piece.text.includes("\n")) {
      pieces.push(piece);
      continue;
    }
    let start = 0;
    for (let end = piece.text.indexOf("\n"); end >= 0; end = piece.text.indexOf("\n", start)) {
      pieces.push({ ...piece, text: piece.text.slice(start, end + 1), at: piece.at + start }, pad);
      start = end + 1;
    }
    if (start < piece.text.length) pieces.push({ ...piece, text: piece.text.slice(start), at: piece.at + start });
  }
  return { kind: "text", pieces };
}

/** The text between the first and the last character that `isCut` does not hold for; what is unknown is kept. */
export function trimmed(text: Text, isCut: (character: string) => boolean, sides: "left" | "right" | "both" = "both"): Text {
  const whole = plain(text);
  const { first, last } = extent(text);
  let from = 0;
  let to = whole.length;
  if (sides !== "right") while (from < Math.min(first, to) && isCut(whole.charAt(from))) from++;
  if (sides !== "left") while (to > Math.max(last, from) && isCut(whole.charAt(to - 1))) to--;
  return sliced(text, from, to);
}

/** Where the first unknown piece begins, and the last one ends. */
function extent({ pieces }: Text): { readonly first: number; readonly last: number } {
  let [offset, first, last] = [0, Infinity, 0];
  for (const { text, unknown } of pieces) {
    if (unknown === true) [first, last] = [Math.min(first, offset), offset + text.length];
    offset += text.length;
  }
  return { first, last };
}

export function isWhite(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}

/** Whether the last line is a comment of YAML. */
export function endsInComment(pieces: readonly Piece[]): boolean {
  let line = "";
  for (let index = pieces.length - 1; index >= 0 && line.length < longestLine; index--) {
    const text = pieces[index]?.text ?? "";
    const end = text.lastIndexOf("\n");
    line = text.slice(end + 1) + line;
    if (end >= 0) break;
  }
  return /^[ \t]*#/.test(line);
}

const longestLine = 500;
