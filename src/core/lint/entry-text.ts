import type { Entry, MappingNode, Node } from "../read/node.js";
import type { Place } from "../text/place.js";

/** Where the text of an entry ends, and where its value begins: offsets into its source. */
export interface EntryText {
  readonly keyStart: number;
  readonly valueStart: number;
  readonly end: number;
}

/** Where among its siblings a new entry shall stand. */
export interface Neighbour {
  /** The key that the new one shall stand before; its comment stays with it. */
  readonly before?: string;
  readonly after?: string;
}

/**
 * The text of an entry from its key to the end of its value. Undefined where the value stands elsewhere or is shared: an
 * anchor, a tag, a merge key.
 */
export function entryText(key: Place, value: Node): EntryText | undefined {
  const { text } = key.source;
  const colon = skipBlank(text, key.end);
  if (text[colon] !== ":") return undefined;
  const valueStart = skipBlank(text, colon + 1);
  const keyStart = key.start;
  if (text[valueStart] === "*") return { keyStart, valueStart, end: aliasEnd(text, valueStart) };
  if (isEmpty(value)) return { keyStart, valueStart: colon + 1, end: colon + 1 };
  if (value.place.source !== key.source || value.place.start !== valueStart) return undefined;
  const end = contentEnd(value);
  return end === undefined ? undefined : { keyStart, valueStart, end };
}

function isEmpty(value: Node): boolean {
  return value.kind === "scalar" && value.value === null && value.text === "" && value.style === "plain";
}

function aliasEnd(text: string, start: number): number {
  const [name] = /^\*[^\s,[\]{}]*/.exec(text.slice(start, start + 200)) ?? [""];
  return start + name.length;
}

/** The entries that stand in the mapping itself, not those of a merge key. */
export function ownEntries(mapping: MappingNode): readonly Entry[] {
  return mapping.entries.filter(({ merged, key }) => merged !== true && key.place.source === mapping.place.source);
}

/** Where the last character of a node stands, without the blank lines and comments that a reader may count to it. */
export function contentEnd(node: Node): number | undefined {
  if (node.kind === "unknown") return node.place.end;
  if (node.kind === "scalar") return trimmedEnd(node.place);
  if (node.flow) return node.place.end;
  if (node.kind === "sequence") return lastItemEnd(node.items.at(-1), node.place);
  const last = ownEntries(node).at(-1);
  return last ? entryText(last.key.place, last.value)?.end : undefined;
}

/** An item that is an alias stands before its list. */
function lastItemEnd(item: Node | undefined, list: Place): number | undefined {
  if (!item || item.place.start < list.start) return undefined;
  return contentEnd(item);
}

function trimmedEnd({ source, start, end }: Place): number {
  let last = end;
  while (last > start && /\s/.test(source.text[last - 1] ?? "")) last--;
  return last;
}

/** Over blanks, line ends, quote marks at the start of a line of Markdown, and comments. */
export function skipBlank(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const char = text[offset];
    if (char === " " || char === "\t" || isLineEnd(char)) offset++;
    else if (char === ">" && isQuoteMark(text, offset)) offset++;
    else if (char === "#" && /\s/.test(text[offset - 1] ?? "\n")) offset = lineEnd(text, offset);
    else return offset;
  }
}

function isQuoteMark(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 100), offset);
  return /^[ \t>]*$/.test(before.slice(lineStart(before, before.length)));
}

export function isLineEnd(char: string | undefined): boolean {
  return char === "\n" || char === "\r";
}

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  return start;
}

export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text[end])) end++;
  return end;
}

/** The offset behind the line end that stands at `offset`, if one does. */
export function behindLineEnd(text: string, offset: number): number {
  if (text[offset] === "\r" && text[offset + 1] === "\n") return offset + 2;
  return isLineEnd(text[offset]) ? offset + 1 : offset;
}

/** How this text ends its lines. */
export function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/**
 * The end of the line on which an entry ends. Undefined when something else than a comment follows there, or a template
 * action that swallows the line end.
 */
export function ownLineEnd(text: string, offset: number): number | undefined {
  const end = lineEnd(text, offset);
  const rest = text.slice(offset, end);
  if (text.slice(0, end).endsWith("-}}")) return undefined;
  return /^[ \t]*(?:$|[ \t]#|\{\{\/\*[^}]*\*\/\}\}[ \t]*$)/.test(rest) ? end : undefined;
}

/** How a line begins before its key: `  - ` gives four blanks, `> ` stays. Undefined when other text stands before the key. */
export interface Indent {
  readonly text: string;
  /** Columns before the key. */
  readonly width: number;
  /** The key stands behind the dash of a list item. */
  readonly item: boolean;
}

export function indentOf(text: string, keyStart: number): Indent | undefined {
  const before = text.slice(lineStart(text, keyStart), keyStart);
  if (before.length > 1000) return undefined;
  const [, quote = "", dashes = ""] = /^((?:[ \t]*>)*[ \t]*)((?:-[ \t]+)*)$/.exec(before) ?? [];
  if (quote.length + dashes.length !== before.length) return undefined;
  return { text: quote + dashes.replaceAll("-", " "), width: before.length, item: dashes !== "" };
}
