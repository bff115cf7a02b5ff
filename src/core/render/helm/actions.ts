import type { Span } from "./syntax.js";

/** `{{ … }}` in a template: the whole of it, what stands in it, and whether blanks around it go. */
export interface Action extends Span {
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
  readonly comment: boolean;
}

/** What no template is: the reading of templates as text goes on where this is thrown. */
export class NotATemplate extends Error {}

/** The actions of a Go template in their order. Throws NotATemplate. */
export function actionsIn(text: string): readonly Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf("{{"); start >= 0; ) {
    const action = actionAt(text, start);
    actions.push(action);
    start = text.indexOf("{{", action.end);
  }
  return actions;
}

function actionAt(text: string, start: number): Action {
  const trimsBefore = text[start + 2] === "-" && isBlank(text[start + 3]);
  const bodyStart = start + (trimsBefore ? 3 : 2);
  const comment = /^\s*\/\*/.test(text.slice(bodyStart, bodyStart + 200));
  const close = comment ? commentClose(text, bodyStart) : closing(text, bodyStart);
  const trimsAfter = text[close - 1] === "-" && isBlank(text[close - 2]);
  return { start, end: close + 2, bodyStart, bodyEnd: trimsAfter ? close - 1 : close, trimsBefore, trimsAfter, comment };
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

function commentClose(text: string, from: number): number {
  const end = text.indexOf("*/", text.indexOf("/*", from) + 2);
  const close = end < 0 ? -1 : text.indexOf("}}", end);
  if (close < 0 || !/^\*\/\s*-?$/.test(text.slice(end, close))) throw new NotATemplate("a comment has no end");
  return close;
}

function closing(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "}" && text[at + 1] === "}") return at;
    if (character === '"' || character === "'") at = quoteEnd(text, at, character);
    if (character === "`") {
      at = text.indexOf("`", at + 1);
      if (at < 0) break;
    }
  }
  throw new NotATemplate("an action has no end");
}

function quoteEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === quote) return at;
    if (text[at] === "\\") at++;
  }
  throw new NotATemplate("a string has no end");
}

export interface Token extends Span {
  readonly kind: "word" | "field" | "dot" | "variable" | "string" | "raw" | "character" | "number" | "mark";
  readonly text: string;
}

const kinds = ["string", "raw", "character", "number", "variable", "field", "dot", "word", "mark"] as const;
const token =
  /\s+|("(?:[^"\\\n]|\\.)*")|(`[^`]*`)|('(?:[^'\\\n]|\\.)*')|([-+]?(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?))|(\$\w*)|(\.[A-Za-z_]\w*)|(\.)|([A-Za-z_]\w*)|(:=|[=|,()])/y;

/** What stands in an action, word by word. Throws NotATemplate. */
export function tokensIn(text: string, { bodyStart, bodyEnd }: Action): readonly Token[] {
  const tokens: Token[] = [];
  token.lastIndex = bodyStart;
  while (token.lastIndex < bodyEnd) {
    const start = token.lastIndex;
    const found = token.exec(text);
    if (!found || start + found[0].length > bodyEnd) throw new NotATemplate("no word of Go's templates");
    const index = kinds.findIndex((_, group) => found[group + 1] !== undefined);
    const kind = kinds[index];
    if (kind !== undefined) tokens.push({ kind, text: found[0], start, end: start + found[0].length });
  }
  return tokens;
}

/** Whether the character is one that `{{-` and `-}}` take away. */
export function isWhiteSpan(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10 || code === 9 || code === 13;
}
