import { fieldOf, type FieldType, typeNamed } from "../table.js";
import type { Tree, TreeEntry, TreeMap } from "./tree.js";

const bits: Readonly<Record<string, number | undefined>> = { int32: 32, int64: 64 };
const beyond = 2 ** 63;

/**
 * In a patch, whole numbers that are too large for their field lose their upper bits instead of being refused.
 * Source: fromUnstructured in k8s.io/apimachinery/pkg/runtime/converter.go
 */
export function withWrappedNumbers(tree: TreeMap, type: string): TreeMap {
  let entries: Map<string, TreeEntry> | undefined;
  for (const [name, entry] of tree.entries) {
    const spec = fieldOf(typeNamed(type), name);
    const value = spec ? wrapped(entry.value, spec.type) : entry.value;
    if (value === entry.value) continue;
    entries ??= new Map(tree.entries);
    entries.set(name, { ...entry, value });
  }
  return entries ? { ...tree, entries } : tree;
}

function wrapped(tree: Tree, type: FieldType): Tree {
  if (tree.kind === "map" && type.shape === "object") return withWrappedNumbers(tree, type.name);
  if (tree.kind === "map" && type.shape === "map") {
    const entries = [...tree.entries].map(([name, entry]) => [name, { ...entry, value: wrapped(entry.value, type.of) }] as const);
    return { ...tree, entries: new Map(entries) };
  }
  if (tree.kind === "list" && type.shape === "list") {
    const items = tree.items.map((item) => wrapped(item, type.of));
    return items.some((item, index) => item !== tree.items[index]) ? { ...tree, items } : tree;
  }
  if (tree.kind !== "scalar" || type.shape !== "scalar") return tree;
  const { value: written } = tree;
  if (type.name === "quantity" && typeof written === "bigint" && isBeyond(written)) return { ...tree, value: BigInt(Number(written)) };
  const size = bits[type.name];
  const whole = size === undefined ? undefined : wholeOf(tree.value);
  if (size === undefined || whole === undefined) return tree;
  const value = BigInt.asIntN(size, whole);
  return value === whole ? tree : { ...tree, value: Number(value), text: String(value), style: "plain" };
}

function wholeOf(value: unknown): bigint | undefined {
  const whole = typeof value === "bigint" ? value : typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
  if (whole === undefined) return undefined;
  return isBeyond(whole) ? -BigInt(beyond) : whole;
}

/** What 64 bits do not hold is a float by then: a quantity is rounded, and a number becomes the smallest of them. */
function isBeyond(whole: bigint): boolean {
  return whole >= BigInt(beyond) || whole < -BigInt(beyond);
}
