import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insertField, moveEntry, removeField, renameKey, replaceValue } from "../../../src/core/lint/edits.js";
import { itemLevel, level, type Level, type Present, scalar, field } from "../../../src/core/model/field.js";
import type { Node } from "../../../src/core/read/node.js";
import { parseWithLibrary } from "../../../src/core/read/yaml-library.js";
import { applyEdits, type Edit } from "../../../src/core/text/edit.js";

const roots = new Map<string, Level>();

/** One source for one text, so that two paths into it are places of the same file. */
function rootOf(text: string): Level {
  const known = roots.get(text) ?? parsed(text);
  roots.set(text, known);
  return known;
}

function parsed(text: string): Level {
  const { root, faults } = parseWithLibrary({ source: { name: "test.yaml", text }, text, base: 0 });
  if (faults.length > 0) throw new Error(`does not parse: ${JSON.stringify(faults)}\n${text}`);
  if (root?.kind !== "mapping") throw new Error("no mapping");
  return itemLevel(root, "", { patch: false, meant: new Set() });
}

function at(text: string, path: readonly (string | number)[]): Level {
  let own = rootOf(text);
  for (const step of path) own = typeof step === "string" ? level(own, step) : item(own, step);
  return own;
}

/** An item of the only list in an object. */
function item({ mapping }: Level, index: number): Level {
  const node = mapping?.entries.find(({ value }) => value.kind === "sequence")?.value;
  if (node?.kind !== "sequence") throw new Error("no list");
  const found = node.items[index];
  if (!found) throw new Error("no item");
  return itemLevel(found, "", { patch: false, meant: new Set() });
}

function present(text: string, ...path: string[]): Present<unknown> {
  const found = field(at(text, path.slice(0, -1)), path.at(-1) ?? "", (node) => node);
  if (found.state !== "present") throw new Error(`not there: ${path.join(".")}`);
  return found;
}

function plain(node: Node): unknown {
  if (node.kind === "mapping") return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
  if (node.kind === "sequence") return node.items.map(plain);
  return node.kind === "scalar" ? node.value : "unknown";
}

function valueOf(text: string): unknown {
  const { mapping } = rootOf(text);
  return mapping && plain(mapping);
}

const after = (text: string, edits: readonly Edit[]): string => applyEdits(text, edits);

describe("insertField", () => {
  const cases: readonly [string, string, (string | number)[], string, { before?: string; after?: string }?][] = [
    ["last in a block", "spec:\n  a: 1\n  b: 2\nkind: Job\n", ["spec"], "spec:\n  a: 1\n  b: 2\n  new: Never\nkind: Job\n"],
    ["behind a comment", "spec:\n  a: 1 # one\n# two\nkind: Job\n", ["spec"], "spec:\n  a: 1 # one\n  new: Never\n# two\nkind: Job\n"],
    ["without a final line end", "spec:\n  a: 1", ["spec"], "spec:\n  a: 1\n  new: Never"],
    ["with CRLF", "spec:\r\n  a: 1\r\nkind: Job\r\n", ["spec"], "spec:\r\n  a: 1\r\n  new: Never\r\nkind: Job\r\n"],
    ["after a neighbour", "spec:\n  a:\n    x: 1\n  b: 2\n", ["spec"], "spec:\n  a:\n    x: 1\n  new: Never\n  b: 2\n", { after: "a" }],
    ["before a neighbour and its comment", "spec:\n  a: 1\n  # b's\n  b: 2\n", ["spec"], "spec:\n  a: 1\n  new: Never\n  # b's\n  b: 2\n", { before: "b" }],
    ["before the first key of an item", "list:\n  - name: x\n    image: y\n", [0], "list:\n  - new: Never\n    name: x\n    image: y\n", { before: "name" }],
    ["last in an item", "list:\n  - name: x\n  - name: y\n", [0], "list:\n  - name: x\n    new: Never\n  - name: y\n"],
    ["behind a block scalar", "spec:\n  a: |\n    x\n\n    y\n\nkind: Job\n", ["spec"], "spec:\n  a: |\n    x\n\n    y\n  new: Never\n\nkind: Job\n"],
    ["behind a block scalar that keeps its line ends", "spec:\n  a: |+\n    x\n\nkind: Job\n", ["spec"], "spec:\n  a: |+\n    x\n\n  new: Never\nkind: Job\n"],
    ["into flow style", "spec: {a: 1, b: 2}\n", ["spec"], "spec: {a: 1, b: 2, new: Never}\n"],
    ["into flow style, before", "spec: { a: 1, b: 2 }\n", ["spec"], "spec: { a: 1, new: Never, b: 2 }\n", { before: "b" }],
    ["into an empty mapping", "spec: {}\n", ["spec"], "spec: { new: Never }\n"],
    ["into JSON", '{\n  "spec": {\n    "a": 1\n  }\n}\n', ["spec"], '{\n  "spec": {\n    "a": 1,\n    "new": "Never"\n  }\n}\n'],
    ["into minified JSON", '{"spec":{"a":1,"b":[2]}}', ["spec"], '{"spec":{"a":1,"b":[2],"new":"Never"}}'],
    ["into empty JSON", '{"spec": {}}', ["spec"], '{"spec": {"new": "Never"}}'],
    ["in place of nothing", "spec:\n  new:\n  b: 2\n", ["spec"], "spec:\n  new: Never\n  b: 2\n"],
    ["in place of null", "spec:\n  new: null # why\n", ["spec"], "spec:\n  new: Never # why\n"],
    ["behind an alias", "x: &x { q: 1 }\nspec:\n  a: 1\n  b: *x\n", ["spec"], "x: &x { q: 1 }\nspec:\n  a: 1\n  b: *x\n  new: Never\n"],
  ];
  test.each(cases)("%s", (_title, text, path, expected, options) => {
    expect(after(text, insertField(at(text, path), "new", "Never", options))).toBe(expected);
  });

  test("leaves alone what an anchor shares", () => {
    const text = "x: &x\n  q: 1\nspec: *x\n";
    expect(insertField(at(text, ["spec"]), "new", "Never")).toEqual([]);
    expect(insertField(at(text, ["x"]), "new", "Never")).toEqual([]);
  });

  test("leaves alone what is not there", () => {
    expect(insertField(at("kind: Job\n", ["spec"]), "new", "Never")).toEqual([]);
  });

  test("does not write a key twice", () => {
    expect(insertField(at("spec: { new: 1 }\n", ["spec"]), "new", "Never")).toEqual([]);
  });
});

