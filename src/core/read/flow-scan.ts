import type { Stretch } from "./mask.js";

/** What Kubernetes' parser stops at, between brackets. */
export interface FlowFault extends Stretch {
  readonly kind: "question" | "colon" | "glued" | "tag";
  /** It stands in one text without quotes, which is what `start` and `end` enclose. */
  readonly whole: boolean;
}

export interface FlowScan {
  readonly fault: FlowFault | undefined;
  /** Characters that are text to Kubernetes' parser, or nothing, and something else to others. */
  readonly odd: readonly { readonly at: number; readonly meant: "text" | "nothing" }[];
}

interface Scan {
  readonly text: string;
  at: number;
  /** Where the line of `at` begins. */
  line: number;
  /** The column of the key or the dash that owns what is read. */
  indent: number;
  /** The column of what could be a key. */
  first: number;
  begun: boolean;
  readonly open: string[];
  /** In brackets: a mark, `p` for a text without quotes, `v` for any other value. */
  before: string;
  fault: FlowFault | undefined;
  readonly odd: FlowScan["odd"][number][];
}

const nothing: FlowScan = { fault: undefined, odd: [] };
const hint = /[?!]|-[,\]}]|:\s*:|[[{,]\s*:|:[,\]}{[]/;

/**
 * Reads a document's tokens as Kubernetes' parser does, to find what it takes for something else than other parsers do between brackets.
 * https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/goyaml.v2/scannerc.go
 */
export function scanFlow(text: string): FlowScan {
  if (!/[[{]/.test(text) || !hint.test(text)) return nothing;
  const scan: Scan = { text, at: 0, line: 0, indent: -1, first: -1, begun: false, open: [], before: "", fault: undefined, odd: [] };
  while (scan.at < text.length) {
    const from = scan.at;
    if (!step(scan)) break;
    const jumped = scan.at > from + 1 && text.slice(from, scan.at).includes("\n");
    if (!jumped) continue;
    scan.line = text.lastIndexOf("\n", scan.at - 1) + 1;
    if (scan.open.length === 0 && /^\s*$/.test(text.slice(scan.line, scan.at))) scan.first = -1;
  }
  return { fault: scan.fault, odd: scan.open.length === 0 ? scan.odd : [] };
}

/** False at the end of the document, and where it cannot be read. */
function step(scan: Scan): boolean {
  const { text, at, open } = scan;
  const character = text.charAt(at);
  if (character === "\n") {
    scan.line = at + 1;
    if (open.length === 0) scan.first = -1;
  }
  if (isBlank(text, at)) return moved(scan, at + 1);
  if (character === "#") return moved(scan, lineEnd(text, at));
  if (at === scan.line && isMark(text, at)) {
    if (scan.begun || character === ".") return false;
    return moved(scan, at + 3);
  }
  if (at === scan.line && character === "%") return moved(scan, lineEnd(text, at));
  scan.begun = true;
  if (open.length > 0) return flowToken(scan, character);
  return blockToken(scan, character);
}

function blockToken(scan: Scan, character: string): boolean {
  const { text, at } = scan;
  const column = at - scan.line;
  if ("-?:".includes(character) && isBlank(text, at + 1)) {
    scan.indent = character === ":" && scan.first >= 0 ? scan.first : column;
    scan.first = -1;
    return moved(scan, at + 1);
  }
  if (character === "|" || character === ">") return moved(scan, blockEnd(scan));
  if (scan.first < 0) scan.first = column;
  if (character === "[" || character === "{") return opened(scan, character);
  if ("&*!".includes(character)) return moved(scan, blankFrom(text, at));
  if (character === '"' || character === "'") return quoted(scan, character);
  return moved(scan, plainBlockEnd(scan));
}

function flowToken(scan: Scan, character: string): boolean {
  const { text, at } = scan;
  switch (character) {
    case "[": case "{": return opened(scan, character);
    case "]": case "}":
      scan.open.pop();
      return put(scan, "v", at + 1);
    case ",": return put(scan, ",", at + 1);
    case "?": return question(scan);
    case ":":
      if (!"pv?".includes(scan.before)) note(scan, colon(text, at));
      return put(scan, ":", at + 1);
    case "&": return moved(scan, wordEnd(text, at + 1));
    case "*": return put(scan, "v", wordEnd(text, at + 1));
    case "!": return tag(scan);
    case '"': case "'":
      scan.before = "v";
      return quoted(scan, character);
    default: return (character !== "-" || !isBlank(text, at + 1)) && plain(scan);
  }
}

function moved(scan: Scan, to: number): true {
  scan.at = to;
  return true;
}

function put(scan: Scan, before: string, to: number): true {
  scan.before = before;
  return moved(scan, to);
}

function note(scan: Scan, fault: FlowFault): void {
  scan.fault ??= fault;
}

function opened(scan: Scan, bracket: string): true {
  scan.open.push(bracket);
  return put(scan, bracket, scan.at + 1);
}

function colon(text: string, start: number): FlowFault {
  const whole = !isBlank(text, start + 1);
  return { start, end: whole ? plainFlowEnd(text, start + 1) : start + 1, kind: "colon", whole };
}

const lone = /^\?[\w./][^\n]*[,\]]$/;

/** A question mark announces a key, wherever it stands between brackets. */
function question(scan: Scan): true {
  const { text, at, before } = scan;
  const end = plainFlowEnd(text, at + 1);
  const announces = "[{,".includes(before);
  if (!announces) note(scan, { start: at, end: at + 1, kind: "question", whole: false });
  // A key without a value, which nobody means.
  else if (scan.open.at(-1) === "[" && lone.test(text.slice(at, end + 1))) note(scan, { start: at, end, kind: "question", whole: true });
  else if (scan.open.at(-1) === "{" && !isBlank(text, at + 1)) scan.odd.push({ at, meant: "nothing" });
  return put(scan, "?", at + 1);
}

/** A tag ends at a blank, not at a bracket. */
function tag(scan: Scan): true {
  const end = blankFrom(scan.text, scan.at);
  const bracket = scan.text.slice(scan.at, end).search(/[\]}]/);
  if (bracket < 0) return moved(scan, end);
  note(scan, { start: scan.at, end: scan.at + bracket, kind: "tag", whole: true });
  return put(scan, "v", scan.at + bracket);
}

function plain(scan: Scan): true {
  const { text, at } = scan;
  const end = plainFlowEnd(text, at);
  const next = text.charAt(end);
  const last = end - 1;
  const closes = next !== "" && ",]}".includes(next);
  if (closes && (text.charAt(last) === ":" || (last === at && text.charAt(at) === "-"))) scan.odd.push({ at: last, meant: "text" });
  if (text.charAt(last) === ":" && (next === "[" || next === "{")) note(scan, { start: last, end, kind: "glued", whole: false });
  if (next === "?" && !scan.fault) note(scan, questioned(text, at, end));
  return put(scan, "p", Math.max(end, at + 1));
}

/** The text that was meant, up to where it would end without its question marks. */
function questioned(text: string, start: number, mark: number): FlowFault {
  let end = mark;
  while (text.charAt(end) === "?") end = plainFlowEnd(text, end + 1);
  const whole = !text.slice(start, end).includes("\n") && !"[{".includes(text.charAt(end));
  return whole ? { start, end, kind: "question", whole } : { start: mark, end: mark + 1, kind: "question", whole };
}

function plainFlowEnd(text: string, start: number): number {
  let end = start;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (isBlank(text, at)) continue;
    if (",?[]{}".includes(character) || (character === ":" && isBlank(text, at + 1))) return text.charAt(at) === "?" ? at : end;
    if (character === "#" && at > end) return end;
    end = at + 1;
  }
  return end;
}

