import { isNull, type Tree, type TreeEntry } from "./tree.js";

/** Whether two parts are written alike. */
export function isWrittenAlike(left: Tree | undefined, right: Tree): boolean {
  if (left?.kind === "scalar" && right.kind === "scalar") return left.value === right.value;
  if (left?.kind === "list" && right.kind === "list") {
    return left.items.length === right.items.length && left.items.every((item, index) => {
      const other = right.items[index];
      return other !== undefined && isWrittenAlike(item, other);
    });
  }
  if (left?.kind !== "map" || right.kind !== "map" || left.entries.size !== right.entries.size) return false;
  return [...left.entries].every(([name, { value }]) => {
    const other = right.entries.get(name);
    return other !== undefined && isWrittenAlike(value, other.value);
  });
}

/** A null in a patch deletes. */
export function withoutNulls(tree: Tree): Tree {
  if (tree.kind === "list") return { ...tree, items: tree.items.map(withoutNulls) };
  if (tree.kind !== "map") return tree;
  const entries = new Map<string, TreeEntry>();
  for (const [name, { key, value }] of tree.entries) if (!isNull(value)) entries.set(name, { key, value: withoutNulls(value) });
  return { ...tree, entries };
}
