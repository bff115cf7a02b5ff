import type { Node } from "./node.js";
import type { Written } from "./written.js";

/** On an empty line, or behind the dash of an item. */
const tabbed = /^ *(?:\t[ \t]*$|(?:[-?] +)*[-?] *\t)/gm;

/** A stretch of the source in which the parser does not look for indentation, or none at all at the beginning of a line. */
interface Quiet {
  readonly start: number;
  readonly end: number;
  /** The text of a scalar that is not in quotes: a tab behind its indentation belongs to it. */
  readonly indented: boolean;
}

/**
 * The first tab that Kubernetes' parser takes for indentation: on a line that has nothing else and between a dash and its item, but not in
 * brackets, in quotes, and in the text of a scalar. https://github.com/yaml/go-yaml/blob/v2.4.2/scannerc.go
 */
export function tabbedLine(root: Node, { text, base }: Written): number | undefined {
  if (!text.includes("\t")) return undefined;
  let quiet: readonly Quiet[] | undefined;
  let next = 0;
  for (const { index } of text.matchAll(tabbed)) {
    quiet ??= quietIn(root);
    const at = text.indexOf("\t", index);
    while ((quiet[next]?.end ?? Infinity) <= base + at) next++;
    const around = quiet[next];
    if (!around || around.start > base + at || (around.indented && at === index)) return at;
  }
  return undefined;
}

/** In writing order, none within another. */
function quietIn(root: Node): readonly Quiet[] {
  const found: Quiet[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (node.kind === "unknown" || seen.has(node)) return;
    seen.add(node);
    const { start, end } = node.place;
    if (node.kind === "scalar") found.push({ start, end, indented: node.style !== "double" && node.style !== "single" });
    else if (node.flow) found.push({ start, end, indented: false });
    else if (node.kind === "sequence") node.items.forEach(visit);
    else for (const { value } of node.entries) visit(value);
  };
  visit(root);
  return found.sort((one, other) => one.start - other.start);
}
