import { type Literal, readLiteral } from "../read/literal.js";
import type { Source } from "../text/place.js";

/** A stretch of a text. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** A document that is not empty, or cannot be read. */
export interface StreamPart extends Part {
  readonly read: Literal;
}

/**
 * The documents of a text that are not empty, cut at lines that begin with `---`. A text with something behind such a mark is one document.
 * Source: NewYAMLReader in k8s.io/apimachinery/pkg/util/yaml
 */
export function yamlDocuments(source: Source): readonly StreamPart[] {
  const parts = cutAtMarks(source.text, 0) ?? [{ start: 0, end: source.text.length }];
  return parts.map(({ start, end }) => ({ start, end, read: readLiteral(source, start, end) })).filter(({ read }) => !isEmpty(read));
}

export function isEmpty(read: Literal): boolean {
  return read.ok && (read.root === undefined || (read.root.kind === "scalar" && read.root.value === null));
}

/** Undefined where something stands behind a mark. */
export function cutAtMarks(text: string, from: number): readonly Part[] | undefined {
  const parts: Part[] = [];
  let start = from;
  let line = from;
  while (line < text.length) {
    const lineEnd = text.indexOf("\n", line);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    if (text.startsWith("---", line)) {
      if (!/^\s*(?:#|$)/.test(text.slice(line + 3, next))) return undefined;
      if (line > start) parts.push({ start, end: line });
      // Only a document with something in it ends here; else the mark is part of what follows.
      if (line > start) start = next;
    }
    line = next;
  }
  if (start < text.length) parts.push({ start, end: text.length });
  return parts;
}
