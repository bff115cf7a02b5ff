import { describe, expect, test } from "vitest";
import { rules } from "../../../rules/index.js";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { verdictsOf } from "../../../src/core/lint/verdicts.js";
import { deployedAsWritten } from "../../../src/core/lint/deployed.js";

function lint(text: string): { readonly objects: number; readonly rules: readonly string[] } {
  const settings = defaultFileSettings({ settings: {} });
  const { reports, objects, failures } = lintReports({ name: "a.yaml", text }, { rules, settings });
  expect(failures).toEqual([]);
  return { objects, rules: reports.map(({ rule }) => rule) };
}

const nothing = { objects: 0, rules: [] };

describe("what a test waits for is left alone", () => {
  test.each([
    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: t}\nstatus: {succeeded: 1}\n",
    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: t}\nstatus:\n  (active[0] != null): true\n",
  ])("%j", (text) => {
    expect(lint(text)).toEqual(nothing);
    const { objects } = verdictsOf(deployedAsWritten({ name: "a.yaml", text }), ["1.36"]);
    expect(objects.map(({ verdicts }) => verdicts["1.36"]?.accepted)).toEqual([false]);
  });

  test("what an export or a scaffold has is a manifest", () => {
    expect(lint("apiVersion: batch/v1\nkind: Job\nmetadata: {name: t}\nspec: {}\nstatus: {succeeded: 1}\n")).toMatchObject({ objects: 1 });
    expect(lint("apiVersion: batch/v1\nkind: Job\nmetadata: {name: t}\nstatus: {}\n").rules).toContain("field-required");
  });
});

describe("what has a kind and nothing else of an object is left alone", () => {
  test("but not with nothing else at all", () => {
    expect(lint("kind: Job\n")).toEqual({ objects: 1, rules: [] });
  });

  test.each(["Job", "CronJob"])("%s", (kind) => {
    expect(lint(`kind: ${kind}\nhelmHook: {enabled: true}\njobs: {a: {backoffLimit: 0}}\n`)).toEqual(nothing);
  });

  test.each(["metadata: {name: a}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b:1}]}}}", "spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b:1}]}}}"])(
    "but not with %j",
    (text) => {
      expect(lint(`kind: Job\n${text}\n`)).toMatchObject({ objects: 1, rules: expect.arrayContaining(["kind-not-served"]) });
    },
  );
});
