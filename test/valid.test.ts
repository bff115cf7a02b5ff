import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lintReports } from "../src/core/lint/run.js";
import { defaultFileSettings } from "../src/core/lint/settings-file.js";
import { rules } from "../rules/index.js";

const folder = fileURLToPath(new URL("../fixtures/valid", import.meta.url));
const settings = defaultFileSettings({ settings: { preset: "recommended" }, now: Date.UTC(2026, 0, 1) });

function linted(name: string) {
  return lintReports({ name, text: readFileSync(join(folder, name), "utf8") }, { rules, settings });
}

describe("manifests as they should be", () => {
  const names = readdirSync(folder);

  test("are of many kinds", () => {
    expect(names.length).toBeGreaterThanOrEqual(15);
  });

  test.each(names)("%s has no warning and no error", (name) => {
    const { reports, failures } = linted(name);
    expect(failures).toEqual([]);
    expect(reports.filter(({ severity }) => severity !== "info").map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  test.each(names.filter((name) => !name.startsWith("kustomize")))("%s is read: without its restartPolicy it is refused", (name) => {
    const text = readFileSync(join(folder, name), "utf8").replaceAll(/(["']?restartPolicy["']?): ["']?(?:Never|OnFailure)["']?/g, "$1: Sometimes");
    const { reports } = lintReports({ name, text }, { rules, settings });
    expect(reports.map(({ rule }) => rule)).toContain("restart-policy-invalid");
  });
});
