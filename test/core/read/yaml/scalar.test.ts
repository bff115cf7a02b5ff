import { expect, test } from "vitest";
import { plainValue } from "../../../../src/core/read/scalar.js";
import type { ScalarValue } from "../../../../src/core/read/node.js";
import { parseFragment } from "../../../../src/core/read/yaml-document.js";
import { fixtureTexts, fragmentOf } from "./fragments.js";

function table(name: string): [string, string][] {
  const [[, text]] = fixtureTexts(name) as [[string, string]];
  return text.trimEnd().split("\n").map((line) => line.split("\t") as [string, string]);
}

/** As Go writes it to JSON: integers in full, the rest compared as numbers. */
function same(value: ScalarValue, json: string): boolean {
  if (typeof value === "bigint") return String(value) === json;
  if (typeof value === "number") return json !== "error" && !json.startsWith('"') && Number(json) === value;
  return json !== "error" && value === JSON.parse(json);
}

test("plain scalars are what Kubernetes' own parser takes them for", () => {
  const rows = table("scalars/plain.tsv").filter(([, json]) => json !== "error");
  expect(rows.length).toBeGreaterThan(1300);
  expect(rows.filter(([text, json]) => !same(plainValue(text), json))).toEqual([]);
});

test("what its parser cannot put into JSON is a problem, and nothing else is", () => {
  for (const [text, json] of table("scalars/plain.tsv")) {
    const { problems } = parseFragment(fragmentOf(`a: ${text}\n`));
    expect([text, problems.length > 0], text).toEqual([text, json === "error"]);
  }
});

test("tags decide what a scalar is", () => {
  for (const [text, json] of table("scalars/tagged.tsv")) {
    if (text.startsWith("!!timestamp")) continue;
    const { root, problems } = parseFragment(fragmentOf(`a: ${text}\n`));
    const value = root?.kind === "mapping" ? root.entries[0]?.value : undefined;
    const got = problems.length > 0 ? "error" : value?.kind === "scalar" && same(value.value, json) ? json : value;
    expect([text, got]).toEqual([text, json]);
  }
});

test("integers stay exact beyond what a double holds", () => {
  expect(plainValue("9007199254740993")).toBe(9007199254740993n);
  expect(plainValue("9007199254740991")).toBe(9007199254740991);
  expect(plainValue("0555")).toBe(365);
});
