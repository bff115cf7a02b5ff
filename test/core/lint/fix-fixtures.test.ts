import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fixText } from "../../../src/core/lint/fix.js";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import type { Source } from "../../../src/core/text/place.js";
import { rules } from "../../../rules/index.js";

const folder = fileURLToPath(new URL("../../../fixtures/fixes", import.meta.url));
const names = readdirSync(folder).filter((name) => !/\.(?:fixed|unsafe)\.\w+$/.test(name));
const settings = defaultFileSettings({ now: Date.UTC(2026, 0, 1) });

function fixed(source: Source, unsafe: boolean): string {
  return fixText(source, (text) => lintReports(text, { rules, settings }).reports, { unsafe }).output;
}

/** Beside `x.yaml` stand `x.fixed.yaml` and `x.unsafe.yaml`; UPDATE=1 writes them. */
describe.each(names)("%s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");

  test.each([["fixed", false], ["unsafe", true]] as const)("%s", (suffix, unsafe) => {
    const path = join(folder, name.replace(/(\.\w+)$/, `.${suffix}$1`));
    const output = fixed({ name, text }, unsafe);
    if (process.env["UPDATE"] === "1") writeFileSync(path, output);
    expect(output).toBe(readFileSync(path, "utf8"));
    expect(fixed({ name, text: output }, unsafe)).toBe(output);
    expect(fixed({ name, text: text.replaceAll("\n", "\r\n") }, unsafe)).toBe(output.replaceAll("\n", "\r\n"));
    expect(fixed({ name, text: text.trimEnd() }, unsafe)).toBe(output.trimEnd());
  });
});
