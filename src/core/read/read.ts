import type { Source } from "../text/place.js";
import type { Document, ReadResult } from "./document.js";
import { foreignFault } from "./foreign-fault.js";
import { batchKinds, impliedKind, mentions, wrapperKinds } from "./kinds.js";
import { mayTalkToUs, outsideComments } from "./outside-comments.js";
import { readPassage } from "./passage.js";
import { isProse, passagesIn } from "./prose.js";
import type { Passages } from "./prose.js";
import { unreadable } from "./readable.js";
import { isBatchObject } from "./unwrap.js";

export interface ReadOptions {
  /** A kustomization lists the text among its patches: what is absent is unknown. */
  readonly kustomizePatch?: boolean;
  /** Whether to look for manifests amid other text: `auto` decides by name and content. */
  readonly prose?: "auto" | "always" | "never";
  /** Somebody asked for this very text: a manifest without Jobs that does not parse is worth a word too. */
  readonly named?: boolean;
  /** Kinds to return besides Job and CronJob, from manifests; what is wrong with their text is not said. */
  readonly kinds?: readonly string[];
}

/**
 * The Jobs and CronJobs of a text: YAML or JSON, raw templates, Markdown, notes. Never throws; what cannot be read comes
 * back as a problem beside what can. Offsets are those of the text, which is never changed.
 */
export function read(source: Source, options: ReadOptions = {}): ReadResult {
  return joined([...readParts(source, options)]);
}

export function joined(parts: readonly ReadResult[]): ReadResult {
  return {
    documents: parts.flatMap(({ documents }) => documents),
    problems: parts.flatMap(({ problems }) => problems),
    comments: parts.flatMap(({ comments }) => comments),
  };
}

/** The same piece by piece, so that of a long stream no more than a document need be held in memory. */
export function* readParts(source: Source, options: ReadOptions = {}): Generator<ReadResult, void, undefined> {
  const problem = unreadable(source);
  if (problem) return yield { documents: [], problems: [problem], comments: [] };
  let silent = true;
  for (const part of partsAbout(source, options)) {
    silent &&= part.problems.length === 0 && !part.documents.some(({ root }) => isBatchObject(root));
    yield part;
  }
  const fault = silent && options.named === true && !proseIn(source, options) ? foreignFault(source) : undefined;
  if (fault) yield { documents: [], problems: [fault], comments: [] };
}

function* partsAbout(source: Source, options: ReadOptions): Generator<ReadResult, void, undefined> {
  const more = options.kinds ?? [];
  const implied = more.find((kind) => kind === impliedKind(source.name));
  if (implied === undefined && !mentions(source.text, new Set([...batchKinds, ...wrapperKinds, ...more]))) {
    return yield { documents: [], problems: [], comments: outsideComments(source, [], false) };
  }
  const prose = proseIn(source, options);
  const kinds = new Set([...batchKinds, ...(prose ? [] : more)]);
  const wanted = new Set([...kinds, ...wrapperKinds]);
  const { text, passages } = prose ? passagesIn(source.name, source.text) : wholeOf(source);
  const origin = prose ? "prose" : "manifest";
  const context = { source, text, origin, kinds, wanted, patch: options.kustomizePatch ?? false, implied } as const;
  const keeps = mayTalkToUs(source);
  const before: (readonly Document[])[] = [];
  for (const passage of passages) {
    for (const part of readPassage(context, passage)) {
      if (keeps) before.push(part.documents);
      yield part;
    }
  }
  yield { documents: [], problems: [], comments: outsideComments(source, before.flat(), prose) };
}

function proseIn({ name, text }: Source, { prose = "auto" }: ReadOptions): boolean {
  return prose === "auto" ? isProse(name, text) : prose === "always";
}

function wholeOf({ text }: Source): Passages {
  return { text, passages: [{ start: 0, end: text.length, column: 0 }] };
}
