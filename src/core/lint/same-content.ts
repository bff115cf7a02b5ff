import type { Node } from "../read/node.js";
import { textAt } from "../text/place.js";

/** Whether two trees say the same to a cluster, wherever and however it is written. What is unknown is the same where its text is. */
export function hasSameContent(one: Node, other: Node): boolean {
  return same(one, other, new Map());
}

/** What anchors share is looked at once. */
function same(one: Node, other: Node, seen: Map<Node, Set<Node>>): boolean {
  if (one === other || seen.get(one)?.has(other) === true) return true;
  if (one.kind === "scalar") return other.kind === "scalar" && one.text === other.text && typeof one.value === typeof other.value;
  if (one.kind === "unknown") return other.kind === "unknown" && textAt(one.place) === textAt(other.place);
  seen.set(one, (seen.get(one) ?? new Set()).add(other));
  if (one.kind === "sequence") return other.kind === "sequence" && one.open === other.open && inPairs(one.items, other.items, seen);
  if (other.kind !== "mapping" || one.open !== other.open || one.entries.length !== other.entries.length) return false;
  return one.entries.every(({ key, value }, index) => {
    const entry = other.entries[index];
    return entry?.key.text === key.text && same(value, entry.value, seen);
  });
}

function inPairs(ones: readonly Node[], others: readonly Node[], seen: Map<Node, Set<Node>>): boolean {
  if (ones.length !== others.length) return false;
  return ones.every((one, index) => {
    const other = others[index];
    return other !== undefined && same(one, other, seen);
  });
}
