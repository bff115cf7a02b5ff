import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFast } from "../../../../src/core/read/yaml-fast.js";
import { parseWithLibrary } from "../../../../src/core/read/yaml-library.js";
import { bare, fixtureTexts, nodesOf, writtenOf } from "./fragments.js";
import { lines, soup, writtenYaml } from "./texts.js";

/** Whether the fast parser answered, after comparing its answer. */
function compare(text: string): boolean {
  // The door refuses a byte order mark, or takes it off, before it asks either of them.
  if (text.includes("\uFEFF")) return false;
  const fast = parseFast(writtenOf(text));
  if (!fast) return false;
  const slow = parseWithLibrary(writtenOf(text));
  expect(slow.faults, text).toEqual([]);
  expect(bare(fast.root), text).toEqual(bare(slow.root));
  return true;
}

test("both parsers build the same tree of every fixture, with either line end", () => {
  let answered = 0;
  let nodes = 0;
  // Brackets at their owner's column are the one thing only the fast parser reads; the door helps the other.
  const files = fixtureTexts(".yaml", ".yml", ".json").filter(([path]) => !path.endsWith("bracket-at-parent.yaml"));
  const documents = files.flatMap(([path, file]) => file.split(/^---(?=\s|$)/m).map((text) => [path, text] as const));
  const both = documents.flatMap(([path, text]) => [[path, text], [path, text.replace(/\r?\n/g, "\r\n")]] as const);
  for (const [path, text] of both) {
    if (/\r(?!\n)/.test(text) || !compareNamed(path, text)) continue;
    answered++;
    const root = parseFast(writtenOf(text))?.root;
    nodes += root ? nodesOf(root).length : 0;
  }
  expect(answered).toBeGreaterThanOrEqual(4);
  expect(nodes).toBeGreaterThan(100);
});

function compareNamed(path: string, text: string): boolean {
  try {
    return compare(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

test.each([["what a library writes", writtenYaml, 0.25], ["lines", lines, 0.02], ["any bits of YAML", soup, 0.02]] as const)(
  "both parsers build the same tree of %s",
  (_, texts, share) => {
    let answered = 0;
    const runs = 2000;
    fc.assert(fc.property(texts, (text) => {
      if (compare(text)) answered++;
    }), { numRuns: runs, seed: 1 });
    // A fast parser that never answers would be equal, too.
    expect(answered).toBeGreaterThan(runs * share);
  },
);

test("the fast parser leaves the rest alone", () => {
  const texts = ["a: &x 1", "a: !!int 1", "a: 1\na: 2", "<<: {a: 1}", "- a\n-\n- b", "[a: 1]", "{a, b}", "a: [", ": x", "a: .inf", "~: 1"];
  for (const text of texts) expect(parseFast(writtenOf(`${text}\n`)), text).toBeUndefined();
});

test("the fast parser answers for ordinary writing", () => {
  const texts = [
    "a: 1", "- a\n- b: c\n  d:\n  - e\n", "a: {b: [1, 2], c: 'x'}", "a: |\n  x\nb:\n",
    "{\"a\": {\"b\": [true, null]}}", "# c\na: b # d\n",
    "a:\n  b: [\n1\n]\n",
  ];
  for (const text of texts) expect(parseFast(writtenOf(text)), text).toBeDefined();
});
