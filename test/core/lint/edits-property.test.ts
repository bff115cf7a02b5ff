import fc from "fast-check";
import { expect, test } from "vitest";
import { insertField, moveEntry, removeField } from "../../../src/core/lint/edits.js";
import { field, itemLevel, level, type Level, type Present } from "../../../src/core/model/field.js";
import type { Node } from "../../../src/core/read/node.js";
import { parseWithLibrary } from "../../../src/core/read/yaml-library.js";
import { applyEdits, type Edit } from "../../../src/core/text/edit.js";

/** A mapping as data, with the layout in which it is written. */
type Tree = string | readonly Tree[] | { readonly flow: boolean; readonly comments: boolean; readonly entries: Readonly<Record<string, Tree>> };

const scalar = fc.constantFrom("1", "x", '"q: #1"', "'it''s'", "|\n", "|-\n", ">+\n", "a b", "true");
const key = fc.constantFrom("a", "b", "c", "d", "e");
const { mapping } = fc.letrec<{ tree: Tree; mapping: Exclude<Tree, string | readonly Tree[]> }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, depthIdentifier: "t" }, scalar, tie("mapping"), lists(tie("mapping"))),
  mapping: fc.record({
    flow: fc.nat(3).map((n) => n === 0),
    comments: fc.boolean(),
    entries: fc.dictionary(key, tie("tree"), { minKeys: 1, maxKeys: 4, depthIdentifier: "t" }),
  }),
}));

function lists(mappings: fc.Arbitrary<Tree>): fc.Arbitrary<readonly Tree[]> {
  return fc.array(fc.oneof(scalar, mappings), { minLength: 1, maxLength: 3 });
}

interface Layout {
  readonly step: number;
  readonly dashIn: boolean;
}

