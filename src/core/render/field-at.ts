import { entryOf } from "../read/node.js";
import type { MappingNode, Node, ScalarNode } from "../read/node.js";

/** The node at the end of the keys. */
export function nodeAt(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  let found = node;
  for (const key of keys) found = found?.kind === "mapping" ? entryOf(found, key)?.value : undefined;
  return found;
}

export function mappingAt(node: Node | undefined, ...keys: readonly string[]): MappingNode | undefined {
  const found = nodeAt(node, ...keys);
  return found?.kind === "mapping" ? found : undefined;
}

export function scalarAt(node: Node | undefined, ...keys: readonly string[]): ScalarNode | undefined {
  const found = nodeAt(node, ...keys);
  return found?.kind === "scalar" && found.value !== null ? found : undefined;
}

/** The text of the scalar at the end of the keys; undefined for what is not known. */
export function textAt(node: Node | undefined, ...keys: readonly string[]): string | undefined {
  return scalarAt(node, ...keys)?.text;
}

/** The items of the list at the end of the keys. */
export function itemsAt(node: Node | undefined, ...keys: readonly string[]): readonly Node[] {
  const found = nodeAt(node, ...keys);
  return found?.kind === "sequence" ? found.items : [];
}
