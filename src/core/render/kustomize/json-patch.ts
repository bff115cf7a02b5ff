import { entryOf } from "../../read/node.js";
import type { MappingNode, Node } from "../../read/node.js";
import { nodeAt, textAt } from "../field-at.js";
import { keyNode, withEntry, withoutEntry } from "./nodes.js";

/**
 * An object with a JSON patch (RFC 6902) applied; undefined when an operation cannot be: Kustomize refuses to build then.
 */
export function patched(root: MappingNode, operations: readonly Node[]): MappingNode | undefined {
  let result: Node | undefined = root;
  for (const operation of operations) result = result && applied(result, operation);
  return result?.kind === "mapping" ? result : undefined;
}

function applied(root: Node, operation: Node): Node | undefined {
  const op = textAt(operation, "op");
  const way = pointer(textAt(operation, "path"));
  if (!way) return undefined;
  // Whether a test holds is asked where the values are known for certain; that the overlay builds is taken for granted.
  if (op === "test") return root;
  if (op === "remove") return changed(root, way, { op: "remove" });
  if (op === "move" || op === "copy") return carried(root, op, pointer(textAt(operation, "from")), way);
  const value = nodeAt(operation, "value");
  return value && (op === "add" || op === "replace") ? changed(root, way, { op, value: asJson(value) }) : undefined;
}

/** A patch in YAML is made JSON as Kubernetes would, so that `yes` is true in it, unlike elsewhere in Kustomize. */
function asJson(node: Node): Node {
  if (node.kind === "scalar") return typeof node.value === "boolean" ? { ...node, text: String(node.value) } : node;
  if (node.kind === "sequence") return { ...node, items: node.items.map(asJson) };
  if (node.kind !== "mapping") return node;
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: asJson(entry.value) })) };
}

function carried(root: Node, op: "move" | "copy", from: readonly string[] | undefined, to: readonly string[]): Node | undefined {
  const value = from && valueAt(root, from);
  if (!from || !value) return undefined;
  const rest = op === "move" ? changed(root, from, { op: "remove" }) : root;
  return rest && changed(rest, to, { op: "add", value });
}

type Change = { readonly op: "remove" } | { readonly op: "add" | "replace"; readonly value: Node };

/** The steps of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
function pointer(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || !text.startsWith("/") || text.length > 2000) return undefined;
  return text.slice(1).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(root: Node, way: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of way) {
    if (node?.kind === "sequence") node = /^\d{1,6}$/.test(step) ? node.items[Number(step)] : undefined;
    else node = node?.kind === "mapping" ? entryOf(node, step)?.value : undefined;
  }
  return node;
}

function changed(node: Node, [step, ...rest]: readonly string[], change: Change): Node | undefined {
  if (step === undefined) return "value" in change ? change.value : undefined;
  if (node.kind === "unknown") return node;
  if (node.kind === "mapping") return changedMapping(node, step, rest, change);
  return node.kind === "sequence" ? changedList(node, step, rest, change) : undefined;
}

function changedMapping(node: MappingNode, step: string, rest: readonly string[], change: Change): Node | undefined {
  const entry = entryOf(node, step);
  if (rest.length > 0) {
    const value = entry && changed(entry.value, rest, change);
    if (!entry) return node.open ? node : undefined;
    return value && withEntry(node, { key: entry.key, value });
  }
  if (change.op === "remove") return entry || node.open ? withoutEntry(node, step) : undefined;
  if (change.op === "replace" && !entry && !node.open) return undefined;
  return withEntry(node, { key: keyNode(step, change.value), value: change.value });
}

function changedList(node: Node & { kind: "sequence" }, step: string, rest: readonly string[], change: Change): Node | undefined {
  const { items } = node;
  if (rest.length === 0 && change.op === "add" && step === "-") return { ...node, items: [...items, change.value] };
  if (!/^\d{1,6}$/.test(step)) return undefined;
  const index = Number(step);
  if (rest.length === 0 && change.op === "add" && index <= items.length) return { ...node, items: items.toSpliced(index, 0, change.value) };
  const item = items[index];
  if (!item) return node.open ? node : undefined;
  if (rest.length > 0) {
    const value = changed(item, rest, change);
    return value && { ...node, items: items.with(index, value) };
  }
  if (change.op === "remove") return { ...node, items: items.toSpliced(index, 1) };
  return { ...node, items: items.with(index, change.value) };
}
