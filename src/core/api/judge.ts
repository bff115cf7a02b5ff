import { entryOf, type MappingNode } from "../read/node.js";
import { type Literal, readLiteral } from "../read/literal.js";
import { meantKind } from "../read/kinds.js";
import type { Place, Source } from "../text/place.js";
import { kubectlRoot } from "./kubectl.js";
import { isEmpty, type StreamPart, yamlDocuments } from "./stream.js";
import { type Stage, type Verdict, verdictOfObject } from "./verdict.js";

/**
 * What one minor ("1.34") answers to a client that sends a whole text as it stands, to be made and with strict fields: nothing in it is
 * a template. Beside it what kubectl gets, which makes JSON of the text itself. Never throws.
 */
export function judgeText(source: Source, version: string): Verdict {
  const documents = yamlDocuments(source);
  const verdict = judgeBody(source, documents, version);
  const forKubectl = kubectlRoot(source, documents, version);
  const accept = forKubectl !== undefined && judgeRoot(forKubectl, version, true).accept;
  return accept === verdict.accept ? verdict : { ...verdict, kubectlAccept: accept };
}

function judgeBody(source: Source, documents: readonly StreamPart[], version: string): Verdict {
  const whole = { source, start: 0, end: source.text.length };
  const [first] = documents;
  if (!first || documents.length > 1) return ending("yaml", whole, `${String(documents.length)} documents are here; a request has one`);
  const tree = bodyOf(source, first);
  if (!tree.ok) return ending("yaml", tree.at, tree.message);
  const { root } = tree;
  if (root?.kind === "mapping") return judgeRoot(root, version, false);
  return ending("decode", root?.place ?? whole, "an object is a mapping; write apiVersion and kind");
}

/** A server reads the first document of a text, and sees nothing where that is empty; a client then sends the other. */
function bodyOf(source: Source, { start, end, read }: StreamPart): Literal {
  if (start === 0 && end === source.text.length) return read;
  const whole = readLiteral(source, 0, source.text.length);
  return isEmpty(whole) ? read : whole;
}

function judgeRoot(root: MappingNode, version: string, lastKeyWins: boolean): Verdict {
  const entry = entryOf(root, "kind");
  const kind = entry?.value.kind === "scalar" ? entry.value.value : undefined;
  const at = entry?.value.place ?? root.place;
  if (typeof kind !== "string" || kind === "") return ending("no-match", at, "the kind is missing; add kind: CronJob or kind: Job");
  if (kind !== "CronJob" && kind !== "Job") return ending("no-match", at, anotherKind(kind));
  const items = entryOf(root, "items");
  const verdict = verdictOfObject({ root, kind, version, patch: false, lastKeyWins });
  if (!items || verdict.stage === "no-match") return verdict;
  return ending("decode", items.key.place, "what has items is a list of objects; remove items");
}

function anotherKind(kind: string): string {
  const meant = meantKind(kind, "batch/v1");
  return `this is neither a CronJob nor a Job${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

function ending(stage: Stage, at: Place, message: string): Verdict {
  return { accept: false, stage, errors: [{ at, message }], strict: [], warnings: [], dropped: [] };
}
