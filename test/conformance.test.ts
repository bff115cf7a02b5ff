import { describe, expect, test } from "vitest";
import { committedFiles, compareAll } from "../scripts/conformance/all.js";
import { type RecordedVerdict, type VerdictCase, verdictCases } from "../scripts/conformance/cases.js";
import { differenceIn } from "../scripts/conformance/compared.js";
import { differencesOf } from "../scripts/conformance/differences.js";
import { below, figuresOf, raised, totalOf } from "../scripts/conformance/figures.js";
import { readDifferences, readLevels } from "../scripts/conformance/levels.js";
import { comparedVerdicts } from "../scripts/conformance/verdicts.js";

const compared = [...compareAll(committedFiles)];
const figures = figuresOf(compared);

describe("agreement with recorded answers", () => {
  test("is nowhere below its level", () => {
    expect(below(readLevels(), figures)).toEqual([]);
  });

  test.each(["creates", "updates"] as const)("is complete in what is accepted: %s", (subject) => {
    const { cases, agreeing } = totalOf(figures.filter((figure) => figure.subject === subject));
    expect(cases).toBeGreaterThan(3000);
    expect(agreeing["accept"]).toBe(cases);
  });

  test("lacks only what is listed, with a reason", () => {
    const listed = readDifferences();
    expect(differencesOf(compared, listed), "npm run conformance -- --write-levels lists it").toEqual(listed);
    expect(listed.filter(({ reason }) => reason === "").map(({ id }) => id)).toEqual([]);
  });
});

describe("the comparison", () => {
  const recorded = verdictCases().find(({ id }) => id === "o-field-0003")!;
  const altered = (change: Partial<RecordedVerdict>): VerdictCase => {
    const newest = { ...(recorded.verdicts["1.24"] as RecordedVerdict), ...change };
    return { ...recorded, verdicts: { "1.36": newest } };
  };
  const partsThatDiffer = (change: Partial<RecordedVerdict>): readonly string[] =>
    [...comparedVerdicts(altered(change))].flatMap(({ parts }) => Object.keys(parts).filter((part) => parts[part] !== undefined));

  test.each([
    ["nothing", {}, []],
    ["acceptance", { accept: true }, ["accept", "kubectl"]],
    ["the stage", { stage: "decode" }, ["stage"]],
    ["an error", { errors: [] }, ["errors"]],
    ["a field", { errors: [{ type: "FieldValueRequired", field: "metadata.nam", message: "" }] }, ["errors"]],
    ["a warning", { warnings: ["spec.schedule: odd"] }, ["warnings"]],
    ["an unknown field", { strict: ['unknown field "spec.odd"'] }, ["strict"]],
    ["a lost field", { dropped: ["spec.odd"] }, ["dropped"]],
  ] satisfies [string, Partial<RecordedVerdict>, string[]][])("notices %s", (_, change, parts) => {
    expect(partsThatDiffer(change)).toEqual(parts);
  });

  test("counts, and raises levels without lowering any", () => {
    const agreeing = figuresOf(comparedVerdicts(altered({})));
    const failing = figuresOf(comparedVerdicts(altered({ warnings: ["spec.schedule: odd"] })));
    expect(below(agreeing, agreeing)).toEqual([]);
    expect(below(agreeing, failing)).toEqual(["creates 1.36 validate: warnings 0, not 1"]);
    expect(below(agreeing, [])).toContain("creates 1.36 validate: cases 0, not 1");
    expect(raised(failing, agreeing)).toEqual(agreeing);
    expect(raised(agreeing, failing)).toEqual(agreeing);
    expect(raised(agreeing, [])).toEqual(agreeing);
    expect([...comparedVerdicts(altered({ accept: true }))].map(differenceIn)).toEqual(["the server accepts it; kubectl accepts it"]);
  });
});
