import type { Field } from "../model/field.js";
import type { Node } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import { behindLineEnd, contentEnd, indentOf, lineStart, ownLineEnd } from "./entry-text.js";

/** Takes an item that is not the last one out of its list; no edit where its text is in doubt. */
export function removeItem(list: Field<unknown>, index: number): readonly Edit[] {
  const node = list.state === "present" && list.node.kind === "sequence" ? list.node : undefined;
  const [item, next] = node?.items.slice(index, index + 2) ?? [];
  if (!node || !item || item.place.source !== next?.place.source || next.place.start <= item.place.start) return [];
  const { source } = item.place;
  if (node.flow) return [{ at: { source, start: item.place.start, end: next.place.start }, text: "" }];
  const cut = linesOf(item);
  return cut ? [{ at: { source, ...cut }, text: "" }] : [];
}

/** The lines of an item of a block list, which has them for itself. */
export function linesOf(item: Node): { readonly start: number; readonly end: number } | undefined {
  const { text } = item.place.source;
  const first = item.kind === "mapping" && !item.flow ? item.entries[0]?.key.place.start : item.place.start;
  const last = contentEnd(item);
  const indent = first === undefined ? undefined : indentOf(text, first);
  const end = last === undefined ? undefined : ownLineEnd(text, last);
  // A list in a list has two dashes on a line.
  if (first === undefined || end === undefined || indent?.item !== true) return undefined;
  const start = lineStart(text, first);
  return /^[ \t>]*-[ \t]+$/.test(text.slice(start, first)) ? { start, end: behindLineEnd(text, end) } : undefined;
}
