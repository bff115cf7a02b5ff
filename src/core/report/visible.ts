import { eastAsianWidth } from "get-east-asian-width";

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Characters that a terminal obeys instead of showing them, or that reorder what stands beside them: controls, invisible
 * format characters and lone surrogates. The two joiners stay: writing in many languages needs them. Expressions with
 * such classes are costly to make, so they stand in functions, not at the top where every start would pay for them.
 */
function escaped(text: string, escape: (character: string) => string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u{200c}\u{200d}])\p{Cf}/gu, escape);
}

/** The text in one line with nothing in it that a terminal would obey. */
export function visible(text: string): string {
  return escaped(text, escapeOf);
}

/** A value as JSON that shows nothing dangerous either when it is printed on a terminal; it parses to the same value. */
export function visibleJson(value: unknown): string {
  return escaped(JSON.stringify(value), (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  return /^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character) ? 0 : eastAsianWidth(code);
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return named[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`);
}
