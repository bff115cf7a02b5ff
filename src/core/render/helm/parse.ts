import { type Action, actionsIn, isWhiteSpan, NotATemplate, type Token, tokensIn } from "./actions.js";
import { parsePipe } from "./parse-pipe.js";
import type { Block, Branch, Pipe, Shown, Template, TemplateNode } from "./syntax.js";
import { type Origin, plain, sliced, type Text, unknownAction } from "./text.js";

interface Parsing {
  /** With where its characters are written, so that literal text knows it. */
  readonly written: Text;
  readonly text: string;
  readonly actions: readonly Action[];
  readonly defined: Map<string, readonly TemplateNode[]>;
  next: number;
  depth: number;
}

const deepest = 100;

/** A template of Go's text/template. Throws NotATemplate for what Go refuses, and for what is nested too deeply. */
export function parseTemplate(written: Text): Template {
  const text = plain(written);
  const parsing: Parsing = { written, text, actions: actionsIn(text), defined: new Map(), next: 0, depth: 0 };
  const { block, closed } = parseBlock(parsing, 0);
  if (closed) throw new NotATemplate(`unexpected ${closed.word}`);
  return { nodes: block.nodes, defined: parsing.defined };
}

interface Closing {
  readonly word: "else" | "end";
  readonly tokens: readonly Token[];
  readonly action: Action;
}

interface Parsed {
  readonly block: Block;
  readonly closed: Closing | undefined;
}

/** Nodes up to the `else` or `end` that belongs to no action among them. */
function parseBlock(parsing: Parsing, start: number): Parsed {
  if (++parsing.depth > deepest) throw new NotATemplate("nested too deeply");
  const nodes: TemplateNode[] = [];
  let offset = start;
  let before: Action | undefined = parsing.actions[parsing.next - 1];
  for (;;) {
    const action = parsing.actions[parsing.next];
    const end = action ? action.start : parsing.text.length;
    literal(parsing, nodes, offset, end, before, action);
    if (!action) break;
    parsing.next++;
    const closed = parseAction(parsing, action, nodes);
    if (closed) {
      parsing.depth--;
      return { block: { nodes, start, end: action.start }, closed };
    }
    before = parsing.actions[parsing.next - 1];
    offset = before?.end ?? action.end;
  }
  parsing.depth--;
  return { block: { nodes, start, end: parsing.text.length }, closed: undefined };
}

function literal(parsing: Parsing, nodes: TemplateNode[], start: number, end: number, before?: Action, after?: Action): void {
  const { text, written } = parsing;
  let [from, to] = [start, end];
  if (before?.trimsAfter === true) while (from < to && isWhiteSpan(text, from)) from++;
  if (after?.trimsBefore === true) while (to > from && isWhiteSpan(text, to - 1)) to--;
  if (from < to) nodes.push({ kind: "text", text: sliced(written, from, to) });
}

function parseAction(parsing: Parsing, action: Action, nodes: TemplateNode[]): Closing | undefined {
  const { text, written } = parsing;
  if (action.comment) {
    if (!text.slice(action.start, action.end).includes("kronlint")) return undefined;
    const own = /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, action.start - 200), action.start));
    nodes.push({ kind: "comment", text: sliced(written, action.start, action.end), own });
    return undefined;
  }
  const tokens = tokensIn(text, action);
  const [first, second] = tokens;
  const word = first?.kind === "word" ? first.text : "";
  switch (word) {
    case "if": case "with": case "range":
      nodes.push(parseBranch(parsing, word, tokens.slice(1), action));
      return undefined;
    case "else": case "end":
      return { word, tokens: tokens.slice(1), action };
    case "define": case "block":
      define(parsing, word, tokens, action, nodes);
      return undefined;
    case "template":
      nodes.push({ kind: "template", name: nameOf(second), pipe: rest(tokens.slice(2)), ...shownOf(parsing, action) });
      return undefined;
    case "break": case "continue":
      nodes.push({ kind: "leave", word });
      return undefined;
    default:
      nodes.push({ kind: "action", pipe: parsePipe(tokens), ...shownOf(parsing, action) });
      return undefined;
  }
}

function shownOf({ text, written }: Parsing, { start, end, bodyStart, bodyEnd }: Action): Shown {
  const body = text.slice(bodyStart, bodyEnd).trim();
  const isShort = body.length < longestShown && !/[\r\n]|[{}]{2}/.test(body);
  const [only, ...others] = written.pieces;
  const file = others.length === 0 && only?.origin?.kind === "template" ? only.origin : undefined;
  const place = file?.slice(start, end);
  const origin: Origin | undefined = place && { kind: "template", place, slice: () => place, exact: false };
  return { span: { start, end }, written: isShort ? `{{ ${body} }}` : unknownAction, origin };
}

const longestShown = 300;

function rest(tokens: readonly Token[]): Pipe | undefined {
  return tokens.length === 0 ? undefined : parsePipe(tokens);
}

function nameOf(token: Token | undefined): string {
  if (token?.kind !== "string" && token?.kind !== "raw") throw new NotATemplate("a template has no name");
  return token.text.slice(1, -1);
}

function parseBranch(parsing: Parsing, word: Branch["word"], tokens: readonly Token[], action: Action): Branch {
  const pipe = parsePipe(tokens);
  const { block, closed } = parseBlock(parsing, action.end);
  if (!closed) throw new NotATemplate(`${word} has no end`);
  const nothing: Block = { nodes: [], start: closed.action.start, end: closed.action.start };
  if (closed.word === "end") return { kind: "branch", word, pipe, body: block, otherwise: nothing };
  const [chained] = closed.tokens;
  if (chained?.text === "if" || chained?.text === "with") {
    // `else if` shares its end with the action that it belongs to.
    const inner = parseBranch(parsing, chained.text, closed.tokens.slice(1), closed.action);
    const end = inner.otherwise.end;
    return { kind: "branch", word, pipe, body: block, otherwise: { nodes: [inner], start: closed.action.start, end } };
  }
  const other = parseBlock(parsing, closed.action.end);
  if (other.closed?.word !== "end") throw new NotATemplate(`${word} has no end`);
  return { kind: "branch", word, pipe, body: block, otherwise: other.block };
}

function define(parsing: Parsing, word: string, tokens: readonly Token[], action: Action, nodes: TemplateNode[]): void {
  const name = nameOf(tokens[1]);
  const { block, closed } = parseBlock(parsing, action.end);
  if (closed?.word !== "end") throw new NotATemplate(`${word} has no end`);
  parsing.defined.set(name, block.nodes);
  if (word === "block") nodes.push({ kind: "template", name, pipe: rest(tokens.slice(2)), ...shownOf(parsing, action) });
}