function plainBlockEnd({ text, at, indent }: Scan): number {
  for (let from = at; ;) {
    const end = lineEnd(text, from);
    for (; from < end; from++) {
      const character = text.charAt(from);
      if ((character === ":" && isBlank(text, from + 1)) || (character === "#" && isBlank(text, from - 1))) return Math.max(from, at + 1);
    }
    from = contentFrom(text, end);
    const line = text.lastIndexOf("\n", from - 1) + 1;
    if (from >= text.length || from - line <= indent || text.charAt(from) === "#" || (from === line && isMark(text, from))) return end;
  }
}

function blockEnd({ text, at, indent }: Scan): number {
  const header = lineEnd(text, at);
  const digit = /^.[-+]?([1-9])/.exec(text.slice(at, at + 3))?.[1];
  const lines = /\n( *)[^ \r\n]/g;
  lines.lastIndex = header;
  let least = digit === undefined ? undefined : Math.max(indent, 0) + Number(digit);
  for (let found = lines.exec(text); found; found = lines.exec(text)) {
    const column = found[1]?.length ?? 0;
    least ??= Math.max(column, indent + 1, 1);
    if (column < least) return found.index;
    lines.lastIndex = found.index + 1;
  }
  return text.length;
}

function quoted(scan: Scan, quote: '"' | "'"): boolean {
  const end = quoteEnd(scan.text, scan.at, quote);
  return end !== undefined && moved(scan, end);
}

/** Undefined where it stays open. */
function quoteEnd(text: string, start: number, quote: '"' | "'"): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\" && quote === '"') at++;
    else if (character !== quote) continue;
    else if (quote === "'" && text.charAt(at + 1) === quote) at++;
    else return at + 1;
  }
  return undefined;
}

function isMark(text: string, at: number): boolean {
  return (text.startsWith("---", at) || text.startsWith("...", at)) && isBlank(text, at + 3);
}

/** The end of the text too. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 10 || code === 13 || code === 9 || at >= text.length;
}

function contentFrom(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlank(text, at)) at++;
  return at;
}

function blankFrom(text: string, start: number): number {
  let at = start;
  while (!isBlank(text, at)) at++;
  return at;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (/[\w-]/.test(text.charAt(at))) at++;
  return at;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