describe("replaceValue", () => {
  const cases: readonly [string, string, string | number | boolean, string][] = [
    ["keeps plain", "a: Always # c\n", "Never", "a: Never # c\n"],
    ["keeps double quotes", 'a: "Always"\n', "Never", 'a: "Never"\n'],
    ["keeps single quotes", "a: 'x'\n", "it's", "a: 'it''s'\n"],
    ["quotes what would be a number", "a: x\n", "1.30", 'a: "1.30"\n'],
    ["quotes what would be a boolean", "a: x\n", "off", 'a: "off"\n'],
    ["quotes a leading star", "a: x\n", "* * * * *", 'a: "* * * * *"\n'],
    ["leaves a cron line plain", "a: 0 7 * * 7\n", "0 7 * * 0", "a: 0 7 * * 0\n"],
    ["drops quotes around a number", 'a: "5"\n', 5, "a: 5\n"],
    ["writes a boolean", 'a: "true"\n', true, "a: true\n"],
    ["takes the place of an alias", "x: &x Always\na: *x\n", "Never", "x: &x Always\na: Never\n"],
    ["leaves a shared value alone", "a: &x Always\nb: *x\n", "Never", "a: &x Always\nb: *x\n"],
    ["minds the comma in flow style", "{b: 1, a: x}", "1,2 3", '{b: 1, a: "1,2 3"}'],
    ["stays JSON", '{"a": 1}', "x", '{"a": "x"}'],
    ["replaces a block scalar", "a: |\n  x\n  y\nb: 1\n", "z", "a: z\nb: 1\n"],
  ];
  test.each(cases)("%s", (_title, text, value, expected) => {
    expect(after(text, [replaceValue(present(text, "a"), value)])).toBe(expected);
  });

  test("Kubernetes reads what was meant, whatever the text and the style", () => {
    const styles = fc.constantFrom("a: x\n", 'a: "x"\n', "a: 'x'\n", "{a: x, b: 1}\n", '{"a": "x"}\n', "a: >-\n  x\nb: 2\n");
    const values = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0:-.#'\"*,[]{}!&?|> \tney~\n") }));
    fc.assert(
      fc.property(styles, values, (text, value) => {
        const output = after(text, [replaceValue(present(text, "a"), value)]);
        expect(valueOf(output)).toMatchObject({ a: value });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("removeField", () => {
  const cases: readonly [string, string, string[], string][] = [
    ["a line", "spec:\n  a: 1 # one\n  b: 2\n", ["spec", "a"], "spec:\n  b: 2\n"],
    ["the last line", "spec:\n  b: 2\n  a: 1", ["spec", "a"], "spec:\n  b: 2"],
    ["several lines", "spec:\n  a:\n    - x\n    - y\n  b: 2\n", ["spec", "a"], "spec:\n  b: 2\n"],
    ["the only entry", "spec:\n  a: 1 # one\nkind: Job\n", ["spec", "a"], "spec: {}\nkind: Job\n"],
    ["the only entry under a comment", "spec:\n  # c\n  a: 1\nkind: Job\n", ["spec", "a"], "spec:\n  # c\n  {}\nkind: Job\n"],
    ["the last entry below a nested one", "spec:\n  b:\n    c: 1\n  a: 1\nkind: Job\n", ["spec", "a"], "spec:\n  b:\n    c: 1\nkind: Job\n"],
    ["the last entry below a list at its own column", "spec:\n  b:\n  - c: 1\n  a: 1\n", ["spec", "a"], "spec:\n  b:\n  - c: 1\n"],
    ["the first in flow style", "spec: {a: 1, b: 2}\n", ["spec", "a"], "spec: {b: 2}\n"],
    ["the last in flow style", "spec: { b: 2, a: 1 }\n", ["spec", "a"], "spec: { b: 2 }\n"],
    ["the only one in flow style", "spec: { a: 1 }\n", ["spec", "a"], "spec: {}\n"],
    ["the last in JSON", '{\n  "b": 2,\n  "a": 1\n}\n', ["a"], '{\n  "b": 2\n}\n'],
    ["the first in JSON", '{\n  "a": 1,\n  "b": 2\n}\n', ["a"], '{\n  "b": 2\n}\n'],
    ["with CRLF", "spec:\r\n  a: 1\r\n  b: 2\r\n", ["spec", "a"], "spec:\r\n  b: 2\r\n"],
  ];
  test.each(cases)("%s", (_title, text, path, expected) => {
    expect(after(text, removeField(present(text, ...path)))).toBe(expected);
  });

  test("the first key of an item", () => {
    const text = "list:\n  - name: x # n\n    image: y\n";
    const found = scalar(at(text, [0]), "name");
    expect(found.state === "present" && after(text, removeField(found))).toBe("list:\n  - image: y\n");
  });

  test("the only key of an item", () => {
    const text = "list:\n  - name: x\n  - name: y\n";
    const found = scalar(at(text, [0]), "name");
    expect(found.state === "present" && after(text, removeField(found))).toBe("list:\n  - {}\n  - name: y\n");
  });
});

describe("renameKey", () => {
  test.each([
    ["a: 1\n", "b: 1\n"],
    ['{"a": 1}', '{"b": 1}'],
    ["'a': 1\n", "'b': 1\n"],
  ])("%j", (text, expected) => {
    expect(after(text, [renameKey(present(text, "a"), "b")])).toBe(expected);
  });
});

describe("moveEntry", () => {
  const cases: readonly [string, string, string[], string[], string][] = [
    ["down", "spec:\n  a: Never # c\n  t:\n    x: 1\n", ["spec", "a"], ["spec", "t"], "spec:\n  t:\n    x: 1\n    a: Never # c\n"],
    ["up", "spec:\n  t:\n    a: Never\n    x: 1\n  b: 2\n", ["spec", "t", "a"], ["spec"], "spec:\n  t:\n    x: 1\n  b: 2\n  a: Never\n"],
    ["up, from the last line", "spec:\n  t:\n    x: 1\n    a: Never\n", ["spec", "t", "a"], ["spec"], "spec:\n  t:\n    x: 1\n  a: Never\n"],
    ["up, from the last line without a line end", "spec:\n  t:\n    x: 1\n    a: Never", ["spec", "t", "a"], ["spec"], "spec:\n  t:\n    x: 1\n  a: Never"],
    ["a block", "s:\n  a:\n    p: |\n      x\n       y\n    q: [1]\n  t:\n    u:\n        x: 1\n", ["s", "a"], ["s", "t", "u"],
      "s:\n  t:\n    u:\n        x: 1\n        a:\n          p: |\n            x\n             y\n          q: [1]\n"],
    ["into flow style", "s:\n  a: x\n  t: { x: 1 }\n", ["s", "a"], ["s", "t"], "s:\n  t: { x: 1, a: x }\n"],
    ["in JSON", '{"s": {"a": "x", "t": {"y": 1}}}', ["s", "a"], ["s", "t"], '{"s": {"t": {"y": 1, "a": "x"}}}'],
  ];
  test.each(cases)("%s", (_title, text, path, to, expected) => {
    expect(after(text, moveEntry(present(text, ...path), at(text, to)))).toBe(expected);
  });
});
