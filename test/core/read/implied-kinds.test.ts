import { describe, expect, test } from "vitest";
import { kindOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";
import { fix, lint, verdict } from "../../../src/index.js";

const spec = "{ template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }";

describe("a kind that no server has", () => {
  const text = (kind: string, version = "batch/v1"): string =>
    `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: a }\nspec: { schedule: "1 2 * * *", jobTemplate: { spec: ${spec} } }\n`;

  test.each(["Cronjob", "CronJobs", "cronjobs", "CRONJOB"])("%s is meant to be a CronJob", (kind) => {
    const found = lint(text(kind)).filter(({ severity }) => severity === "error");
    expect(found.map(({ rule, line, column, message }) => [rule, line, column, message])).toEqual([
      ["kind-not-served", 2, 7, `no server has the kind "${kind}" in batch/v1; did you mean CronJob?`],
    ]);
    expect(fix(text(kind)).output).toContain("\nkind: CronJob\n");
    const { accepted, stage, errors } = verdict(text(kind), { kubernetes: "1.36" });
    expect([accepted, stage, errors[0]?.message]).toEqual([false, "no-match", "this is neither a CronJob nor a Job; did you mean CronJob?"]);
  });

  test("jobs too", () => {
    const job = `apiVersion: batch/v1\nkind: job\nmetadata: { name: a }\nspec: ${spec}\n`;
    expect(lint(job).filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(["kind-not-served"]);
  });

  test.each([
    ["another group", text("job", "batch.volcano.sh/v1")],
    ["no version", text("job").replace("apiVersion: batch/v1\n", "")],
    ["another kind", text("Jobber")],
  ])("is none of ours: %s", (_, other) => {
    expect(lint(other)).toEqual([]);
  });
});

describe("items of a typed list", () => {
  const list = (kind: string, item: string, version = "batch/v1"): string => `apiVersion: ${version}\nkind: ${kind}\nitems:\n- ${item}\n`;
  const kinds = (text: string): readonly unknown[] => read({ name: "list.yaml", text }).documents.map(kindOf);

  test.each([
    ["JobList", `metadata: { name: a }\n  spec: ${spec}`, ["Job"]],
    ["CronJobList", "metadata: { name: a }", ["CronJob"]],
    ["JobList", "kind: CronJob\n  apiVersion: batch/v1", ["CronJob"]],
    // What says a half says the other half wrong.
    ["JobList", "apiVersion: batch/v1\n  metadata: { name: a }", []],
    ["List", "metadata: { name: a }", []],
  ])("of a %s: %s", (kind, item, expected) => {
    expect(kinds(list(kind, item))).toEqual(expected);
  });

  test("are judged where they stand", () => {
    const text = list("JobList", `metadata: { name: a }\n  spec: { backoffLimit: -1, ${spec.slice(2)}`);
    const found = lint(text).filter(({ severity }) => severity === "error");
    expect(found.map(({ rule, line, path, object }) => [rule, line, path, object])).toEqual([
      ["field-invalid", 5, "spec.backoffLimit", { kind: "Job", name: "a" }],
    ]);
  });

  test("an old version is mended in the list", () => {
    const text = list("CronJobList", `metadata: { name: a }\n  spec: { schedule: "1 2 * * *", jobTemplate: { spec: ${spec} } }`, "batch/v1beta1");
    expect(fix(text).output).toMatch(/^apiVersion: batch\/v1\nkind: CronJobList\nitems:\n- metadata: /);
  });
});
