import { concat, indented, isKnown, isWhite, made, plain, sliced, type Text, textOf, trimmed, unknownPiece } from "../text.js";
import { byteLength, bytesOf } from "./utf8.js";
import { known, printed, type Value } from "../value.js";
import { type HelmFunctions, numberOf } from "./function.js";

/** Functions that pass on where their text comes from, and work around what is unknown in it. */
export const textFunctions: HelmFunctions = {
  quote: (args) => quoted(args, '"'),
  squote: (args) => quoted(args, "'"),
  indent: ([columns, text]) => moved(columns, text, ""),
  nindent: ([columns, text]) => moved(columns, text, "\n"),
  trim: ([text]) => trimmedOf(text, isWhite),
  trimAll: ([cut, text]) => trimmedBy(cut, text, "both"),
  trimPrefix: ([prefix, text]) => withoutPrefix(prefix, text),
  trimSuffix: ([suffix, text]) => withoutSuffix(suffix, text),
  trunc: ([length, text]) => truncated(numberOf(length), text),
  substr: ([from, to, text]) => {
    const [start, end] = [numberOf(from), numberOf(to)];
    return start === undefined || end === undefined ? undefined : bytes(text, Math.max(0, start), start >= 0 && end < 0 ? Infinity : end);
  },
  cat: (args) => separated(args.filter((value) => value.kind !== "nil" || value.soft), () => " "),
  print: (args) => separated(args, (a, b) => (a.kind === "text" || b.kind === "text" ? "" : " ")),
  println: (args) => concat(separated(args, () => " "), made("\n")),
  printf: ([format, ...args]) => formatted(format, args),
  toString: ([value]: readonly Value[]) => (value?.kind === "nil" ? undefined : value && printed(value)),
  nospace: ([text]) => (text && (known(text)?.search(/\s/) ?? 0) < 0 ? textual(text) : undefined),
};

/** The text of a value, with a hole for what is unknown. */
function textual(value: Value): Text {
  if (value.kind === "nil" && !value.soft) return made("");
  return printed(value) ?? textOf([unknownPiece]);
}

function quoted(args: readonly Value[], mark: string): Text {
  const parts = args.filter((value) => value.kind !== "nil" || value.soft).map((value) => quotedText(textual(value), mark));
  return concat(...parts.flatMap((part, index) => (index === 0 ? [part] : [made(" "), part])));
}

function quotedText(text: Text, mark: string): Text {
  if (mark === "'" || !needsEscapes(text)) return concat(made(mark), text, made(mark));
  return isKnown(text) ? escaped(text) : textOf([{ ...unknownPiece }]);
}

