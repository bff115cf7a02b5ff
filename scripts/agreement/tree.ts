import type { Random } from "./random.js";

/** A manifest on its way to becoming text; a mapping may have a key twice. */
export type Tree =
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "list"; readonly items: Tree[] }
  | { readonly kind: "map"; readonly entries: Entry[] };

export interface Entry {
  key: string;
  value: Tree;
}

/** A scalar as it stands in the text, between no quotes. */
export function raw(text: string): Tree {
  return { kind: "scalar", text };
}

export function quoted(text: string): Tree {
  return raw(JSON.stringify(text));
}

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: "list", items: value.map(treeOf) };
  if (value !== null && typeof value === "object") {
    return { kind: "map", entries: Object.entries(value).map(([key, child]) => ({ key, value: treeOf(child) })) };
  }
  return typeof value === "string" ? quoted(value) : raw(String(value));
}

export function copy(tree: Tree): Tree {
  if (tree.kind === "list") return { kind: "list", items: tree.items.map(copy) };
  if (tree.kind === "map") return { kind: "map", entries: tree.entries.map(({ key, value }) => ({ key, value: copy(value) })) };
  return tree;
}

const plainKey = /^[A-Za-z][\w./-]*$/;
/** Words that are no texts for a parser of YAML 1.1. */
const words = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null"]);
const keyText = (key: string): string => (plainKey.test(key) && !words.has(key.toLowerCase()) ? key : JSON.stringify(key));

function flow(tree: Tree): string {
  if (tree.kind === "scalar") return tree.text;
  if (tree.kind === "list") return `[${tree.items.map(flow).join(", ")}]`;
  return `{${tree.entries.map(({ key, value }) => `${keyText(key)}: ${flow(value)}`).join(", ")}}`;
}

function block(tree: Tree, indent: string, random: Random): string {
  const inFlow = tree.kind === "scalar" || (tree.kind === "list" ? tree.items : tree.entries).length === 0 || (indent.length > 4 && random.chance(0.15));
  if (inFlow) return ` ${flow(tree)}\n`;
  const lines =
    tree.kind === "list"
      ? tree.items.map((item) => `${indent}-${nested(item, `${indent}  `, random)}`)
      : tree.entries.map(({ key, value }) => `${indent}${keyText(key)}:${block(value, `${indent}  `, random)}`);
  return `\n${lines.join("")}`;
}

/** An item of a list: its first line follows the dash. */
function nested(item: Tree, indent: string, random: Random): string {
  const text = block(item, indent, random);
  return text.startsWith("\n") ? ` ${text.slice(1 + indent.length)}` : text;
}

/** The text of a manifest, mostly in block style. */
export function written(tree: Tree, random: Random): string {
  if (random.chance(0.05)) return `${flow(tree)}\n`;
  return block(tree, "", random).replace(/^[\n ]/, "");
}
