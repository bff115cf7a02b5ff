import type { Entry, MappingNode, Node } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import {
  behindLineEnd,
  entryText,
  type Indent,
  indentOf,
  isLineEnd,
  lineEnd,
  lineEnding,
  lineStart,
  ownEntries,
  ownLineEnd,
} from "./entry-text.js";
import type { Neighbour } from "./entry-text.js";

/** A new line in a block mapping, indented like its siblings. */
export function insertionInBlock(mapping: MappingNode, text: string, { before, after }: Neighbour): readonly Edit[] {
  const entries = ownEntries(mapping);
  const indent = indentOfEntries(entries);
  if (indent === undefined) return [];
  const next = entries.find(({ key }) => key.text === before);
  if (next) return beforeEntry(next, text, indent);
  const named = entries.find(({ key }) => key.text === after);
  const anchor = named && isClosed(named.value) ? named : entries.findLast(({ value }) => isClosed(value));
  if (anchor) return afterEntry(anchor, text, indent);
  return entries[0] ? beforeEntry(entries[0], text, indent) : [];
}

/** The blanks before a further entry; undefined when the entries do not stand each on a line, one below the other. */
export function indentOfEntries(entries: readonly Entry[]): string | undefined {
  const indents = entries.map(({ key }) => indentOf(key.place.source.text, key.place.start));
  const first = indents[0];
  if (!first || indents.some((indent) => indent?.width !== first.width)) return undefined;
  return (indents[1] ?? first).text;
}

function beforeEntry({ key }: Entry, text: string, indent: string): readonly Edit[] {
  const { source, start } = key.place;
  const own = indentOf(source.text, start);
  if (!own) return [];
  const ending = lineEnding(source.text);
  if (own.item) return [{ at: { source, start, end: start }, text: `${text}${ending}${indent}` }];
  const at = aboveComments(source.text, lineStart(source.text, start), own);
  return [{ at: { source, start: at, end: at }, text: `${indent}${text}${ending}` }];
}

/** Comments right above a key, at its column, belong to it; at the left margin they may speak about the file. */
function aboveComments(text: string, line: number, { width }: Indent): number {
  let top = line;
  while (width > 0 && top > 0) {
    const above = lineStart(text, text.startsWith("\r\n", top - 2) ? top - 2 : top - 1);
    const content = text.slice(above, top);
    if (content[width] !== "#" || !/^[ \t>]*$/.test(content.slice(0, width))) break;
    top = above;
  }
  return top;
}

function afterEntry({ key, value }: Entry, text: string, indent: string): readonly Edit[] {
  const { source } = key.place;
  const end = entryText(key.place, value)?.end;
  const line = end === undefined ? undefined : ownLineEnd(source.text, end);
  if (line === undefined) return [];
  const at = keepsLineEnds(value) ? behindBlankLines(source.text, line) : line;
  return [{ at: { source, start: at, end: at }, text: `${lineEnding(source.text)}${indent}${text}` }];
}

/** `|+` counts the blank lines below it to its text. */
function keepsLineEnds(node: Node): boolean {
  if (node.kind === "mapping") return node.entries.length > 0 && keepsLineEnds(node.entries.at(-1)?.value ?? node);
  if (node.kind === "sequence") return node.items.length > 0 && keepsLineEnds(node.items.at(-1) ?? node);
  if (node.kind !== "scalar" || (node.style !== "literal" && node.style !== "folded")) return false;
  const { source, start } = node.place;
  return /^[|>]\d?\+/.test(source.text.slice(start, start + 3));
}

function behindBlankLines(text: string, line: number): number {
  let end = line;
  for (;;) {
    const next = behindLineEnd(text, end);
    if (next === end || next === text.length) return end;
    const below = lineEnd(text, next);
    if (text.slice(next, below).trim() !== "" || !isLineEnd(text[below])) return end;
    end = below;
  }
}

/** Whether no template adds to a value: behind it, the template's own lines would follow. */
function isClosed(node: Node): boolean {
  if (node.kind === "unknown") return !/[\r\n]/.test(node.place.source.text.slice(node.place.start, node.place.end));
  if (node.kind === "mapping") return !node.open && ownEntries(node).every(({ value }) => isClosed(value));
  return node.kind === "scalar" || (!node.open && node.items.every(isClosed));
}
