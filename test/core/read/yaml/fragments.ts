import { readdirSync, readFileSync } from "node:fs";
import type { Fragment, Hole } from "../../../../src/core/read/fragment.js";
import type { Node } from "../../../../src/core/read/node.js";
import { parseFragment } from "../../../../src/core/read/yaml-document.js";
import type { Written } from "../../../../src/core/read/written.js";

export const fixtures = new URL("../../../../fixtures/", import.meta.url);

export function fragmentOf(text: string, holes: readonly Hole[] = [], name = "<text>"): Fragment {
  return { source: { name, text }, start: 0, end: text.length, text, holes };
}

export function writtenOf(text: string): Written {
  return { source: { name: "<text>", text }, text, base: 0 };
}

export function rootOf(text: string): Node | undefined {
  return parseFragment(fragmentOf(text)).root;
}

/** A tree as a plain value; unknown nodes as `?reason`, open collections with a key or item `…`. */
export function valueOf(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === "unknown") return `?${node.reason}`;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "sequence") return [...node.items.map(valueOf), ...(node.open ? ["…"] : [])];
  const entries = node.entries.filter(({ key, merged }) => !merged || node.entries.find((entry) => entry.key.text === key.text)?.merged);
  return Object.fromEntries([...entries.map(({ key, value }) => [key.text, valueOf(value)]), ...(node.open ? [["…", true]] : [])]);
}

export function nodesOf(node: Node): Node[] {
  if (node.kind === "mapping") return [node, ...node.entries.flatMap(({ key, value }) => [key, ...nodesOf(value)])];
  return node.kind === "sequence" ? [node, ...node.items.flatMap(nodesOf)] : [node];
}

/** Everything of a tree but its sources and functions. */
export function bare(node: Node | undefined): unknown {
  return JSON.parse(JSON.stringify(node ?? null, (key, value: unknown) => {
    if (key === "source") return undefined;
    return typeof value === "bigint" ? `${String(value)}n` : Object.is(value, -0) ? "-0" : value;
  }));
}

/** Texts of all fixtures with one of the endings, by their path. */
export function fixtureTexts(...endings: readonly string[]): [string, string][] {
  return readdirSync(fixtures, { recursive: true, encoding: "utf8" })
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => [path, readFileSync(new URL(path, fixtures), "utf8")]);
}
