import type { Place, Source } from "../text/place.js";
import { parseAttempts } from "./attempts.js";
import { believable } from "./believable.js";
import { ownedBy } from "./comment-owners.js";
import type { Comment, Document, ReadResult } from "./document.js";
import { withoutElisions } from "./elision.js";
import { concatenated } from "./flow-text.js";
import type { Fragment, Hole } from "./fragment.js";
import { isAbout } from "./kinds.js";
import type { Stretch } from "./mask.js";
import { byStart, templateComments } from "./outside-comments.js";
import { isPatch } from "./patch.js";
import type { Passage } from "./prose.js";
import { splitStream } from "./split.js";
import type { StreamDocument } from "./split.js";
import { withoutTemplates } from "./template-holes.js";
import { isBatchObject, objectsIn } from "./unwrap.js";
import type { Wrapped } from "./unwrap.js";
import { withoutYtt } from "./ytt.js";

export interface PassageContext {
  readonly source: Source;
  /** The source without quote marks. */
  readonly text: string;
  readonly origin: Document["origin"];
  /** Kinds to return, and those with the kinds that may hold them. */
  readonly kinds: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
  readonly patch: boolean;
  /** The kind of objects that do not name it. */
  readonly implied: string | undefined;
}

/** A passage that is YAML but for its holes; holes, alternatives and comments in offsets of the source. */
interface Prepared {
  readonly base: number;
  readonly text: string;
  readonly holes: readonly Hole[];
  readonly alternatives: readonly Stretch[];
  readonly comments: readonly Comment[];
}

/** The documents of a stretch that is a stream of YAML or JSON, one at a time; last the comments that stand in none of them. */
export function* readPassage(context: PassageContext, passage: Passage): Generator<ReadResult, void, undefined> {
  const prepared = prepare(context, passage);
  const owned = new Set<Comment>();
  for (const document of streamOf(prepared, passage)) {
    if (context.implied === undefined && !isAbout(prepared.text, document, context.wanted)) continue;
    const { documents, problems } = readDocument(context, prepared, document);
    for (const { comments } of documents) for (const comment of comments) owned.add(comment);
    yield { documents, problems, comments: [] };
  }
  const comments = prepared.comments.filter((comment) => !owned.has(comment));
  if (comments.length > 0) yield { documents: [], problems: [], comments };
}

function streamOf({ text }: Prepared, { column }: Passage): readonly StreamDocument[] {
  const [first, ...rest] = splitStream(text, { start: 0, end: text.length }, column);
  return first && !first.refused ? [...concatenated(text, first), ...rest] : first ? [first, ...rest] : [];
}

function prepare({ source, text, origin }: PassageContext, { start, end, indented }: Passage): Prepared {
  const written = text.slice(start, end);
  const templated = withoutTemplates(indented ? written.replace(/^\t+/gm, (tabs) => " ".repeat(tabs.length)) : written);
  const annotated = withoutYtt(templated.text);
  const elided = origin === "prose" ? withoutElisions(annotated.text) : { text: annotated.text, holes: [] };
  const holes = [...templated.holes, ...annotated.holes, ...elided.holes].sort((a, b) => a.start - b.start);
  return {
    base: start,
    text: elided.text,
    holes: holes.map((hole) => ({ ...hole, ...shifted(hole, start) })),
    alternatives: templated.alternatives.map((alternative) => shifted(alternative, start)).sort((a, b) => a.start - b.start),
    comments: templateComments(source, start, templated.comments),
  };
}

function shifted({ start, end }: Stretch, by: number): Stretch {
  return { start: start + by, end: end + by };
}

type Documents = Pick<ReadResult, "documents" | "problems">;

function readDocument(context: PassageContext, prepared: Prepared, document: StreamDocument): Documents {
  const { source, kinds, origin, implied } = context;
  const text = prepared.text.slice(document.start, document.end);
  const place = { source, ...shifted(document, prepared.base) };
  const fragment: Fragment = { ...place, text, holes: within(prepared.holes, place, itself) };
  const parsed = parseAttempts(fragment, within(prepared.alternatives, place, itself));
  const objects = parsed.root ? objectsIn(parsed.root, { kinds, implied }) : [];
  const comments = [...parsed.comments, ...within(prepared.comments, place, (comment) => comment.place)].sort(byStart);
  const owned = ownedBy(objects, comments);
  const refused = document.refused && { source, ...shifted(document.refused, prepared.base) };
  return {
    documents: objects.map((object, index) => documentOf(context, fragment, object, owned[index] ?? [])),
    problems: believable({ origin, fragment, parsed, found: objects.some(({ root }) => isBatchObject(root)), refused }),
  };
}

function itself(stretch: Stretch): Stretch {
  return stretch;
}

function documentOf(context: PassageContext, fragment: Fragment, { root, parent }: Wrapped, comments: readonly Comment[]): Document {
  const { source, origin, patch, implied } = context;
  const document: Document = {
    source,
    root,
    place: parent ? root.place : trimmed(fragment),
    patch: patch || (implied === undefined && isPatch(root)),
    origin,
    template: fragment.holes.some(({ reason }) => reason === "template"),
    comments,
    ...(implied === undefined ? {} : { implied }),
  };
  return parent ? { ...document, parent } : document;
}

function trimmed({ source, start, text }: Fragment): Place {
  const leading = text.length - text.trimStart().length;
  return { source, start: start + leading, end: start + Math.max(leading, text.trimEnd().length) };
}

/** What lies in `outer`, by binary search; `sorted` by start and without overlaps. */
function within<T>(sorted: readonly T[], outer: Stretch, stretchOf: (item: T) => Stretch): T[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && stretchOf(item).start < outer.start) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let index = low; index < sorted.length; index++) {
    const item = sorted[index];
    if (item === undefined || stretchOf(item).start >= outer.end) break;
    found.push(item);
  }
  return found;
}
