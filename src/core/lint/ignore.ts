import { entryOf, type Entry, type MappingNode } from "../read/node.js";
import type { Comment, Document, ReadResult } from "../read/document.js";
import type { Edit } from "../text/edit.js";
import type { Place, Source } from "../text/place.js";
import { behindLineEnd, lineEnd, lineStart } from "./entry-text.js";
import { removal } from "./removal.js";

/** What a person wrote to silence findings: `# kronlint-ignore job-no-ttl -- cleaned up elsewhere until=2030-01-31`. */
export interface Ignore {
  readonly scope: "line" | "container" | "file" | "object";
  /** The first of them; a suppression that names very many is none that a person wrote. */
  readonly ids: readonly IgnoredId[];
  readonly hasMoreIds: boolean;
  readonly until: Until | undefined;
  /** What is said after `--`; empty if nothing is. */
  readonly reason: string;
  readonly place: Place;
  /** Nothing else stands on the line of the comment. */
  readonly own: boolean;
  /** The object whose annotation it is. */
  readonly document?: Document;
  /** Takes all of it away. */
  readonly gone: Edit | undefined;
}

export interface IgnoredId {
  readonly id: string;
  readonly place: Place;
}

export interface Until {
  readonly text: string;
  readonly place: Place;
  /** Milliseconds since the epoch at the end of that day in UTC; undefined for what is no date. */
  readonly end: number | undefined;
}

type Slice = (from: number, to: number) => Place;

/** Everything that suppresses in a source, in its order. */
export function ignoresIn(source: Source, { documents, comments: outside }: ReadResult): readonly Ignore[] {
  const comments = [...documents.flatMap((document) => document.comments), ...outside];
  const annotations = source.text.includes("kronlint/ignore") ? documents.flatMap(annotation) : [];
  return [...comments.flatMap(fromComment), ...annotations].sort((a, b) => a.place.start - b.place.start);
}

export function holds(outer: Place, inner: Place): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

const opening = /^(?:#|<!--|\{\{-?[ \t]*\/\*)[ \t]*kronlint-ignore(-file|-container)?(?![-\w])[ \t]*:?/;
const scopes = { "-file": "file", "-container": "container" } as const;

function fromComment({ place, own }: Comment): readonly Ignore[] {
  const { source, start, end } = place;
  const written = source.text.slice(start, end);
  const [head, suffix] = opening.exec(written) ?? [];
  if (head === undefined) return [];
  const rest = written.slice(head.length).replace(/(?:-->|\*\/[ \t]*-?\}\})$/, "");
  const slice: Slice = (from, to) => ({ source, start: start + head.length + from, end: start + head.length + to });
  const scope = suffix === "-file" || suffix === "-container" ? scopes[suffix] : "line";
  return [{ scope, ...directive(rest, slice), place, own, gone: withoutComment(place, own) }];
}

function withoutComment({ source, start, end }: Place, own: boolean): Edit {
  const { text } = source;
  if (own) return { at: { source, start: lineStart(text, start), end: behindLineEnd(text, lineEnd(text, end)) }, text: "" };
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? "")) from--;
  return { at: { source, start: from, end }, text: "" };
}

/** The annotation `kronlint/ignore` speaks for its object. */
function annotation(document: Document): readonly Ignore[] {
  const metadata = entryOf(document.root, "metadata")?.value;
  const annotations = metadata?.kind === "mapping" ? entryOf(metadata, "annotations")?.value : undefined;
  const entry = annotations?.kind === "mapping" ? ignoreEntry(annotations) : undefined;
  if (entry?.value.kind !== "scalar" || typeof entry.value.value !== "string") return [];
  const { place, value, slice } = entry.value;
  const gone = removal(entry.key.place, entry.value);
  return [{ scope: "object", ...directive(value, slice), place, own: false, document, gone }];
}

function ignoreEntry(annotations: MappingNode): Entry | undefined {
  return entryOf(annotations, "kronlint/ignore");
}

/** Ids in one suppression that are obeyed. */
export const mostIds = 100;

function directive(text: string, slice: Slice): Pick<Ignore, "ids" | "hasMoreIds" | "until" | "reason"> {
  const date = /(?:^|[\s,])until=([^\s,]*)/.exec(text);
  const untilEnd = date ? date.index + date[0].length : 0;
  const untilStart = untilEnd - (date?.[1]?.length ?? 0) - "until=".length;
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(text);
  const idsEnd = dashes?.index ?? text.length;
  const reason = dashes ? text.slice(idsEnd + dashes[0].length).replace(/(?:^|[\s,])until=[^\s,]*/, "").trim() : "";
  const ids: IgnoredId[] = [];
  let hasMoreIds = false;
  for (const { 0: id, index } of text.slice(0, idsEnd).matchAll(/[^\s,]+/g)) {
    if (id.startsWith("until=")) continue;
    hasMoreIds = ids.length === mostIds;
    if (hasMoreIds) break;
    ids.push({ id, place: slice(index, index + id.length) });
  }
  if (!date) return { ids, hasMoreIds, reason, until: undefined };
  return { ids, hasMoreIds, reason, until: { text: date[1] ?? "", place: slice(untilStart, untilEnd), end: endOfDay(date[1] ?? "") } };
}

function endOfDay(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(start).toISOString().startsWith(text) ? start + 86_400_000 : undefined;
}
