import fc from "fast-check";
import { stringify } from "yaml";
import { expect, test } from "vitest";
import type { ScalarNode } from "../../../../src/core/read/node.js";
import { parseWithLibrary } from "../../../../src/core/read/yaml-library.js";
import { textAt } from "../../../../src/core/text/place.js";
import { nodesOf, rootOf, writtenOf } from "./fragments.js";
import { lines, writtenYaml } from "./texts.js";

function scalarIn(text: string): ScalarNode {
  const { root } = parseWithLibrary(writtenOf(text));
  const value = root?.kind === "mapping" ? root.entries[0]?.value : undefined;
  if (value?.kind !== "scalar") throw new Error(`no scalar in ${text}`);
  return value;
}

/** What stands in the source for each stretch of the decoded text. */
function written(text: string, part: string): string {
  const scalar = scalarIn(text);
  const at = scalar.text.indexOf(part);
  if (at < 0) throw new Error(`${part} is not in ${scalar.text}`);
  return textAt(scalar.slice(at, at + part.length));
}

test.each([
  ["plain", "a: one two\n", "two", "two"],
  ["plain over lines", "a: one\n  two\n\n  three\n", "e two", "e\n  two"],
  ["a blank line kept", "a: one\n\n  two\n", "\n", "\n"],
  ["single, doubled quote", "a: 'it''s here'\n", "t's", "t''s"],
  ["single over lines", "a: 'one\n  two'\n", "e t", "e\n  t"],
  ["double, escapes", 'a: "x\\ty \\u00e9 \\"q\\""\n', "é \"q", '\\u00e9 \\"q'],
  ["double, a pair of surrogates", 'a: "x\\U0001F600y"\n', "y", "y"],
  ["double, a joined line", 'a: "one \\\n   two"\n', "one two", "one \\\n   two"],
  ["literal", "a: |\n    run\n      that\n", "that", "that"],
  ["literal, with an indicator", "a: |2\n    run\n  it\n", "  run\nit", "  run\n  it"],
  ["literal, CRLF", "a: |\r\n  one\r\n  two\r\n", "e\nt", "e\r\n  t"],
  ["literal, empty lines first", "a: |\n\n\n  one\n", "one", "one"],
  ["folded", "a: >\n  one\n  two\n\n  three\n", "two\nthree", "two\n\n  three"],
  ["folded, more indented", "a: >\n  one\n    two\n  three\n", "  two\nthree", "  two\n  three"],
  ["folded, stripped", "a: >-\n\n  one\n  two", "two", "two"],
])("finds the source of %s", (_, text, part, expected) => {
  expect(written(text, part)).toBe(expected);
});

test("an empty slice is an empty place at its offset", () => {
  const scalar = scalarIn("a: |\n  one\n  two\n");
  expect(scalar.slice(4, 4)).toMatchObject({ start: 13, end: 13 });
  expect(scalar.slice(0, 3)).toMatchObject({ start: 7, end: 10 });
  expect(scalar.slice(-5, 99)).toMatchObject({ start: 7 });
});

const line = fc.stringMatching(/^ {0,3}[a-z#:'"\\é😀-]{0,8} ?$/u);

test("every character of a literal scalar is the one that stands in the source", () => {
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom("\n", "\r\n"), (rows, end) => {
    const source = `a:${end}  b: |2${end}${rows.map((row) => `    ${row}`).join(end)}${end}c: 1${end}`;
    const root = rootOf(source);
    const inner = root?.kind === "mapping" ? root.entries[0]?.value : undefined;
    const scalar = inner?.kind === "mapping" ? inner.entries[0]?.value : undefined;
    if (scalar?.kind !== "scalar") throw new Error("no scalar");
    for (let index = 0; index < scalar.text.length; index++) {
      expect(textAt(scalar.slice(index, index + 1)).replace("\r\n", "\n")).toBe(scalar.text[index]);
    }
  }), { numRuns: 300, seed: 1 });
});

/** Whether half a pair of surrogates stands in the text. */
function isTorn(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

test("double-quoted text: the source of every stretch decodes to it", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 20 }), fc.nat(20), fc.nat(20), (text, a, b) => {
    const scalar = scalarIn(`a: ${stringify(text, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 })}`);
    expect(scalar.text).toBe(text);
    const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
    const part = textAt(scalar.slice(from, to));
    // A slice through a pair of surrogates has the whole pair's escape.
    if (part.includes("\\U") || isTorn(text.slice(from, to))) return;
    expect(scalarIn(`a: "${part}"`).text).toBe(text.slice(from, to));
  }), { numRuns: 500, seed: 1 });
});

test("whatever the style, slices stay in order, lie in the source and cover all of the text", () => {
  let scalars = 0;
  fc.assert(fc.property(fc.oneof(writtenYaml, lines), (text) => {
    const root = rootOf(text);
    for (const node of root ? nodesOf(root) : []) {
      if (node.kind !== "scalar") continue;
      scalars++;
      let last = node.place.start;
      for (let index = 0; index < node.text.length; index++) {
        const { start, end } = node.slice(index, index + 1);
        expect(start, text).toBeGreaterThanOrEqual(last);
        expect(end, text).toBeGreaterThanOrEqual(start);
        expect(end, text).toBeLessThanOrEqual(text.length);
        // A lone place for the whole scalar would mean that the walk lost its way.
        if (node.text.length > 2 && node.style !== "double") expect(end - start, text).toBeLessThan(node.text.length + 2);
        last = text.startsWith("\\U", start) ? last : start;
      }
    }
  }), { numRuns: 2000, seed: 1 });
  expect(scalars).toBeGreaterThan(2000);
});
