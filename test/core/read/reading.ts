import { readFileSync } from "node:fs";
import type { Document } from "../../../src/core/read/document.js";
import { entryOf } from "../../../src/core/read/node.js";
import type { Node } from "../../../src/core/read/node.js";
import { read } from "../../../src/core/read/read.js";
import type { ReadOptions } from "../../../src/core/read/read.js";

export const readText = (text: string, options?: ReadOptions, name = "test.yaml") => read({ name, text }, options);

export function fixture(name: string) {
  const text = readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8");
  return { name, text };
}

/** The node at a path of keys and indexes. */
export function nodeAt(node: Node | undefined, ...path: readonly (string | number)[]): Node | undefined {
  return path.reduce<Node | undefined>((at, step) => {
    if (typeof step === "number") return at?.kind === "sequence" ? at.items[step] : undefined;
    return at?.kind === "mapping" ? entryOf(at, step)?.value : undefined;
  }, node);
}

/** What a scalar says, `?` and the reason for what is unknown. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" ? node.text : node?.kind === "unknown" ? `?${node.reason}` : node?.kind;
}

export const isOpen = (node: Node | undefined) => node !== undefined && "open" in node && node.open;

/** `CronJob report 12-30`: kind, name, first and last line. */
export function outline({ root, place }: Document): string {
  const line = (offset: number) => place.source.text.slice(0, offset).split("\n").length;
  return `${textOf(nodeAt(root, "kind"))} ${textOf(nodeAt(root, "metadata", "name"))} ${line(place.start)}-${line(place.end)}`;
}
