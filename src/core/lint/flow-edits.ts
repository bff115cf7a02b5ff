import type { Entry, MappingNode } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import { entryText, ownEntries } from "./entry-text.js";
import type { Neighbour } from "./entry-text.js";

/** A new entry inside `{ … }`, in the layout of its siblings. */
export function insertionInFlow(mapping: MappingNode, text: string, { before, after }: Neighbour): readonly Edit[] {
  const { source } = mapping.place;
  const entries = ownEntries(mapping);
  if (entries.length === 0) return mapping.entries.length === 0 ? [intoEmpty(mapping, text)] : [];
  const next = entries.find(({ key }) => key.text === before);
  const separator = separatorOf(mapping, entries);
  if (next) {
    const { start } = next.key.place;
    return [{ at: { source, start, end: start }, text: `${text}${separator}` }];
  }
  const anchor = entries.find(({ key }) => key.text === after) ?? entries.at(-1);
  const end = anchor && entryText(anchor.key.place, anchor.value)?.end;
  return end === undefined ? [] : [{ at: { source, start: end, end }, text: `${separator}${text}` }];
}

function intoEmpty({ place }: MappingNode, text: string): Edit {
  return { at: place, text: text.startsWith('"') ? `{${text}}` : `{ ${text} }` };
}

/** What stands between two entries: `, `, or a comma and the line end and indentation of the next one. */
function separatorOf({ place }: MappingNode, entries: readonly Entry[]): string {
  const { text } = place.source;
  const [first, second] = entries;
  if (!first) return ", ";
  const end = entryText(first.key.place, first.value)?.end;
  const between = second && end !== undefined ? text.slice(end, second.key.place.start) : "";
  if (between.length < 200 && /^\s*,[\s>]*$/.test(between)) return `,${between.slice(between.indexOf(",") + 1)}`;
  const opening = text.slice(place.start + 1, first.key.place.start);
  if (/^[ \t]*[\r\n][\s>]*$/.test(opening)) return `,${opening}`;
  const { source, end: keyEnd } = first.key.place;
  return source.text[keyEnd + 1] === " " ? ", " : ",";
}
