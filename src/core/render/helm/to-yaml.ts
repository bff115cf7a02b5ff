import { plainValue } from "../../read/scalar.js";
import { concat, isKnown, made, type Origin, type Piece, plain, sliced, type Text, textOf, unknownPiece } from "./text.js";
import { type Dict, printed, type Value } from "./value.js";

/**
 * As Helm writes values: keys in order, items at their key's column. Scalars mean the same as there, and keep the places they come from;
 * quotes may be others.
 */
export function toYaml(value: Value): Text | undefined {
  if (value.kind === "unknown" || value.kind === "callable" || isLeftOpen(value)) return undefined;
  return textOf(lines(value, 0, false, 0));
}

/** Nothing is filled in, which is left to whoever installs the chart. */
function isLeftOpen(value: Value): boolean {
  if (value.kind === "nil") return value.soft;
  if (value.kind === "dict") return value.open === true || (value.given && value.entries.size === 0);
  return value.kind === "list" && value.given && value.items.length === 0;
}

const deepest = 60;

/** `inline`: what comes before stands on the line already. */
function lines(value: Value, column: number, inline: boolean, depth: number): readonly Piece[] {
  if (depth > deepest) return [unknownPiece];
  if (value.kind === "dict" && value.open === true) return [unknownPiece];
  if (value.kind === "dict" && value.entries.size > 0) return mappingLines(value, column, inline, depth);
  if (value.kind === "list" && value.items.length > 0) {
    return value.items.flatMap((item, index) => [
      ...lineStart(column, inline && index === 0, index),
      { text: "- ", at: 0 },
      ...lines(item, column + 2, true, depth + 1),
    ]);
  }
  return scalarPieces(value, column);
}

function lineStart(column: number, inline: boolean, index: number): readonly Piece[] {
  return [{ text: `${index > 0 ? "\n" : ""}${inline ? "" : " ".repeat(column)}`, at: 0 }];
}

function mappingLines({ entries, keys }: Dict, column: number, inline: boolean, depth: number): readonly Piece[] {
  const names = [...entries.keys()].sort();
  return names.flatMap((name, index) => {
    const value = entries.get(name) ?? { kind: "unknown" };
    const start = [...lineStart(column, inline && index === 0, index), ...keyPieces(name, keys.get(name)), { text: ":", at: 0 }];
    const nested = (value.kind === "dict" && value.entries.size > 0 && value.open !== true) || (value.kind === "list" && value.items.length > 0);
    if (!nested) return [...start, { text: " ", at: 0 }, ...scalarPieces(value, column)];
    const below = value.kind === "dict" ? column + 2 : column;
    return [...start, { text: "\n", at: 0 }, ...lines(value, below, false, depth + 1)];
  });
}

function keyPieces(name: string, origin: Origin | undefined): readonly Piece[] {
  const key: Piece = { text: name, origin, at: 0 };
  return isPlain(name) ? [key] : name.includes("\n") ? [{ text: JSON.stringify(name), at: 0 }] : singleQuoted(textOf([key])).pieces;
}

function scalarPieces(value: Value, column: number): readonly Piece[] {
  if (value.kind === "nil") return value.soft ? [unknownPiece] : [{ text: "null", at: 0 }];
  if (value.kind === "dict") return [value.open === true ? unknownPiece : { text: "{}", at: 0 }];
  if (value.kind === "list") return [{ text: "[]", at: 0 }];
  if (value.kind === "number") return numberPieces(value);
  const text = printed(value);
  if (!text) return [unknownPiece];
  if (value.kind === "bool") return text.pieces;
  return textPieces(text, column).pieces;
}

/** JSON's form, which has an exponent only from 10^21 on. */
function numberPieces({ value, origin }: Value & { readonly kind: "number" }): readonly Piece[] {
  return [{ text: String(value), origin, at: 0 }];
}

