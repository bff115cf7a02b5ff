import { placeOf } from "./written.js";
import type { Written } from "./written.js";
import type { Comment } from "./document.js";
import type { Node, ScalarNode } from "./node.js";

/** The comments that mention kronlint. `# kronlint` inside a quoted text or a script is none. */
export function kronlintComments(written: Written, root: Node | undefined): readonly Comment[] {
  const { text, base } = written;
  if (!text.includes("kronlint")) return [];
  const scalars = root ? scalarsThatHold(root) : [];
  const comments: Comment[] = [];
  let lineStart = 0;
  for (const line of text.split("\n")) {
    const found = line.includes("kronlint") ? commentIn(line, (index) => insideAny(scalars, base + lineStart + index)) : undefined;
    if (found) {
      const place = placeOf(written, lineStart + found.start, lineStart + found.end);
      comments.push({ place, text: found.text, own: line.slice(0, found.start).trim() === "" });
    }
    lineStart += line.length + 1;
  }
  return comments;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function commentIn(line: string, isContent: (index: number) => boolean): Found | undefined {
  for (let start = line.indexOf("#"); start >= 0; start = line.indexOf("#", start + 1)) {
    const before = line.charAt(start - 1);
    if ((start > 0 && before !== " " && before !== "\t") || isContent(start)) continue;
    const end = line.trimEnd().length;
    const text = line.slice(start + 1, end).trim();
    return text.includes("kronlint") ? { start, end, text } : undefined;
  }
  return undefined;
}

/** Scalars in which a `#` may be content, by their places. */
function scalarsThatHold(root: Node): readonly ScalarNode[] {
  const scalars: ScalarNode[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "mapping") node.entries.flatMap(({ key, value }) => [key, value]).forEach(visit);
    else if (node.kind === "sequence") node.items.forEach(visit);
    else if (node.kind === "scalar" && node.text.includes("#")) scalars.push(node);
  };
  visit(root);
  return scalars.sort((a, b) => a.place.start - b.place.start);
}

function insideAny(scalars: readonly ScalarNode[], offset: number): boolean {
  let low = 0;
  let high = scalars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scalars[middle]?.place.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const scalar = scalars[low - 1];
  return scalar !== undefined && offset < scalar.place.end && !inHeader(scalar, offset);
}

/** A comment may stand behind the indicator of a block scalar: `run: | # kronlint-ignore …`. */
function inHeader({ place, style }: ScalarNode, offset: number): boolean {
  if (style !== "literal" && style !== "folded") return false;
  return !/[\r\n]/.test(place.source.text.slice(place.start, offset));
}
