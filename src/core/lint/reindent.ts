import type { MappingNode } from "../read/node.js";
import { type EntryText, indentOf, lineEnding, ownEntries } from "./entry-text.js";
import { indentOfEntries } from "./block-edits.js";

/** The text of a block entry as it must stand in another block mapping; undefined where a line cannot be shifted. */
export function reindented(text: string, { keyStart, end }: EntryText, mapping: MappingNode): string | undefined {
  const from = indentOf(text, keyStart);
  const to = indentOfEntries(ownEntries(mapping));
  if (!from || to === undefined || /[\t>]/.test(from.text + to)) return undefined;
  const [first = "", ...rest] = text.slice(keyStart, end).split(/\r\n|\n|\r/);
  const lines = rest.map((line) => shifted(line, from.width, to));
  if (lines.some((line) => line === undefined)) return undefined;
  return [first, ...lines].join(lineEnding(text));
}

/** A list may stand at its key's own column, so that no less than the key's indentation is common to all lines. */
function shifted(line: string, width: number, to: string): string | undefined {
  if (line.trim() === "") return line;
  if (!/^ *$/.test(line.slice(0, width))) return undefined;
  return to + line.slice(width);
}
