import { expect, test } from "vitest";
import { MASK } from "../../../../src/core/read/fragment.js";
import type { Hole } from "../../../../src/core/read/fragment.js";
import { parseFragment } from "../../../../src/core/read/yaml-document.js";
import { fragmentOf, valueOf } from "./fragments.js";

/** `«…»` is a value hole, `‹…›` a block hole; `‹6:…›` says where its content would stand. */
function read(marked: string, reason: Hole["reason"] = "template"): unknown {
  const holes: Hole[] = [];
  const text = marked.replace(/«.*?»|‹.*?›/g, (found, start: number) => {
    const value = found.startsWith("«");
    const indent = /^‹(\d+):/.exec(found)?.[1];
    const hole: Hole = { start, end: start + found.length, kind: value ? "value" : "block", reason };
    holes.push(indent === undefined ? hole : { ...hole, indent: Number(indent) });
    return (value ? MASK : " ").repeat(found.length);
  });
  const { root, problems } = parseFragment({ ...fragmentOf(marked, holes), text });
  expect(problems).toEqual([]);
  return valueOf(root);
}

const more = { "…": true };

test.each([
  ["a whole value", "a: «x»\nb: 1\n", { a: "?template", b: 1 }],
  ["part of a value", "a: repo/«x»:1\nb: 1\n", { a: "?template", b: 1 }],
  ["part of a quoted value", 'a: "x-«y»"\n', { a: "?template" }],
  ["a line of a script", "a: |\n  one\n  «x»\nb: 1\n", { a: "?template", b: 1 }],
  ["a key", "a: 1\n«x»: 2\n", { a: 1, ...more }],
  ["an item", "- a\n- «x»\n", ["a", "?template"]],
])("value holes: %s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["at the end, in its column", "a:\n  b:\n    c: 1\n    ‹x›\nd: 2\n", { a: { b: { c: 1, ...more } }, d: 2 }],
  ["at the end, further left", "a:\n  b:\n    c: 1\n  ‹x›\nd: 2\n", { a: { b: { c: 1 }, ...more }, d: 2 }],
  ["in column 0, where its content is known", "a:\n  b:\n    c: 1\n‹4:x›\nd: 2\n", { a: { b: { c: 1, ...more } }, d: 2 }],
  ["at the end of the document", "a:\n  b: 1\n  ‹x›\n", { a: { b: 1, ...more } }],
  ["at the top of a value", "a:\n  ‹x›\n  b:\n    c: 1\n", { a: { b: { c: 1 }, ...more } }],
  ["at the top of the document", "‹x›\na: 1\n", { a: 1, ...more }],
  ["as all of a value", "a:\n  ‹x›\nb: 1\n", { a: "?template", b: 1 }],
  ["as all of a value, on its line", "a: ‹4:x›\nb: 1\n", { a: "?template", b: 1 }],
  ["as all of the last value", "a:\n  b:\n    ‹x›\n", { a: { b: "?template" } }],
  ["between items", "a:\n- b\n‹x›\n- c\n", { a: ["b", "c", "…"] }],
  ["behind the items", "a:\n  - b\n  ‹x›\nc: 1\n", { a: ["b", "…"], c: 1 }],
  ["in an item", "a:\n  - b: 1\n    ‹x›\n  - c: 1\n", { a: [{ b: 1, ...more }, { c: 1 }] }],
  ["behind a dash", "a:\n- ‹x›\n  b: 1\n", { a: [{ b: 1, ...more }] }],
  ["in a flow list", "a: [b, ‹x›\n  c]\n", { a: ["b", "c", "…"] }],
  ["in a script", "a: |\n  one\n  ‹x›\n  two\nb: 1\n", { a: "?template", b: 1 }],
  ["behind a script", "a: |\n  one\n  ‹x›\nb: 1\n", { a: "?template", b: 1 }],
  ["beside a script", "a:\n  b: |\n    one\n  ‹x›\n", { a: { b: "one\n", ...more } }],
  ["behind a text, further right", "a: one\n   ‹x›\nb: 1\n", { a: "?template", b: 1 }],
  ["in no one's column, so everything is open", "a:\n    b:\n        c: 1\n      ‹x›\n", { a: { b: { c: 1, ...more }, ...more }, ...more }],
  ["in no one's column, behind brackets", "a:\n    b:\n        c: []\n      ‹x›\n", { a: { b: { c: [], ...more }, ...more }, ...more }],
])("block holes: %s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("the reason is the hole's", () => {
  expect(read("a:\n  ‹…›\nb: «…»\n", "elided")).toEqual({ a: "?elided", b: "?elided" });
});

test("a template that does not parse is not the author's mistake", () => {
  expect(read("a: [\n  ‹x›\nb: 1\n")).toBeUndefined();
});

test("an author's placeholder excuses no mistake", () => {
  expect(() => read("a: «x»\n b: 1\n", "placeholder")).toThrow("expected");
});
