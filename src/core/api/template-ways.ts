import type { Entry, MappingNode, Node, SequenceNode } from "../read/node.js";

/** More ways through the conditions of one mapping or list are not gone. */
const mostWays = 4;

/**
 * An object as it is for each way through the conditions of its template: of what `if` and `else` write into one mapping or list, and of
 * what two conditions do, which may exclude each other, a server gets one. As these are open, what is left out is unknown, not absent.
 */
export function waysThrough(root: MappingNode): readonly [MappingNode, ...MappingNode[]] {
  const count = Math.min(mostWays, waysIn(root));
  if (count < 2) return [root];
  return [goneMapping(root, 0), ...Array.from({ length: count - 1 }, (_, index) => goneMapping(root, index + 1))];
}

/** In the mapping or list that has the most of them. */
function waysIn(node: Node): number {
  if (node.kind !== "mapping" && node.kind !== "sequence") return 0;
  const inner = node.kind === "sequence" ? node.items : node.entries.map(({ value }) => value);
  return inner.reduce((most, one) => Math.max(most, waysIn(one)), waysOf(node).length);
}

function waysOf(node: MappingNode | SequenceNode): readonly number[] {
  if (!node.open) return [];
  const written = node.kind === "mapping" ? node.entries.flatMap((entry) => entry.choices ?? [entry]) : [];
  const ways = node.kind === "sequence" ? (node.ways ?? []) : written.map(({ way }) => way);
  return [...new Set(ways.filter((way) => way !== undefined))];
}

function gone(node: Node, index: number): Node {
  if (node.kind === "sequence") return goneSequence(node, index);
  return node.kind === "mapping" ? goneMapping(node, index) : node;
}

function goneMapping(node: MappingNode, index: number): MappingNode {
  const ways = waysOf(node);
  const isGone = leftOut(ways, index);
  const written = ways.length > 1 ? node.entries.flatMap((entry) => chosen(entry, isGone)) : node.entries;
  const entries = written.filter(({ way }) => !isGone(way));
  return { ...node, entries: entries.map((entry) => ({ ...entry, value: gone(entry.value, index) })) };
}

/** Of what several ways write, the one that is left; where that is not one, nobody knows which. */
function chosen(entry: Entry, isGone: (way: number | undefined) => boolean): readonly Entry[] {
  const left = (entry.choices ?? [entry]).filter(({ way }) => !isGone(way));
  return left.length > 1 ? [entry] : left;
}

function goneSequence(node: SequenceNode, index: number): SequenceNode {
  const isGone = leftOut(waysOf(node), index);
  const kept = node.items.filter((_, at) => !isGone(node.ways?.[at]));
  const { ways: _, ...rest } = node;
  return { ...rest, items: kept.map((item) => gone(item, index)) };
}

function leftOut(ways: readonly number[], index: number): (way: number | undefined) => boolean {
  const taken = ways[Math.min(index, ways.length - 1)];
  return (way) => ways.length > 1 && way !== undefined && way !== taken;
}
