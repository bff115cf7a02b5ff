import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lintReports } from "../src/core/lint/run.js";
import { defaultFileSettings } from "../src/core/lint/settings-file.js";
import { rules } from "../rules/index.js";
import { ran } from "./cli/world.js";

const folder = fileURLToPath(new URL("../fixtures/valid", import.meta.url));
const settings = defaultFileSettings({ settings: { preset: "recommended" }, now: Date.UTC(2026, 0, 1) });

interface Result {
  readonly diagnostics: readonly { readonly file: string; readonly rule: string; readonly severity: string; readonly message: string }[];
  readonly summary: { readonly objects: number };
}

const isProse = (name: string): boolean => name.endsWith(".md");

/** Parts of a chart, an overlay or an application that hold no Job themselves, and kinds that hold one in their own way. */
const without = /^(?:Chart|values|kustomization|application|scaled-job|cron-workflow|jobset)\.yaml$|\.toml$/;
/** Patches, which leave out what the base says. */
const patches = /^(?:kustomize-patch|longer)\.yaml$/;

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))
  .sort();
const workloads = files.filter((name) => !without.test(basename(name)));

function linted(name: string, text: string) {
  return lintReports({ name, text }, { rules, settings });
}

function resultOf(out: string): Result {
  return JSON.parse(out) as Result;
}

function textOf(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

describe("manifests as they should be", () => {
  test("are of many kinds", () => {
    expect(workloads.length).toBeGreaterThanOrEqual(40);
  });

  test("have no warning and no error, as the program reads their folders", () => {
    const { out, err } = ran(folder, ["--format=json", "--preset=recommended", ".", ...files.filter(isProse)]);
    const { diagnostics, summary } = resultOf(out);
    expect(diagnostics.filter(({ severity }) => severity !== "info").map(({ file, rule, message }) => `${file} ${rule}: ${message}`)).toEqual([]);
    expect({ summary, err }).toEqual({ summary: expect.objectContaining({ errors: 0, warnings: 0 }), err: "" });
    expect(summary.objects).toBeGreaterThanOrEqual(50);
  });

  test.each(workloads.filter((name) => !patches.test(basename(name))))("%s is read: without its restartPolicy it is refused", (name) => {
    const text = textOf(name).replaceAll(/(["']?restartPolicy["']?)(: ?)["']?(?:Never|OnFailure)["']?/g, '$1$2"Sometimes"');
    expect(linted(name, text).reports.map(({ rule }) => rule)).toContain("restart-policy-invalid");
  });
});
