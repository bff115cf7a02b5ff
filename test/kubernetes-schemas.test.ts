import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { releases } from "../schemas/kubernetes.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kronlint-schemas-"));

/** Several hundred MB are not fetched for a test: it runs where `npm run update-kubernetes-schemas` has run before. */
function missing(): string | undefined {
  if (spawnSync("go", ["version"]).status !== 0) return "Go";
  const absent = Object.values(releases).find((version) => {
    const args = ["mod", "download", "-json", `k8s.io/kubernetes@${version}`];
    return spawnSync("go", args, { cwd: folder, env: { ...process.env, GOPROXY: "off" } }).status !== 0;
  });
  return absent === undefined ? undefined : `k8s.io/kubernetes@${absent} in Go's module cache`;
}

const lacks = missing();
if (lacks !== undefined) console.log(`skipped: schemas/kubernetes.ts is not compared with the Kubernetes releases; ${lacks} is missing`);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(lacks !== undefined)("schemas/kubernetes.ts is what the Kubernetes releases say", () => {
  for (const part of ["package.json", "schemas", "scripts", "src"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", "scripts/update-kubernetes-schemas.ts"], { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const current = readFileSync(join(folder, "schemas/kubernetes.ts"), "utf8") === readFileSync(join(root, "schemas/kubernetes.ts"), "utf8");
  expect(current, "run: npm run update-kubernetes-schemas").toBe(true);
});
