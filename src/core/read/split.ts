import type { Stretch } from "./mask.js";
import { isBlank, linesOf, skipBlanks } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** One document of a stream, without its separators. */
export interface StreamDocument extends Stretch {
  /** What stands behind the `---` before it, which YAML allows and Kubernetes' reader does not. */
  readonly refused?: Stretch;
}

const byteOrderMark = "\uFEFF";

/**
 * Cuts a stream at lines that begin with `---`, as Kubernetes does, and at `...` as YAML does.
 * `column` is where the lines of the stream begin: that of a Markdown fence inside a list, else 0.
 * https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/yaml/decoder.go#L404
 */
export function splitStream(text: string, stream: Stretch = { start: 0, end: text.length }, column = 0): StreamDocument[] {
  const documents: StreamDocument[] = [];
  let start = skipMark(text, stream.start);
  let refused: Stretch | undefined;
  const close = (end: number) => {
    if (end > start) documents.push(refused ? { start, end, refused } : { start, end });
  };
  for (const line of linesOf(text, start, stream.end)) {
    const marker = markerAt(text, line, column);
    if (!marker) continue;
    const after = line.start + column + 3;
    close(Math.max(start, line.start));
    refused = marker === "---" ? contentAfter(text, after, line.end) : undefined;
    start = after < line.end ? after : Math.min(skipMark(text, line.end), stream.end);
  }
  close(stream.end);
  return documents;
}

function markerAt(text: string, line: Line, column: number): "---" | "..." | undefined {
  const at = line.start + column;
  if (line.blank || line.indent < column || line.end < at + 3) return undefined;
  if (text.startsWith("---", at)) return ends(text, at + 3, line.end) ? "---" : undefined;
  if (text.startsWith("...", at)) return skipBlanks(text, at + 3, line.end) === line.end ? "..." : undefined;
  return undefined;
}

function ends(text: string, at: number, lineEnd: number): boolean {
  return at >= lineEnd || isBlank(text.charCodeAt(at)) || text[at] === "#";
}

function contentAfter(text: string, from: number, to: number): Stretch | undefined {
  const start = skipBlanks(text, from, to);
  return start === to || text[start] === "#" ? undefined : { start, end: to };
}

/** Files glued together by a script carry a mark before each part. */
function skipMark(text: string, offset: number): number {
  let next = offset;
  while (/[\r\n]/.test(text[next] ?? "")) next++;
  return text[next] === byteOrderMark ? next + 1 : offset;
}
