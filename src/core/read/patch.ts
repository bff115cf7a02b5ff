import { entryOf } from "./node.js";
import type { MappingNode, Node } from "./node.js";

const podSpecOf: Readonly<Record<string, readonly string[]>> = {
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/**
 * Whether an object says of itself that it is only a part, to be merged into another: it carries `$patch`, or it has no
 * apiVersion and lacks what none can do without, an image or a schedule.
 */
export function isPatch(root: MappingNode): boolean {
  return holdsKey(root, "$patch", new Set()) || (!entryOf(root, "apiVersion") && !root.open && isIncomplete(root));
}

function isIncomplete(root: MappingNode): boolean {
  const kind = entryOf(root, "kind")?.value;
  const name = kind?.kind === "scalar" ? kind.text : "";
  if (name === "CronJob" && lacks(root, ["spec", "schedule"])) return true;
  return lacksImage(root, podSpecOf[name] ?? []);
}

function lacksImage(root: MappingNode, path: readonly string[]): boolean {
  if (lacks(root, [...path, "containers"])) return true;
  const containers = at(root, [...path, "containers"]);
  if (containers?.kind !== "sequence" || containers.open) return false;
  return containers.items.every((item) => item.kind === "mapping" && lacks(item, ["image"]));
}

/** Whether a field is absent for certain: nothing on the way to it is unknown or open. */
function lacks(root: MappingNode, path: readonly string[]): boolean {
  let node: Node = root;
  for (const key of path) {
    if (node.kind !== "mapping") return node.kind === "scalar" && node.value === null;
    const entry = entryOf(node, key);
    if (!entry) return !node.open;
    node = entry.value;
  }
  return false;
}

function at(root: MappingNode, path: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const key of path) node = node?.kind === "mapping" ? entryOf(node, key)?.value : undefined;
  return node;
}

/** Looks at a node once: aliases make one node stand in many places. */
function holdsKey(node: Node, key: string, seen: Set<Node>): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (node.kind === "sequence") return node.items.some((item) => holdsKey(item, key, seen));
  if (node.kind !== "mapping") return false;
  return node.entries.some((entry) => entry.key.text === key || holdsKey(entry.value, key, seen));
}
