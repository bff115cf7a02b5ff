import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const parts = ["package.json", "tsconfig.base.json", "tsconfig.pure.json", "README.md", "rules", "schemas", "scripts", "src", "docs", "fixtures/conformance"];

describe("npm run new-rule", () => {
  let folder = "";

  function node(...args: readonly string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  const newRule = (id: string): { status: number | null; output: string } => node("scripts/run.mjs", "scripts/new-rule.ts", id);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kronlint-new-rule-"));
    for (const part of parts.filter((path) => existsSync(join(root, path)))) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("writes a rule that is registered, documented and compiles", () => {
    const { status, output } = newRule("suspended-for-a-test");
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "rules/index.ts"), "utf8")).toContain('import suspendedForATest from "./suspended-for-a-test.js";');
    expect(readFileSync(join(folder, "docs/rules/suspended-for-a-test.md"), "utf8")).toContain("One sentence that says what is wrong.");
    expect(node(join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.pure.json")).toEqual({ status: 0, output: "" });
  });

  test.each(["Upper", "no_underscores", "../escape", "-dash", ""])("refuses the id %j", (id) => {
    expect(newRule(id)).toMatchObject({ status: 2 });
    expect(existsSync(join(folder, "rules", `${basename(id)}.ts`))).toBe(false);
  });

  test("does not overwrite a rule", () => {
    const before = readFileSync(join(folder, "rules/suspended-for-a-test.ts"), "utf8");
    expect(newRule("suspended-for-a-test").status).toBe(2);
    expect(readFileSync(join(folder, "rules/suspended-for-a-test.ts"), "utf8")).toBe(before);
  });
});
