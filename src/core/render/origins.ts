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
  const found = helmComment.exec(text) ?? annotation.exec(text);
  const [all, path] = found ?? [];
  if (!found || all === undefined || path === undefined) return undefined;
  const start = base + found.index + all.lastIndexOf(path);
  return { path, place: { source, start, end: start + path.length } };
}
