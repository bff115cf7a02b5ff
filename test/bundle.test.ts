import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));

test("what the Action and pre-commit run is what the sources give", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), "--bundle", "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("each hook starts a program of the bundle", () => {
  const hooks: readonly { id: string; entry: string; args: readonly string[]; language: string }[] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8"));
  expect(hooks.map(({ id }) => id)).toEqual(["kronlint", "kronlint-fix"]);
  for (const { entry, args, language } of hooks) {
    expect(language).toBe("script");
    // A file may be called `-x.yaml`.
    expect(args.at(-1)).toBe("--");
    const [program = ""] = entry.split(" ");
    if (process.platform !== "win32") expect(statSync(join(root, program)).mode & 0o111).toBe(0o111);
  }
});

test("a hook finds what is wrong in the files that it is given, and leaves others alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "kronlint-hook-"));
  try {
    writeFileSync(join(folder, "broken.yaml"), "a: {{ .Values.x }}\n b: [\n");
    writeFileSync(join(folder, "job.yaml"), "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { backoffLimit: -1 }\n");
    const hook = (...files: string[]) =>
      spawnSync(process.execPath, [join(root, "bundle/bin.cjs"), "--force-exclude", ...files], { cwd: folder, encoding: "utf8" });
    expect(hook("broken.yaml")).toMatchObject({ status: 0, stdout: expect.not.stringContaining("error") });
    expect(hook("broken.yaml", "job.yaml")).toMatchObject({ status: 1, stdout: expect.stringContaining("job.yaml:4:") });
    execFileSync("git", ["init", "-q"], { cwd: folder });
    writeFileSync(join(folder, ".gitignore"), "job.yaml\n");
    expect(hook("job.yaml").status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