function textPieces(text: Text, column: number): Text {
  const whole = plain(text);
  if (!isKnown(text)) return whole.includes("\n") || /["\\]/.test(whole) ? textOf([unknownPiece]) : concat(made('"'), text, made('"'));
  if (whole === "") return text.pieces.some(({ origin }) => origin?.kind === "value") ? textOf([unknownPiece]) : made('""');
  if (needsEscapes.test(whole) || (whole.includes("\n") && /^[ \n]|[ \t]\n|\t/.test(whole))) return made(JSON.stringify(whole));
  if (whole.includes("\n")) return literalBlock(text, whole, column);
  return isPlain(whole) ? text : singleQuoted(text);
}

// eslint-disable-next-line no-control-regex
const needsEscapes = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]/;
const plainText = /^[\p{L}\p{N}_./$()\\<=+;^~][^\n]*$/u;
const notPlain = /:(?:\s|$)|\s#|\s$|\p{Cc}|^(?:---|\.\.\.)|^=$|^<<$/u;

function isPlain(text: string): boolean {
  return plainValue(text) === text && plainText.test(text) && !notPlain.test(text);
}

function singleQuoted(text: Text): Text {
  if (!plain(text).includes("'")) return concat(made("'"), text, made("'"));
  const pieces = text.pieces.flatMap((piece) =>
    Array.from(piece.text.matchAll(/'|[^']+/g), ({ 0: part, index }): Piece => {
      const at = piece.at + index;
      const origin = piece.origin && { ...piece.origin, exact: false };
      return part === "'" ? { text: "''", origin, at } : { ...piece, text: part, at };
    }),
  );
  return concat(made("'"), textOf(pieces), made("'"));
}

function literalBlock(text: Text, whole: string, column: number): Text {
  const end = /\n*$/.exec(whole)?.[0].length ?? 0;
  const chomping = end === 0 ? "|-" : end === 1 ? "|" : "|+";
  const body = sliced(text, 0, whole.length - (end > 0 ? 1 : 0));
  const pad = " ".repeat(column + 2);
  const pieces: Piece[] = [];
  for (const piece of body.pieces) {
    const parts = piece.text.split("\n");
    let at = piece.at;
    parts.forEach((part, index) => {
      if (index > 0) pieces.push({ text: "\n", at: 0 });
      // A line without content needs no blanks before it.
      if (part !== "") pieces.push({ ...piece, text: part, at });
      at += part.length + 1;
    });
  }
  return concat(made(`${chomping}\n`), padded(pieces, pad));
}

function padded(pieces: readonly Piece[], pad: string): Text {
  let atStart = true;
  const result = pieces.flatMap((piece): Piece[] => {
    const starts = atStart && piece.text !== "\n";
    atStart = piece.text === "\n";
    return starts ? [{ text: pad, at: 0 }, piece] : [piece];
  });
  return textOf(result);
}

/** JSON without places inside of it. Undefined where something is unknown. */
export function toJson(value: Value): Text | undefined {
  const json = jsonOf(value, 0);
  return json === undefined ? undefined : made(json);
}

function jsonOf(value: Value, depth: number): string | undefined {
  if (depth > deepest || isLeftOpen(value)) return undefined;
  switch (value.kind) {
    case "nil":
      return "null";
    case "bool":
    case "number":
      return String(value.value);
    case "text":
      return isKnown(value) ? JSON.stringify(plain(value)) : undefined;
    case "list":
      return bracketed("[", value.items.map((item) => jsonOf(item, depth + 1)), "]");
    case "dict":
      return bracketed("{", [...value.entries.keys()].sort().map((name) => jsonEntry(name, value.entries.get(name), depth)), "}");
    default:
      return undefined;
  }
}

function jsonEntry(name: string, value: Value | undefined, depth: number): string | undefined {
  const json = value && jsonOf(value, depth + 1);
  return json === undefined ? undefined : `${JSON.stringify(name)}:${json}`;
}

function bracketed(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(",")}${close}`;
}
