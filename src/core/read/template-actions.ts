import { isLineEnd } from "./text-lines.js";

/** What an action does to the text around it. */
export type ActionRole = "open" | "else" | "end" | "define" | "output" | "silent" | "comment";

/** A template action, delimiters included: `{{- if .Values.cron }}`, `{% endfor %}`. */
export interface Action {
  readonly start: number;
  readonly end: number;
  readonly role: ActionRole;
  /** What stands between the delimiters; of a comment its text. */
  readonly body: string;
}

const goRoles: ReadonlyMap<string, ActionRole> = new Map<string, ActionRole>([
  ["if", "open"], ["with", "open"], ["range", "open"], ["block", "open"], ["define", "define"], ["else", "else"],
  ["end", "end"], ["break", "silent"], ["continue", "silent"], ["fail", "silent"],
]);
const jinjaRoles: ReadonlyMap<string, ActionRole> = new Map<string, ActionRole>([
  ["if", "open"], ["for", "open"], ["block", "open"], ["filter", "open"], ["call", "open"], ["raw", "open"],
  ["with", "open"], ["autoescape", "open"], ["macro", "define"], ["else", "else"], ["elif", "else"],
  ["set", "silent"], ["import", "silent"], ["from", "silent"], ["extends", "silent"],
]);
/** A Jinja statement longer than this is none, nor is a quoted string of Go. */
const longestStatement = 2000;
const longestString = 400;

/** All actions of Go templates and of Jinja, in order. Takes time linear in the text, also where nothing is closed. */
export function actionsIn(text: string): Action[] {
  const statements = [...delimited(text, "{%", "%}", jinjaStatement), ...delimited(text, "{#", "#}", jinjaComment)];
  const actions = goActions(text);
  if (statements.length === 0) return actions;
  const ordered = [...actions, ...statements].sort((a, b) => a.start - b.start);
  let covered = 0;
  return ordered.filter(({ start, end }) => {
    if (start < covered) return false;
    covered = end;
    return true;
  });
}

function goActions(text: string): Action[] {
  const actions: Action[] = [];
  const lastClose = text.lastIndexOf("}}");
  const lastCommentClose = text.lastIndexOf("*/");
  let start = text.indexOf("{{");
  while (start >= 0 && start < lastClose) {
    const end = goActionEnd(text, start + 2, lastCommentClose);
    if (end !== undefined && !isParameter(text, start, end)) actions.push(goAction(text, start, end));
    start = text.indexOf("{{", end ?? start + 2);
  }
  return actions;
}

/**
 * The offset behind the `}}` that closes an action: not one inside a comment, a string, a raw string or a character.
 * None when another action begins first, which no template engine accepts.
 */
function goActionEnd(text: string, from: number, lastCommentClose: number): number | undefined {
  const trimmed = text[from] === "-" ? skipWhite(text, from + 1) : from;
  if (text.startsWith("/*", trimmed)) return trimmed < lastCommentClose ? commentEnd(text, trimmed) : undefined;
  for (let offset = from; offset < text.length; offset++) {
    const character = text[offset];
    if (character === "}" && text[offset + 1] === "}") return offset + 2;
    if (character === "{" && text[offset + 1] === "{") return undefined;
    if (character === '"' || character === "'" || character === "`") offset = stringEnd(text, offset, character);
  }
  return undefined;
}

/** `${{NAME}}` is OpenShift's. */
function isParameter(text: string, start: number, end: number): boolean {
  return text[start - 1] === "$" && end - start < longestString && /^\w+$/.test(text.slice(start + 2, end - 2));
}

function commentEnd(text: string, from: number): number | undefined {
  const closing = text.indexOf("}}", text.indexOf("*/", from + 2) + 2);
  return closing < 0 ? undefined : closing + 2;
}

/** The offset of the quote that ends a string; that of its beginning when it is none, so that the search goes on behind it. */
function stringEnd(text: string, start: number, quote: string): number {
  for (let offset = start + 1; offset < text.length; offset++) {
    if (text[offset] === quote) return offset;
    if (quote === "`") continue;
    if (isLineEnd(text.charCodeAt(offset)) || offset - start > longestString) return start;
    if (text[offset] === "\\") offset++;
  }
  return start;
}

function skipWhite(text: string, from: number): number {
  let offset = from;
  while (/\s/.test(text[offset] ?? "x")) offset++;
  return offset;
}

function goAction(text: string, start: number, end: number): Action {
  const body = text.slice(start + 2, end - 2).replace(/^-\s/, "").replace(/\s-$/, "").trim();
  if (body.startsWith("/*")) return { start, end, role: "comment", body: body.slice(2, -2).trim() };
  return { start, end, role: goRoles.get(firstWord(body)) ?? assignedOr(body), body };
}

function assignedOr(body: string): ActionRole {
  return body === "" || /^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(body) ? "silent" : "output";
}

type Classify = (body: string) => ActionRole;

function delimited(text: string, opening: string, closing: string, classify: Classify): Action[] {
  const actions: Action[] = [];
  let close = -1;
  let start = text.indexOf(opening);
  while (start >= 0) {
    if (close < start + 2) close = text.indexOf(closing, start + 2);
    if (close < 0) break;
    const near = close - start < longestStatement;
    if (near) actions.push(statement(text, start, close + 2, classify));
    start = text.indexOf(opening, near ? close + 2 : start + 2);
  }
  return actions;
}

function statement(text: string, start: number, end: number, classify: Classify): Action {
  const body = text.slice(start + 2, end - 2).replace(/^[-+]/, "").replace(/[-+]$/, "").trim();
  return { start, end, role: classify(body), body };
}

const jinjaComment: Classify = () => "comment";

const jinjaStatement: Classify = (body) => {
  const word = firstWord(body);
  return jinjaRoles.get(word) ?? (word.startsWith("end") ? "end" : "output");
};

function firstWord(body: string): string {
  return /^\w+/.exec(body)?.[0] ?? "";
}
