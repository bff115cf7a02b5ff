import { positionAt, lineStarts, lineOf as lineOfPlace } from "../text/lines.js";
import type { LineStarts } from "../text/lines.js";
import type { Problem } from "./document.js";
import type { Entry, MappingNode, Node, ScalarNode } from "./node.js";

/** Two of these twice, and it is two objects without a `---`. */
const identity = new Set(["apiVersion", "kind", "metadata", "spec"]);

/** Who repeats more keys than this has made one mistake many times. */
const mostProblems = 200;

/** Keys that stand twice in one mapping. Silent where a template may write only one of them. */
export function duplicateKeys(root: Node): readonly Problem[] {
  const problems: Problem[] = [];
  let starts: LineStarts | undefined;
  const lineOf: LineOf = ({ place }) =>
    place.source.writtenAt ? lineOfPlace(place) : positionAt(starts ??= lineStarts(place.source.text), place.start).line;
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    // An anchor's node stands in the tree once for every alias.
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "sequence") node.items.forEach(visit);
    if (node.kind !== "mapping") return;
    for (const problem of repeatedIn(node, node === root, lineOf)) if (problems.length < mostProblems) problems.push(problem);
    for (const { value } of node.entries) visit(value);
  };
  visit(root);
  return problems;
}

type LineOf = (node: ScalarNode) => number;

function repeatedIn(mapping: MappingNode, isRoot: boolean, lineOf: LineOf): readonly Problem[] {
  if (mapping.open) return [];
  const first = new Map<string, Entry>();
  const repeated: (readonly [Entry, Entry])[] = [];
  const { start, end } = mapping.place;
  for (const entry of mapping.entries) {
    const { key } = entry;
    if (entry.merged || key.place.start < start || key.place.end > end) continue;
    const name = String(key.value);
    const earlier = first.get(name);
    if (!earlier) first.set(name, entry);
    else if (!templated(earlier, entry)) repeated.push([earlier, entry]);
  }
  const [head] = repeated;
  if (isRoot && head && repeated.filter(([, { key }]) => identity.has(key.text)).length > 1) return [glued(...head, lineOf)];
  return repeated.map(([earlier, entry]) => problem(earlier, entry, lineOf));
}

/** Two branches of a template may write the same key. */
function templated({ key: { place: a } }: Entry, { key: { place: b } }: Entry): boolean {
  const between = a.source.text.slice(a.end, b.start);
  return between.includes("{{") || between.includes("{%");
}

function problem(earlier: Entry, { key }: Entry, lineOf: LineOf): Problem {
  const message = `\`${key.text}\` is written twice in this mapping (line ${String(lineOf(earlier.key))} and here): `
    + "kubectl and Helm keep only the last one, Kustomize and strict clients refuse both; merge them or remove one";
  return { rule: "duplicate-yaml-key", place: key.place, message };
}

function glued(earlier: Entry, { key }: Entry, lineOf: LineOf): Problem {
  const message = `\`${key.text}\` is written twice at the top level (line ${String(lineOf(earlier.key))} and here), `
    + "so two objects are read as one; put a line `---` between them";
  return { rule: "duplicate-yaml-key", place: key.place, message };
}
