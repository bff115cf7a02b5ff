import type { Field, Level, Present } from "../model/field.js";
import type { SequenceNode } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import { indentOf, lineEnding, lineStart } from "./entry-text.js";
import { linesOf } from "./item-removal.js";

/** Where an item goes, and what it gets there. */
export interface ItemMove {
  /** Stands beside the list that the item leaves; made if it is not there. */
  readonly to: string;
  /** A line more in the item, such as `restartPolicy: Always`. */
  readonly add?: string;
}

/**
 * Takes an item out of a block list and puts it first in another list of the same object, line by line as it is written. No edit where
 * that is in doubt: flow style, another indentation, a comment above that may belong to it, the only item.
 */
export function moveItem(parent: Level, list: Field<unknown>, index: number, { to, add }: ItemMove): readonly Edit[] {
  const entries = parent.mapping?.open === false ? parent.mapping.entries : [];
  const [home] = entries.filter(({ key }) => key.text === to);
  if (!isBlockList(list) || list.node.items.length < 2 || entries.length === 0) return [];
  const item = list.node.items[index];
  const lines = item && linesOf(item);
  const firstKey = item?.kind === "mapping" && !item.flow ? item.entries[0]?.key.place : undefined;
  if (!item || !lines || !firstKey || isBelowComment(firstKey.source.text, lines.start)) return [];
  const { source } = item.place;
  const { text } = source;
  const ending = lineEnding(text);
  const indent = indentOf(text, firstKey.start);
  const written = text.slice(lines.start, lines.end).replace(/[\r\n]+$/, "");
  if (!indent) return [];
  const moved = `${written}${ending}${add === undefined ? "" : `${indent.text}${add}${ending}`}`;
  const put = home ? intoList(home.value, firstKey.start - lines.start) : beforeKey(list, to);
  if (!put || (put.at >= lines.start && put.at <= lines.end && home)) return [];
  const edit: Edit = { at: { source, start: put.at, end: put.at }, text: `${put.opening === "" ? "" : `${put.opening}${ending}`}${moved}` };
  return [edit, { at: { source, start: lines.start, end: lines.end }, text: "" }];
}

type BlockList = Present<unknown> & { readonly node: SequenceNode };

function isBlockList(list: Field<unknown>): list is BlockList {
  return list.state === "present" && list.node.kind === "sequence" && !list.node.flow && !list.node.open;
}

interface Put {
  readonly at: number;
  /** The line that opens a new list. */
  readonly opening: string;
}

/** Above the first item, if it stands at the same column. */
function intoList(node: { readonly kind: string }, column: number): Put | undefined {
  if (!isBlockSequence(node)) return undefined;
  const first = node.items[0];
  const key = first?.kind === "mapping" && !first.flow ? first.entries[0]?.key.place : undefined;
  const lines = first && linesOf(first);
  if (!key || !lines || key.start - lines.start !== column) return undefined;
  return { at: lines.start, opening: "" };
}

function isBlockSequence(node: { readonly kind: string }): node is SequenceNode {
  return node.kind === "sequence" && "flow" in node && !node.flow && "open" in node && !node.open;
}

/** Above the list that the item leaves. */
function beforeKey({ key }: BlockList, to: string): Put | undefined {
  const { text } = key.source;
  const indent = indentOf(text, key.start);
  const at = lineStart(text, key.start);
  if (!indent || indent.item || isBelowComment(text, at)) return undefined;
  return { at, opening: `${indent.text}${to}:` };
}

function isBelowComment(text: string, line: number): boolean {
  if (line === 0) return false;
  return /^[ \t>]*#/.test(text.slice(lineStart(text, line - (text.startsWith("\r\n", line - 2) ? 2 : 1)), line));
}
