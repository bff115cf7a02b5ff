import { describe, expect, test } from "vitest";
import { insertField } from "../../../src/core/lint/edits.js";
import { removeItem } from "../../../src/core/lint/item-removal.js";
import { field, itemLevel, type Level } from "../../../src/core/model/field.js";
import { parseWithLibrary } from "../../../src/core/read/yaml-library.js";
import { applyEdits } from "../../../src/core/text/edit.js";

function levelOf(text: string): Level {
  const { root } = parseWithLibrary({ source: { name: "test.yaml", text }, text, base: 0 });
  if (root?.kind !== "mapping") throw new Error("no mapping");
  return itemLevel(root, "", { patch: false, meant: new Set() });
}

function without(text: string, index: number): string {
  return applyEdits(text, removeItem(field(levelOf(text), "env", (node) => node), index));
}

describe("an item of a list", () => {
  test.each([
    ["env:\n  - name: A\n    value: x # one\n  # about B\n  - name: B\n", "env:\n  # about B\n  - name: B\n"],
    ["env:\n- a\n- b\n- c\n", "env:\n- b\n- c\n"],
    ["env: [a, b]\n", "env: [b]\n"],
    ["env:\n  - - a\n  - - b\n", "env:\n  - - b\n"],
    ["env:\r\n  - {name: A}\r\n  - {name: B}\r\n", "env:\r\n  - {name: B}\r\n"],
    ["env: [\n  {name: A},\n  {name: B},\n]\n", "env: [\n  {name: B},\n]\n"],
    ["env:\n  - |\n    text\n  - b\n", "env:\n  - b\n"],
  ])("goes with its lines: %j", (text, expected) => {
    expect(without(text, 0)).toBe(expected);
  });

  test.each([
    ["the last", "env: [a, b]\n", 1],
    ["one that an anchor names", "env:\n  - &a x\n  - b\n", 0],
    ["one that is not there", "env: [a]\n", 3],
  ])("stays: %s", (_, text, index) => {
    expect(without(text, index)).toBe(text);
  });
});

test("a new field may hold lists and objects", () => {
  const value = { rules: [{ action: "Ignore", status: "True" }], empty: [] };
  const into = (text: string): string => applyEdits(text, insertField(levelOf(text), "policy", value));
  expect(into("a: 1\n")).toBe('a: 1\npolicy: { rules: [{ action: Ignore, status: "True" }], empty: [] }\n');
  expect(JSON.parse(into('{"a": 1}'))).toEqual({ a: 1, policy: value });
});
