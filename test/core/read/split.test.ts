import fc from "fast-check";
import { expect, test } from "vitest";
import { splitStream } from "../../../src/core/read/split.js";

const parts = (text: string, column = 0) =>
  splitStream(text, { start: 0, end: text.length }, column).map(({ start, end }) => text.slice(start, end));

test.each([
  ["a line of three dashes", "a: 1\n---\nb: 2\n", ["a: 1\n", "\nb: 2\n"]],
  ["one at the beginning", "---\na: 1\n", ["\na: 1\n"]],
  ["a comment behind it", "a: 1\n--- # next\nb: 2\n", ["a: 1\n", " # next\nb: 2\n"]],
  ["blanks behind it, CRLF", "a: 1\r\n---  \r\nb: 2\r\n", ["a: 1\r\n", "  \r\nb: 2\r\n"]],
  ["content behind it, as YAML allows", "a: 1\n--- {b: 2}\n", ["a: 1\n", " {b: 2}\n"]],
  ["four dashes, which are none", "a: 1\n----\nb: 2\n", ["a: 1\n----\nb: 2\n"]],
  ["an indented one in a script", "a: |\n  x\n  ---\n  y\n", ["a: |\n  x\n  ---\n  y\n"]],
  ["an end of document", "a: 1\n...\nb: 2\n", ["a: 1\n", "\nb: 2\n"]],
  ["byte order marks of glued files", "\uFEFFa: 1\n---\n\uFEFFb: 2", ["a: 1\n", "b: 2"]],
  ["a mark before the dashes", "\uFEFF---\na: 1", ["\na: 1"]],
  ["no line end at the end", "a: 1\n---", ["a: 1\n"]],
])("cuts at %s", (_, text, expected) => {
  expect(parts(text)).toEqual(expected);
});

test("cuts at the column of a fence inside a list", () => {
  expect(parts("   a: 1\n   ---\n   b: 2\n---\n", 3)).toEqual(["   a: 1\n", "\n   b: 2\n---\n"]);
});

test("says what stands behind the dashes", () => {
  const text = "--- {a: 1}\n--- # fine\nb: 2";
  expect(splitStream(text).map(({ refused }) => refused && text.slice(refused.start, refused.end))).toEqual(["{a: 1}", undefined]);
});

test("what is cut out is in order, inside the text, and loses only separators", () => {
  const line = fc.constantFrom("---", "...", "--- # x", "a: 1", "  ---", "", "\uFEFF", "--- b");
  fc.assert(fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), (lines, lineEnd) => {
    const text = lines.join(lineEnd);
    let offset = 0;
    for (const { start, end } of splitStream(text)) {
      expect(start).toBeGreaterThanOrEqual(offset);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(offset, start).replace(/[-.\s\uFEFF]/g, "")).toBe("");
      offset = end;
    }
    expect(text.slice(offset).replace(/[-.\s\uFEFF]/g, "")).toBe("");
  }));
});
