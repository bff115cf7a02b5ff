import { placeOf } from "./written.js";
import type { Written } from "./written.js";
import type { Comment } from "./document.js";
import type { Node, ScalarNode } from "./node.js";

/**
 * The comments that mention kronlint. `# kronlint` inside a quoted text is none; of a script's own comments those that silence
 * findings count, since only there can they stand above the command that is meant.
 */
export function kronlintComments(written: Written, root: Node | undefined): readonly Comment[] {
  const { text, base } = written;
  if (!text.includes("kronlint")) return [];
  const { scalars, scripts } = root ? scalarsThatHold(root) : { scalars: [], scripts: [] };
  const comments: Comment[] = [];
  let lineStart = 0;
  for (const line of text.split("\n")) {
    const isContent = (index: number): boolean => {
      const offset = base + lineStart + index;
      return insideAny(scalars, offset) || (insideAny(scripts, offset) && !/^#\s*kronlint-ignore\b/.test(line.slice(index)));
    };
    const found = line.includes("kronlint") ? commentIn(line, isContent) : undefined;
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

interface Holding {
  readonly scalars: readonly ScalarNode[];
  /** Blocks in `command` and `args`, and the `source` of a script of Argo. */
  readonly scripts: readonly ScalarNode[];
}

const scriptKeys: ReadonlySet<string> = new Set(["command", "args", "source"]);

/** Scalars in which a `#` may be content, by their places. */
function scalarsThatHold(root: Node): Holding {
  const scalars: ScalarNode[] = [];
  const scripts: ScalarNode[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node, key: string): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "mapping") {
      for (const entry of node.entries) {
        visit(entry.key, "");
        visit(entry.value, entry.key.text);
      }
    } else if (node.kind === "sequence") for (const item of node.items) visit(item, key);
    else if (node.kind === "scalar" && node.text.includes("#")) {
      (node.style === "literal" && scriptKeys.has(key) ? scripts : scalars).push(node);
    }
  };
  visit(root, "");
  return { scalars: inOrder(scalars), scripts: inOrder(scripts) };
}

function inOrder(scalars: readonly ScalarNode[]): readonly ScalarNode[] {
  return [...scalars].sort((a, b) => a.place.start - b.place.start);
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
