/**
 * Where in a document a cursor stands, by the indentation of what is written, for a text that need not parse: who types a key has not
 * written its colon yet.
 */
export interface WrittenAbove {
  /** The keys and list items that the cursor stands in, outermost first. */
  readonly way: readonly WrittenPart[];
  /** What is written in the document, from its first line. */
  readonly root: WrittenPart;
  /** The column at which keys of the cursor's level begin. */
  readonly column: number;
  /** The cursor stands at a key that is being written, or at the value of one. */
  readonly at: { readonly kind: "key"; readonly word: string } | { readonly kind: "value"; readonly key: string; readonly text: string };
}

export interface WrittenPart {
  /** A key, or `-` for an item of a list. */
  readonly name: string;
  readonly column: number;
  /** The keys right in it, each with what stands behind its colon. */
  readonly keys: Map<string, string>;
}

/** A document that is longer is none that a person edits by hand. */
const longest = 500_000;

/** Undefined where no key or value can stand: in a script, a comment, behind a value, in a flow collection. */
export function writtenAbove(text: string, offset: number): WrittenAbove | undefined {
  const { start, end } = documentAround(text, offset);
  if (end - start > longest) return undefined;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const scan: Scan = { way: [{ name: "", column: -1, keys: new Map() }], block: undefined };
  for (const line of linesIn(text, start, lineStart)) readLine(scan, line);
  const at = cursorIn(scan, text.slice(lineStart, offset));
  const [root] = scan.way;
  if (!at || !root) return undefined;
  readBelow(scan, at.column, linesIn(text, lineEndAt(text, offset), end));
  return { way: scan.way.slice(1), root, column: at.column, at: at.found };
}

interface Scan {
  way: WrittenPart[];
  /** The column of the key whose block scalar the lines belong to. */
  block: number | undefined;
}

/** The document of a stream that an offset stands in, without its separators. */
export function documentAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  return { start: documentStart(text, offset), end: documentEnd(text, offset) };
}

function documentStart(text: string, offset: number): number {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const marker = text.lastIndexOf("\n---", lineStart - 2);
  if (marker >= 0) return lineEndAt(text, marker + 1);
  return text.startsWith("---") && lineStart > 0 ? lineEndAt(text, 0) : 0;
}

function documentEnd(text: string, offset: number): number {
  const marker = text.indexOf("\n---", offset);
  return marker < 0 ? text.length : marker;
}

function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

function* linesIn(text: string, start: number, end: number): Generator<string, void, undefined> {
  for (let from = start; from < end; ) {
    const to = Math.min(lineEndAt(text, from), end);
    yield text.slice(from, to).replace(/\r?\n$/, "");
    from = to;
  }
}

const opening = /^( *)((?:- +)*)(-?)/;
const entry = /^(["']?)([A-Za-z0-9_./-]{1,300})\1[ \t]*:(?:[ \t]+(.*))?$/;

function readLine(scan: Scan, line: string): void {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (scan.block !== undefined && (line.trim() === "" || indent > scan.block)) return;
  scan.block = undefined;
  if (line.trim() === "" || line[indent] === "#") return;
  const rest = intoItems(scan, line);
  const [, , key = "", value = ""] = entry.exec(line.slice(rest)) ?? [];
  if (key === "") return;
  leave(scan, rest);
  scan.way.at(-1)?.keys.set(key, value);
  scan.way.push({ name: key, column: rest, keys: new Map() });
  if (/^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/.test(value)) scan.block = rest;
}

/** Goes into the items that a line opens with dashes; the column behind them. */
function intoItems(scan: Scan, line: string): number {
  const [, indent = "", dashes = ""] = opening.exec(line) ?? [];
  let column = indent.length;
  for (const dash of dashes.match(/- +/g) ?? []) {
    while (scan.way.length > 1 && isLeftByItem(scan.way.at(-1), column)) scan.way.pop();
    scan.way.push({ name: "-", column, keys: new Map() });
    column += dash.length;
  }
  return column;
}

/** A list may stand at the column of its key. */
function isLeftByItem(part: WrittenPart | undefined, column: number): boolean {
  return part !== undefined && (part.column > column || (part.column === column && part.name === "-"));
}

function leave(scan: Scan, column: number): void {
  while (scan.way.length > 1 && (scan.way.at(-1)?.column ?? -1) >= column) scan.way.pop();
}

function cursorIn(scan: Scan, before: string): { readonly column: number; readonly found: WrittenAbove["at"] } | undefined {
  const indent = /^ */.exec(before)?.[0].length ?? 0;
  if (scan.block !== undefined && indent > scan.block) return undefined;
  if (/^ *(?:- +)*-?$/.test(before) && before.endsWith("-")) return undefined;
  const column = intoItems(scan, before);
  leave(scan, column);
  const written = before.slice(column);
  if (/^[A-Za-z0-9_.-]{0,100}$/.test(written)) return { column, found: { kind: "key", word: written } };
  const [, , key = "", text = ""] = /^(["']?)([A-Za-z0-9_./-]{1,300})\1[ \t]*:[ \t]+([^#{}[\]]{0,200})$/.exec(written) ?? [];
  return key === "" ? undefined : { column, found: { kind: "value", key, text } };
}

/** The keys of the cursor's own level, and of the document's, that are written below it. */
function readBelow({ way }: Scan, column: number, lines: Iterable<string>): void {
  const [root] = way;
  const own = way.at(-1);
  let inside = true;
  for (const line of lines) {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const [, , key = "", value = ""] = entry.exec(line.slice(indent)) ?? [];
    if (line.trim() !== "" && indent < column) inside = false;
    if (key !== "" && indent === column && inside) own?.keys.set(key, value);
    if (key !== "" && indent === 0) root?.keys.set(key, value);
  }
}