// eslint-disable-next-line no-control-regex
const special = /["\\\0-\x1f\x7f]/;

function needsEscapes({ pieces }: Text): boolean {
  return pieces.some((piece) => piece.unknown !== true && special.test(piece.text));
}

/** As Go quotes; characters that need no escape keep their places. */
function escaped({ pieces }: Text): Text {
  const parts = pieces.flatMap((piece) =>
    Array.from(piece.text.matchAll(/["\\\p{Cc}]|[^"\\\p{Cc}]+/gu), ({ 0: part, index }) => {
      const at = piece.at + index;
      if (!special.test(part)) return { ...piece, text: part, at };
      return { ...piece, text: JSON.stringify(part).slice(1, -1), at, origin: wholeOf(piece, at, part) };
    }),
  );
  return concat(made('"'), textOf(parts), made('"'));
}

function wholeOf({ origin }: Text["pieces"][number], at: number, part: string): Text["pieces"][number]["origin"] {
  return origin && { ...origin, exact: false, slice: () => origin.slice(at, at + part.length) };
}

function moved(columns: Value | undefined, text: Value | undefined, before: string): Value | undefined {
  const count = numberOf(columns);
  if (count === undefined || count < 0 || count > 200 || text === undefined) return undefined;
  return concat(made(before), indented(textual(text), count));
}

function trimmedOf(text: Value | undefined, isCut: (character: string) => boolean): Value | undefined {
  return text && text.kind !== "unknown" ? trimmed(textual(text), isCut) : undefined;
}

function trimmedBy(cut: Value | undefined, text: Value | undefined, sides: "both" | "left" | "right"): Value | undefined {
  const characters = known(cut);
  return characters === undefined || text === undefined ? undefined : trimmed(textual(text), (one) => characters.includes(one), sides);
}

function withoutPrefix(prefix: Value | undefined, text: Value | undefined): Value | undefined {
  const [cut, from] = [known(prefix), text && textual(text)];
  if (cut === undefined || !from) return undefined;
  const [first] = from.pieces;
  if (first?.unknown === true || (first && !isKnown(from) && first.text.length < cut.length)) return undefined;
  const whole = plain(from);
  return whole.startsWith(cut) ? sliced(from, cut.length, whole.length) : from;
}

function withoutSuffix(suffix: Value | undefined, text: Value | undefined): Value | undefined {
  const [cut, from] = [known(suffix), text && textual(text)];
  if (cut === undefined || !from) return undefined;
  const last = from.pieces.at(-1);
  if (last?.unknown === true || (last && !isKnown(from) && last.text.length < cut.length)) return undefined;
  const whole = plain(from);
  return whole.endsWith(cut) ? sliced(from, 0, whole.length - cut.length) : from;
}

function truncated(length: number | undefined, text: Value | undefined): Value | undefined {
  const whole = wholeOfText(text);
  if (length === undefined || whole === undefined) return undefined;
  return length >= 0 ? bytes(text, 0, length) : bytes(text, Math.max(0, byteLength(whole) + length), Infinity);
}

/** A stretch of a text as Go counts, in bytes of UTF-8. Part of a character is nothing that could be written here. */
function bytes(text: Value | undefined, from: number, to: number): Value | undefined {
  const whole = wholeOfText(text);
  if (text === undefined || whole === undefined || to < from) return undefined;
  const [start, end] = [offsetOf(whole, from), offsetOf(whole, to)];
  return start === undefined || end === undefined ? undefined : sliced(textual(text), start, end);
}

/** Undefined for what somebody may fill in, too. */
function wholeOfText(value: Value | undefined): string | undefined {
  return value?.kind === "nil" && value.soft ? undefined : known(value);
}

/** Undefined in the midst of a character. */
function offsetOf(text: string, bytes: number): number | undefined {
  let [count, offset] = [0, 0];
  for (const character of text) {
    if (count >= bytes) break;
    count += bytesOf(character);
    offset += character.length;
  }
  return count > bytes ? undefined : offset;
}

function separated(args: readonly Value[], between: (a: Value, b: Value) => string): Text {
  return concat(
    ...args.flatMap((value, index) => {
      const before = args[index - 1];
      return before ? [made(between(before, value)), shown(value)] : [shown(value)];
    }),
  );
}

/** As Go prints it: nothing has a form of its own. */
function shown(value: Value): Text {
  return value.kind === "nil" && !value.soft ? made("<nil>") : textual(value);
}

/** Go takes no wider columns: https://github.com/golang/go/blob/go1.24.0/src/fmt/print.go */
const widest = 1_000_000;

const verb = /%(?:%|([+\-# 0]*)(\d*)([a-zA-Z]))|[^%]+|%/g;

function formatted(format: Value | undefined, args: readonly Value[]): Value | undefined {
  const layout = known(format);
  if (layout === undefined || format?.kind !== "text") return undefined;
  const parts: Text[] = [];
  let next = 0;
  for (const { 0: whole, 1: flags = "", 2: width = "", 3: letter, index } of layout.matchAll(verb)) {
    if (letter === undefined) {
      parts.push(whole === "%%" ? made("%") : sliced(format, index, index + whole.length));
      continue;
    }
    const part = verbText(letter, args[next++], { flags, width });
    if (!part) return undefined;
    parts.push(part);
  }
  return next === args.length ? concat(...parts) : undefined;
}

interface Layout {
  readonly flags: string;
  readonly width: string;
}

function verbText(letter: string, value: Value | undefined, { flags, width }: Layout): Text | undefined {
  if (value === undefined) return undefined;
  if (letter === "d") {
    if (value.kind === "unknown") return textOf([unknownPiece]);
    if (value.kind !== "number" || value.float || Number(width) > widest) return undefined;
    return made(flags.includes("0") ? String(value.value).padStart(Number(width), "0") : String(value.value).padStart(Number(width)));
  }
  if (flags !== "" || width !== "") return undefined;
  if (letter === "v") return shown(value);
  if (value.kind === "nil" && !value.soft) return made(`%!${letter}(<nil>)`);
  if (letter === "s" && value.kind !== "number" && value.kind !== "bool") return textual(value);
  if (letter === "t" && value.kind === "bool") return textual(value);
  return letter === "q" && value.kind === "text" ? quotedText(value, '"') : undefined;
}

