import type { Entry, MappingNode, Node } from "../read/node.js";
import type { Place } from "../text/place.js";

/** Kubernetes' path of the field that a place stands in, or whose key it is; empty for the object itself. */
export function pathAt(root: MappingNode, place: Place): string {
  let path = "";
  let node: Node | undefined = root;
  while (node) {
    const step = stepInto(node, place);
    if (!step) return path;
    path = path === "" || step.name.startsWith("[") ? path + step.name : `${path}.${step.name}`;
    node = step.node;
  }
  return path;
}

interface Step {
  readonly name: string;
  readonly node: Node | undefined;
}

function stepInto(node: Node, place: Place): Step | undefined {
  if (node.kind === "mapping") {
    const entry = node.entries.find((one) => inEntry(one, place));
    return entry && { name: nameOf(entry), node: holds(entry.key.place, place) ? undefined : entry.value };
  }
  if (node.kind !== "sequence") return undefined;
  const index = node.items.findIndex((item) => holds(item.place, place));
  return index < 0 ? undefined : { name: `[${String(index)}]`, node: node.items[index] };
}

function inEntry({ key, value, merged }: Entry, place: Place): boolean {
  return merged !== true && (holds(key.place, place) || holds(value.place, place));
}

function nameOf({ key: { text } }: Entry): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : `[${text}]`;
}

function holds(outer: Place, { source, start, end }: Place): boolean {
  return outer.source === source && outer.start <= start && end <= outer.end;
}
