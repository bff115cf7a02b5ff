import { splitStream } from "../read/split.js";
import type { Place, Source } from "../text/place.js";

/** What a rendered stream says of where one of its documents comes from. */
export interface Origin {
  /** A path: of a template, the name of its chart first, or of a file that Kustomize read. */
  readonly path: string;
  /** The document. */
  readonly start: number;
  readonly end: number;
  /** Where the stream says so. */
  readonly place: Place;
  /** What Kustomize did to the object since; undefined for what a template wrote. */
  readonly changes: readonly Change[] | undefined;
}

/** Transformers of one file, as far as the stream tells. */
export interface Change {
  readonly transformers: readonly string[];
  readonly path: string;
  readonly place: Place;
}

/** How `helm template` begins every document: https://helm.sh/docs/helm/helm_template/ */
const helmComment = /^# Source: (\S[^\r\n]*?)[ \t]*\r?$/m;
/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/ */
const annotation = /^[ \t]+config\.kubernetes\.io\/origin:[ \t]*(?:[|>][-+]?[ \t]*\r?\n[ \t]+)?["']?path: ([^\s"'\\]+)/m;

/** The documents of a stream that say where they come from, in its order. */
export function originsIn(source: Source): readonly Origin[] {
  if (!helmComment.test(source.text) && !source.text.includes("config.kubernetes.io/origin")) return [];
  let last: Omit<Origin, "start" | "end"> | undefined;
  return splitStream(source.text).flatMap(({ start, end }): readonly Origin[] => {
    const text = source.text.slice(start, end);
    const found = originIn(text, source, start);
    // A template may hold several documents, and the comment stands above each, but not above what a tool splits further.
    last = found ?? (helmComment.test(source.text) ? last : undefined);
    return last ? [{ ...last, start, end }] : [];
  });
}

function originIn(text: string, source: Source, base: number): Omit<Origin, "start" | "end"> | undefined {
  const ofTemplate = helmComment.exec(text);
  const found = ofTemplate ?? annotation.exec(text);
  const [all, path] = found ?? [];
  if (!found || all === undefined || path === undefined) return undefined;
  const start = base + found.index + all.lastIndexOf(path);
  return { path, place: { source, start, end: start + path.length }, changes: ofTemplate ? undefined : changesIn(text, source, base) };
}

/** https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/internal/utils/annotations.go */
const transformations = "alpha.config.kubernetes.io/transformations:";
const change = /\bconfiguredIn: ([^\s"'\\]+)|\bkind: (\w+)|config\.kubernetes\.io\/origin:/g;
const longestAnnotation = 10_000;

function changesIn(text: string, source: Source, base: number): readonly Change[] {
  const from = text.indexOf(transformations);
  if (from < 0) return [];
  const found: { readonly transformers: string[]; readonly path: string; readonly place: Place }[] = [];
  const told = text.slice(from + transformations.length, from + longestAnnotation);
  for (const { 0: all, 1: path, 2: kind, index } of told.matchAll(change)) {
    const last = found.at(-1);
    const end = base + from + transformations.length + index + all.length;
    if (path !== undefined && last?.path !== path) found.push({ transformers: [], path, place: { source, start: end - path.length, end } });
    else if (kind !== undefined && last && !last.transformers.includes(kind)) last.transformers.push(kind);
    if (path === undefined && kind === undefined) break;
  }
  return found;
}
