import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { moveItem } from "../../../src/core/lint/item-move.js";
import { field, itemLevel, type Level } from "../../../src/core/model/field.js";
import { parseWithLibrary } from "../../../src/core/read/yaml-library.js";
import { applyEdits } from "../../../src/core/text/edit.js";

const add = "restartPolicy: Always";

function rootOf(text: string): Level {
  const { root } = parseWithLibrary({ source: { name: "test.yaml", text }, text, base: 0 });
  if (!root) throw new Error("nothing there");
  return itemLevel(root, "", { patch: false, meant: new Set() });
}

/** Moves an item of `from` to `to`; undefined when there is no edit. */
function moved(text: string, index: number, more?: string): string | undefined {
  const root = rootOf(text);
  const list = field(root, "from", (node) => node);
  const edits = moveItem(root, list, index, { to: "to", ...(more === undefined ? {} : { add: more }) });
  return edits.length === 0 ? undefined : applyEdits(text, edits);
}

describe("an item of a list", () => {
  test.each([
    ["the last, to a list that it opens", "from:\n  - name: a\n  - name: b # why\n    args: [x]\nlast: 1\n", 1],
    ["the first, without indentation", "first: 1\nfrom:\n- name: b\n  args: [x]\n- name: a\n", 0],
    ["the last of a text without line end", "from:\n- name: a\n- name: b\n  args: [x]", 1],
    ["with Windows line ends", "from:\r\n  - name: a\r\n  - name: b\r\n    args: [x]\r\n", 1],
    ["with a script", "from:\n- name: a\n- args: [x]\n  name: b\n  script: |\n    one\n\n    two\nlast: 1\n", 1],
    ["to a list above", "to:\n- name: z\nfrom:\n- name: a\n- name: b\n  args: [x]\n", 1],
    ["to a list below", "from:\n  - name: a\n  - name: b\n    args: [x]\nto:\n  - name: z\n", 1],
  ])("moves: %s", (_, text, index) => {
    const output = moved(text, index, add) ?? "";
    const before: unknown = parse(text);
    const after: unknown = parse(output);
    const { from, to = [], ...rest } = before as { from: object[]; to?: object[] };
    const item = { ...from[index], restartPolicy: "Always" };
    expect(after).toEqual({ ...rest, from: from.toSpliced(index, 1), to: [item, ...to] });
    const kept = text.split(/\r?\n/).filter((line) => line !== "").every((line) => output.includes(line));
    expect(kept).toBe(true);
    expect(output.includes("\r\n")).toBe(text.includes("\r\n"));
  });

  test.each([
    ["the only one", "from:\n- name: b\n", 0],
    ["a flow item", "from:\n- name: a\n- {name: b}\n", 1],
    ["an item of a flow list", "from: [{name: a}, {name: b}]\n", 1],
    ["below a comment", "from:\n- name: a\n# the proxy\n- name: b\n", 1],
    ["to another indentation", "to:\n  - name: z\nfrom:\n- name: a\n- name: b\n", 1],
    ["to a flow list", "to: [{name: z}]\nfrom:\n- name: a\n- name: b\n", 1],
    ["to a list that is null", "to:\nfrom:\n- name: a\n- name: b\n", 1],
    ["one that is not there", "from:\n- name: a\n- name: b\n", 2],
  ])("stays: %s", (_, text, index) => {
    expect(moved(text, index, add)).toBeUndefined();
  });

  test("moves without a further line", () => {
    expect(moved("from:\n- name: a\n- name: b\n", 1)).toBe("to:\n- name: b\nfrom:\n- name: a\n");
  });
});
