import { entryOf, type MappingNode, type Node } from "../read/node.js";

/** What stands at a path of Kubernetes' own: `spec.template.spec.containers[0].image`. */
export function nodeAt(root: MappingNode, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const step of path.split(/[.[]/)) {
    const index: number = parseInt(step, 10);
    if (node?.kind === "sequence") node = node.items[index];
    else node = node?.kind === "mapping" ? entryOf(node, step)?.value : undefined;
  }
  return node;
}
