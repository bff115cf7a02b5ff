import { parseFragment } from "../read/yaml-document.js";
import type { Node, ScalarNode } from "../read/node.js";
import type { Place, Source } from "../text/place.js";

/**
 * What a text inside a manifest holds (`patch: |-`, `values: |`), as nodes with their places in the manifest. Undefined for what does not
 * parse: Kustomize or Helm say so.
 */
export function nestedNode(scalar: ScalarNode): Node | undefined {
  const inner: Source = { name: scalar.place.source.name, text: scalar.text };
  try {
    const { root, problems } = parseFragment({ source: inner, start: 0, end: inner.text.length, text: inner.text, holes: [] });
    if (!root || problems.some(({ rule }) => rule === "yaml-syntax")) return undefined;
    return relocated(root, ({ start, end }) => scalar.slice(start, end), new Map());
  } catch (error) {
    // The parser calls itself for every level.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The same nodes with other places; `done` keeps what aliases share shared. */
export function relocated(node: Node, placed: (place: Place) => Place, done: Map<Node, Node>): Node {
  const known = done.get(node);
  if (known) return known;
  const moved = movedNode(node, placed, done);
  done.set(node, moved);
  return moved;
}

function movedNode(node: Node, placed: (place: Place) => Place, done: Map<Node, Node>): Node {
  const place = placed(node.place);
  if (node.kind === "unknown") return { ...node, place };
  if (node.kind === "scalar") return movedScalar(node, placed);
  if (node.kind === "sequence") return { ...node, place, items: node.items.map((item) => relocated(item, placed, done)) };
  const entries = node.entries.map((entry) => {
    return { ...entry, key: movedScalar(entry.key, placed), value: relocated(entry.value, placed, done) };
  });
  return { ...node, place, entries };
}

function movedScalar(node: ScalarNode, placed: (place: Place) => Place): ScalarNode {
  return { ...node, place: placed(node.place), slice: (from, to) => placed(node.slice(from, to)) };
}
