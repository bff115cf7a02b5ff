import { blockScalarOwner, insideBlockScalar } from "./block-scalar.js";
import type { Stretch } from "./mask.js";
import type { Line } from "./text-lines.js";

/** A manifest that stands amid text without any mark around it. */
export interface BareManifest extends Stretch {
  readonly column: number;
}

const beginning = /^(["']?)(apiVersion|kind)\1[ \t]*:[ \t]+(?:["']?[\w./-]+["']?|\{\{.*)(,?)[ \t]*(?:#.*)?$/;
const key = /^(["']?)([A-Za-z][\w./-]*)\1[ \t]*:(?:\s|$)/;
const yamlLine = /^(?:-(?:\s|$)|(["']?)[\w./$-]+\1[ \t]*:(?:\s|$)|[\]}"'[{]|\.\.\.|…)/;
const boundary = /^(?:<!--|```|~~~)/;
const directive = /^\{[{%]/;
/** Keys that may stand at the first column behind a gap, where prose could begin too. */
const objectFields: ReadonlySet<string> = new Set([
  "apiVersion", "kind", "metadata", "spec", "status", "data", "stringData", "items", "type", "immutable", "rules", "subjects", "roleRef",
  "objects", "parameters", "labels",
]);

/**
 * Manifests amid the lines from `from` to `to` (exclusive). One begins at `apiVersion:` or `kind:` and ends before the first line
 * that cannot be YAML of that object: text at its column, a line further left, an HTML comment, a shell prompt.
 */
export function bareManifests(text: string, lines: readonly Line[], from = 0, to = lines.length): BareManifest[] {
  const manifests: BareManifest[] = [];
  for (let index = from; index < to; index++) {
    const begins = beginsAt(text, lines, index);
    if (!begins) continue;
    const last = begins === "flow" ? lastOfFlow(text, lines, index, to) : lastLine(text, lines, index, to);
    const first = begins === "flow" ? index - 1 : firstLine(text, lines, index, from);
    if (last > index) manifests.push(manifestOf(lines, first, last));
    index = Math.max(index, last);
  }
  return manifests;
}

function manifestOf(lines: readonly Line[], first: number, last: number): BareManifest {
  const { start = 0, indent = 0 } = lines[first] ?? {};
  return { start, end: lines[last]?.end ?? start, column: indent };
}

function contentOf(text: string, line: Line | undefined): string {
  return line ? text.slice(line.start + line.indent, line.end) : "";
}

function beginsAt(text: string, lines: readonly Line[], index: number): "block" | "flow" | undefined {
  const line = lines[index];
  if (!line || line.blank || line.end - line.start > 400) return undefined;
  const found = beginning.exec(contentOf(text, line));
  if (!found) return undefined;
  if (found[3] !== ",") return "block";
  return contentOf(text, lines[index - 1]).trimEnd() === "{" ? "flow" : undefined;
}

/** JSON and KYAML end at the bracket below the one they began with. */
function lastOfFlow(text: string, lines: readonly Line[], index: number, to: number): number {
  const column = lines[index - 1]?.indent ?? 0;
  for (let next = index; next < to; next++) {
    const line = lines[next];
    if (!line || line.blank || line.indent > column) continue;
    return line.indent === column && text[line.start + column] === "}" ? next : index;
  }
  return index;
}

/** Suppressions directly above belong to the manifest. */
function firstLine(text: string, lines: readonly Line[], index: number, from: number): number {
  let first = index;
  while (first > from && /^#[ \t]*kronlint/.test(contentOf(text, lines[first - 1]))) first--;
  return first;
}

interface Progress {
  readonly column: number;
  readonly seen: Set<string>;
  /** A blank line or a remark at the left stands before the line: prose may begin. */
  gap: boolean;
  /** The last key at the object's column has no value on its line: `items:` may be followed by `- …` at that column. */
  empty: boolean;
}

function lastLine(text: string, lines: readonly Line[], index: number, to: number): number {
  const progress: Progress = { column: lines[index]?.indent ?? 0, seen: new Set(), gap: false, empty: false };
  let owner: number | undefined;
  let last = index;
  belongs(progress, contentOf(text, lines[index]), lines[index]?.indent ?? 0);
  for (let next = index + 1; next < to; next++) {
    const line = lines[next];
    if (!line) break;
    const content = contentOf(text, line);
    const scalar = insideBlockScalar(owner, line);
    if (line.blank || (content.startsWith("#") && !scalar)) {
      progress.gap ||= line.blank || line.indent <= progress.column;
      if (!progress.gap) last = next;
      continue;
    }
    if (directive.test(content) && line.indent >= progress.column) continue;
    if (!scalar && (boundary.test(content) || !belongs(progress, content, line.indent))) break;
    if (!scalar) owner = blockScalarOwner(text, line);
    progress.gap = false;
    last = next;
  }
  return last;
}

function belongs(progress: Progress, content: string, indent: number): boolean {
  const { column, seen, gap } = progress;
  if (indent !== column) return indent > column && (!gap || yamlLine.test(content));
  if (/^(?:\.\.\.|…)\s*$/.test(content)) return true;
  if (content.startsWith("- ")) return progress.empty;
  const field = key.exec(content)?.[2];
  if (field === undefined || seen.has(field)) return false;
  if (!objectFields.has(field) && (gap || !/^[a-z]/.test(field))) return false;
  seen.add(field);
  progress.empty = /:[ \t]*(?:#.*)?$/.test(content);
  return true;
}