function flowText(tree: Tree): string {
  if (typeof tree === "string") return tree.endsWith("\n") ? "text" : tree;
  if (isList(tree)) return `[${tree.map(flowText).join(", ")}]`;
  return `{${Object.entries(tree.entries).map(([name, value]) => `${name}: ${flowText(value)}`).join(", ")}}`;
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

function blockText(tree: Tree, indent: number, layout: Layout): string {
  const pad = " ".repeat(indent);
  const deeper = `${pad}${" ".repeat(layout.step)}`;
  if (typeof tree === "string") return tree.endsWith("\n") ? `${tree}${deeper}text\n\n${deeper} more\n` : `${tree}\n`;
  if (isList(tree)) return tree.map((one) => `${pad}- ${itemText(one, indent + 2, layout)}`).join("");
  const entries = Object.entries(tree.entries).map(([name, value]) => `${pad}${name}:${valueText(value, indent, layout, tree.comments)}`);
  return entries.map((entry) => `${comment(tree.comments, pad)}${entry}`).join("");
}

function comment(wanted: boolean, pad: string): string {
  return wanted ? `${pad}# a note\n` : "";
}

function itemText(tree: Tree, indent: number, layout: Layout): string {
  if (typeof tree === "string") return blockText(tree, indent - 2, layout);
  if (isList(tree) || tree.flow) return `${flowText(tree)}\n`;
  return blockText({ ...tree, comments: false }, indent, layout).slice(indent);
}

function valueText(tree: Tree, indent: number, layout: Layout, comments: boolean): string {
  if (typeof tree === "string") return ` ${tree.endsWith("\n") || !comments ? blockText(tree, indent, layout) : `${tree} # why\n`}`;
  if (isList(tree)) return `\n${blockText(tree, layout.dashIn ? indent + layout.step : indent, layout)}`;
  return tree.flow ? ` ${flowText(tree)}\n` : `\n${blockText(tree, indent + layout.step, layout)}`;
}

const layouts = { step: fc.constantFrom(2, 4), dashIn: fc.boolean(), crlf: fc.boolean(), end: fc.boolean() };
const document = fc.record({ tree: mapping, ...layouts }).map(({ tree, crlf, end, ...layout }) => {
  const text = blockText({ ...tree, flow: false }, 0, layout);
  const ended = end ? text : text.trimEnd();
  return crlf ? ended.replaceAll("\n", "\r\n") : ended;
});

function rootOf(text: string): Level {
  const { root, faults } = parseWithLibrary({ source: { name: "test.yaml", text }, text, base: 0 });
  if (faults.length > 0 || root?.kind !== "mapping") throw new Error(`does not parse: ${JSON.stringify(faults)}\n${text}`);
  return itemLevel(root, "", { patch: false, meant: new Set() });
}

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** Texts without their final line ends, since a text that ends at the end of the file may get one. */
function plain(node: Node): Plain {
  if (node.kind === "mapping") return Object.fromEntries(node.entries.map(({ key: name, value }) => [name.text, plain(value)]));
  if (node.kind === "sequence") return node.items.map(plain);
  return node.kind === "scalar" ? `${typeof node.value}:${node.text.trimEnd()}` : "unknown";
}

const valueOf = (text: string): Plain => plain(rootOf(text).mapping!);

/** Every mapping of a document with its place in the data. */
function levelsOf(own: Level, path: readonly (string | number)[] = []): readonly { own: Level; path: readonly (string | number)[] }[] {
  const below = (own.mapping?.entries ?? []).flatMap(({ key: name, value }) => {
    if (value.kind === "mapping") return levelsOf(level(own, name.text), [...path, name.text]);
    if (value.kind !== "sequence") return [];
    return value.items.flatMap((item, index) => (item.kind === "mapping" ? levelsOf(itemLevel(item, "", { patch: false, meant: new Set() }), [...path, name.text, index]) : []));
  });
  return [{ own, path }, ...below];
}

function changed(value: Plain, path: readonly (string | number)[], change: (at: Record<string, Plain>) => void): Plain {
  const copy = structuredClone(value);
  change(valueAt(copy, path) as Record<string, Plain>);
  return copy;
}

function valueAt(value: Plain, path: readonly (string | number)[]): Plain {
  return path.reduce<Plain>((at, step) => (at as Readonly<Record<string | number, Plain>>)[step]!, value);
}

const pick = <T>(all: readonly T[], seed: number): T => all[seed % all.length]!;

function pickField(text: string, seed: number): { found: Present<Node>; path: readonly (string | number)[]; name: string; levels: ReturnType<typeof levelsOf> } {
  const levels = levelsOf(rootOf(text));
  const all = levels.flatMap(({ own, path }) => own.mapping!.entries.map(({ key: name }) => ({ own, path, name: name.text })));
  const { own, path, name } = pick(all, seed);
  const found = field(own, name, (node) => node);
  if (found.state !== "present") throw new Error("not there");
  return { found, path, name, levels };
}

function edited(text: string, edits: readonly Edit[], expected: Plain): void {
  expect(edits).not.toEqual([]);
  expect(valueOf(applyEdits(text, edits))).toEqual(expected);
}

const seeds = fc.record({ first: fc.nat(1000), second: fc.nat(1000) });

test("a field inserted anywhere is all that changes", () => {
  fc.assert(
    fc.property(document, seeds, fc.constantFrom("before", "after", "last"), (text, { first, second }, where) => {
      const { own, path } = pick(levelsOf(rootOf(text)), first);
      const neighbour = pick(own.mapping!.entries, second).key.text;
      const expected = changed(valueOf(text), path, (at) => (at["new"] = "string:Never"));
      edited(text, insertField(own, "new", "Never", where === "last" ? {} : { [where]: neighbour }), expected);
    }),
    { numRuns: 3000 },
  );
});

test("a field removed anywhere is all that changes", () => {
  fc.assert(
    fc.property(document, fc.nat(1000), (text, seed) => {
      const { found, path, name } = pickField(text, seed);
      edited(text, removeField(found), changed(valueOf(text), path, (at) => Reflect.deleteProperty(at, name)));
    }),
    { numRuns: 3000 },
  );
});

test("a field is moved whole, or not at all", () => {
  let moves = 0;
  fc.assert(
    fc.property(document, seeds, (text, { first, second }) => {
      const { found, path, name, levels } = pickField(text, first);
      const to = pick(levels, second);
      const inside = [...path, name].every((step, index) => to.path[index] === step);
      const edits = inside ? [] : moveEntry(found, to.own);
      if (edits.length === 0) return;
      moves++;
      const value = valueAt(valueOf(text), [...path, name]);
      const put = changed(valueOf(text), to.path, (at) => (at[name] = value));
      edited(text, edits, changed(put, path, (at) => Reflect.deleteProperty(at, name)));
    }),
    { numRuns: 3000 },
  );
  expect(moves).toBeGreaterThan(500);
});
