import { FAILSAFE_SCHEMA, loadAll } from "js-yaml";
import type { Entry, Node, ScalarNode } from "./node.js";
import { plainValue } from "./scalar.js";
import { asKey, blockScalarEnd, placeOf, scalarOf, styleAt, trimmedEnd } from "./written.js";
import type { Written } from "./written.js";

/** What js-yaml 4.3.2 shows its listener; its own types leave half of it out. */
interface State {
  readonly position: number;
  readonly kind: "mapping" | "sequence" | "scalar" | null;
  readonly result: unknown;
  readonly tag: string | null;
  readonly anchor: string | null;
}

/** What the parser has open: the children of a level lie on the stacks from its base to the top. Shrinking arrays costs, so they do not. */
interface Stacks {
  readonly written: Written;
  /** undefined: an attempt, or a value, that came to nothing. */
  readonly nodes: (Node | undefined)[];
  readonly results: unknown[];
  readonly bases: number[];
  readonly opened: number[];
  level: number;
  top: number;
}

/** Thrown to leave js-yaml. Made once, since a stack trace costs and it only means "ask the other parser". */
const refused = new Error("for the other parser");
const mostLevels = 200;
const keepsAll = /^.\d?\+/;
const escapedBreak = /\\\r?\n/;

/**
 * The tree of an ordinary document at several times the speed of `yaml`. Undefined for whatever needs care: anchors, tags, merge keys,
 * duplicate or complex keys, empty items, every error.
 */
export function parseFast(written: Written): { readonly root: Node | undefined } | undefined {
  if (mistakable(written.text)) return undefined;
  const stacks: Stacks = { written, nodes: [], results: [], bases: [], opened: [], level: 0, top: 0 };
  const options = { schema: FAILSAFE_SCHEMA, maxDepth: mostLevels, listener: listenerOf(stacks) };
  try {
    if (loadAll(written.text, null, options).length !== 1) return undefined;
  } catch {
    return undefined;
  }
  const [root] = stacks.nodes;
  // No manifest; and libraries differ about the indentation of a text without an owner.
  return root?.kind === "scalar" ? undefined : { root };
}

const tabbedBlank = /^ *\t[ \t]*\r?$/m;

/** js-yaml reads directives and what follows a separator in its own way, and does not mind tabs in empty lines. */
function mistakable(text: string): boolean {
  if (text.includes("\t") && tabbedBlank.test(text)) return true;
  const first = contentAt(text, 0);
  return text.charCodeAt(first) === 0x25 || text.startsWith("---", first);
}

function listenerOf(stacks: Stacks): (event: "open" | "close", state: object) => void {
  const { nodes, results, bases, opened } = stacks;
  return (event, parser) => {
    const state = parser as State;
    if (event === "open") {
      bases[stacks.level] = stacks.top;
      opened[stacks.level++] = state.position;
      return;
    }
    const level = --stacks.level;
    const base = bases[level] ?? 0;
    nodes[base] = close(stacks, state, base, opened[level] ?? 0);
    results[base] = state.result;
    stacks.top = base + 1;
  };
}

function close({ written, nodes, results, top }: Stacks, state: State, base: number, opened: number): Node | undefined {
  if (state.anchor !== null || (state.tag !== null && state.tag !== "?")) throw refused;
  if (state.kind === null) return undefined;
  // js-yaml reads what could be a key first, and keeps it if no colon follows.
  const first = nodes[base];
  if (first !== undefined && top === base + 1 && results[base] === state.result) return first;
  if (state.kind === "scalar") return scalar(written, state, opened);
  return state.kind === "sequence"
    ? sequence(written, state, nodes.slice(base, top), opened)
    : mapping(written, state, nodes.slice(base, top), opened);
}

function scalar(written: Written, { position, result }: State, opened: number): ScalarNode {
  const { text } = written;
  const start = contentAt(text, opened);
  const style = styleAt(text, start);
  const decoded = result as string;
  if (style === "plain") {
    const value = plainValue(decoded);
    if (typeof value === "number" && !Number.isFinite(value)) throw refused;
    return scalarOf(written, start, trimmedEnd(text, start, position), style, decoded, value);
  }
  const end = style === "single" || style === "double" ? position : blockScalarEnd(text, start, position);
  if ((style === "literal" || style === "folded") && blanksMatter(text, start, decoded)) throw refused;
  // It loses the empty lines behind an escaped line break.
  if (style === "double" && decoded.length !== end - start - 2 && escapedBreak.test(text.slice(start, end))) throw refused;
  return scalarOf(written, start, end, style, decoded, decoded);
}

/** Opinions differ about blank lines that are all of a scalar, and about what it keeps at the end of a text without a line end. */
function blanksMatter(text: string, start: number, decoded: string): boolean {
  return decoded.trimStart() === "" || keepsAll.test(text.slice(start, start + 3));
}

function sequence(written: Written, state: State, nodes: readonly (Node | undefined)[], opened: number): Node {
  const start = contentAt(written.text, opened);
  const flow = written.text.charCodeAt(start) === 0x5b;
  const results = state.result as readonly unknown[];
  const count = nodes.length;
  if (results.length !== count) throw refused;
  const items: Node[] = [];
  for (let index = 0; index < count; index++) {
    const item = nodes[index];
    // `[a: 1]` has a child less than it has nodes: the mapping has no node of its own.
    if (item === undefined || (typeof results[index] === "object") !== (item.kind !== "scalar")) throw refused;
    items.push(item);
  }
  const end = flow ? state.position : endOf(written, items.at(-1), start);
  return { kind: "sequence", place: placeOf(written, start, end), items, open: false, flow };
}

function mapping(written: Written, state: State, nodes: readonly (Node | undefined)[], opened: number): Node {
  const { text } = written;
  const entries: Entry[] = [];
  if (nodes.length % 2 === 1) throw refused;
  for (let index = 0; index < nodes.length; index += 2) entries.push(entry(written, nodes[index], nodes[index + 1]));
  const begin = contentAt(text, opened);
  const flow = text.charCodeAt(begin) === 0x7b && state.position > begin && !startsWithKey(written, entries, begin);
  const start = flow ? begin : (entries[0]?.key.place.start ?? begin + written.base) - written.base;
  const end = flow ? state.position : endOf(written, entries.at(-1)?.value, start);
  return { kind: "mapping", place: placeOf(written, start, end), entries, open: false, flow };
}

/** A block mapping whose first key is written where the mapping begins. */
function startsWithKey({ base }: Written, entries: readonly Entry[], begin: number): boolean {
  return entries[0]?.key.place.start === base + begin;
}

function entry(written: Written, keyNode: Node | undefined, value: Node | undefined): Entry {
  const key = keyNode && asKey(keyNode);
  if (key === undefined || (key.text === "<<" && key.style === "plain")) throw refused;
  const { text, base } = written;
  if (text.slice(key.place.start - base, key.place.end - base).includes("\n")) throw refused;
  let colon = key.place.end - base;
  while (isSpace(text.charCodeAt(colon))) colon++;
  if (text.charCodeAt(colon) !== 0x3a) throw refused;
  return { key, value: value ?? scalarOf(written, colon + 1, colon + 1, "plain", "", null) };
}

function endOf({ base }: Written, node: Node | undefined, start: number): number {
  return node ? node.place.end - base : start;
}

/** The first character from `start` on that is neither blank nor part of a comment. */
function contentAt(text: string, start: number): number {
  let index = start;
  for (;;) {
    const code = text.charCodeAt(index);
    if (code === 0x23) index = endOfLine(text, index);
    else if (isSpace(code)) index++;
    else return index;
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 10 || code === 13 || code === 9;
}
