import type { MappingNode, Node } from "../../read/node.js";
import { unknownNode } from "./nodes.js";

/**
 * The object with its scalars as they leave Kustomize, which reads YAML 1.2 and quotes what Kubernetes would take for something else:
 * `yes` stays a text. A date becomes a point in time, of which nobody would guess the text.
 */
export function asKustomizeWrites(root: MappingNode): MappingNode {
  const result = written(root, 0);
  return result.kind === "mapping" ? result : root;
}

const oldBoolean = /^(?:y|yes|n|no|on|off)$/i;
const date = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ])/;
const deepest = 100;

function written(node: Node, depth: number): Node {
  if (depth > deepest) return node;
  if (node.kind === "scalar") {
    if (node.style !== "plain") return node;
    if (typeof node.value === "boolean" && oldBoolean.test(node.text)) return { ...node, value: node.text };
    return typeof node.value === "string" && date.test(node.text) ? unknownNode(node) : node;
  }
  if (node.kind === "sequence") {
    const items = node.items.map((item) => written(item, depth + 1));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "mapping") return node;
  const entries = node.entries.map((entry) => {
    const value = written(entry.value, depth + 1);
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries.some((entry, index) => entry !== node.entries[index]) ? { ...node, entries } : node;
}
