import type { Stretch } from "./mask.js";
import { isLineEnd } from "./text-lines.js";

/** What JSON-like text holds outside of its quotes and `#` comments. */
interface Mark {
  readonly at: number;
  readonly mark: "open" | "close" | "comment";
}

/**
 * The values of a stretch of JSON values one after the other, as `jq` and some controllers write them and kubectl reads them; the
 * stretch itself when it is anything else. https://pkg.go.dev/encoding/json#Decoder
 */
export function concatenated(text: string, stretch: Stretch): readonly Stretch[] {
  const content = text.slice(stretch.start, stretch.end);
  if (!/^\s*\{/.test(content) || !/\}\s*\{/.test(content)) return [stretch];
  const values: Stretch[] = [];
  let { start } = stretch;
  let depth = 0;
  for (const { at, mark } of marksOf(content)) {
    if (depth === 0 && content.slice(start - stretch.start, at).trim() !== "") return [stretch];
    if (mark === "comment") continue;
    depth += mark === "open" ? 1 : -1;
    if (depth !== 0) continue;
    values.push({ start, end: stretch.start + at + 1 });
    start = stretch.start + at + 1;
  }
  return depth === 0 && text.slice(start, stretch.end).trim() === "" ? values : [stretch];
}

/** The first `//` or `/*` in JSON that is meant as a comment. */
export function jsonComment(text: string): Stretch | undefined {
  if (!/^\s*(?:[{[]|\/[/*])/.test(text) || !/\/[/*]/.test(text)) return undefined;
  for (const { at, mark } of marksOf(text)) {
    if (mark === "comment") return { start: at, end: at + (/[^\r\n]*/.exec(text.slice(at, at + 400))?.[0].trimEnd().length ?? 2) };
  }
  return undefined;
}

function* marksOf(text: string): Generator<Mark, void, undefined> {
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const begins = at === 0 || /[\s,:[\]{}"]/.test(text[at - 1] ?? "");
    if (character === '"' || (character === "'" && begins)) at = quoteEnd(text, at, character);
    else if (character === "#" && begins) at = lineEnd(text, at);
    else if (character === "{" || character === "[") yield { at, mark: "open" };
    else if (character === "}" || character === "]") yield { at, mark: "close" };
    else if (character === "/" && begins && /[/*]/.test(text[at + 1] ?? "")) yield { at, mark: "comment" };
  }
}

function quoteEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === "\\" && quote === '"' ? 2 : 1;
  return at;
}

function lineEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}
