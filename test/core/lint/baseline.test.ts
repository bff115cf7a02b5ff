import { describe, expect, test } from "vitest";
import { baselineText, compareWith, type KnownFinding, readBaseline } from "../../../src/core/lint/baseline.js";
import type { Diagnostic } from "../../../src/core/lint/diagnostic.js";
import { lint } from "../../../src/index.js";

const text = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: report }\nspec: { backoffLimit: -1 }\n";
const [sample] = lint(text);
if (!sample) throw new Error("nothing is found");
const found = (fingerprint: string): Diagnostic => ({ ...sample, fingerprint });
const known = (file: string, fingerprint: string): KnownFinding => ({ file, rule: sample.rule, fingerprint, message: "" });
const freshIn = (findings: readonly KnownFinding[], gone: readonly string[]) => {
  const comparison = compareWith({ version: 1, findings }, (file) => gone.includes(file));
  const fresh = (file: string, ...prints: string[]) => comparison.fresh(file, prints.map(found)).map(({ fingerprint }) => fingerprint);
  return { fresh, left: () => comparison.resolved(() => true).map(({ file, fingerprint }) => `${file} ${fingerprint}`) };
};

describe("a comparison", () => {
  test("knows a finding in its own file alone", () => {
    const { fresh, left } = freshIn([known("a", "1"), known("b", "2")], []);
    expect(fresh("a", "1", "2")).toEqual(["2"]);
    expect(left()).toEqual(["b 2"]);
  });

  test("lets each finding of a file that is gone stand for one elsewhere", () => {
    const { fresh, left } = freshIn([known("a", "1"), known("b", "1"), known("c", "1"), known("a", "2")], ["a", "b"]);
    expect(fresh("new", "1")).toEqual([]);
    expect(fresh("newer", "1")).toEqual([]);
    expect(fresh("newest", "1", "3")).toEqual(["1", "3"]);
    expect(left()).toEqual(["c 1", "a 2"]);
  });
});

test("a baseline is read as it was written, with what was linted and without", () => {
  const finding = { ...known("a", "1"), severity: "error" } as const;
  expect(readBaseline(baselineText([finding], ["deploy", "-"]))).toEqual({ version: 1, linted: ["deploy", "-"], findings: [finding] });
  expect(readBaseline('{"version":1,"findings":[]}')).toEqual({ version: 1, findings: [] });
  expect(readBaseline('{"version":1,"linted":[1],"findings":[]}')).toBeUndefined();
});
