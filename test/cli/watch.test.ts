/** Runs the built program, since only a process that stays can watch. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { good, refused } from "./manifests.js";
import { ran } from "./world.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

beforeAll(() => {
  spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"]);
}, 120_000);

function watching(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [join(root, "dist", "bin.cjs"), "--watch", ...args], { cwd, env: { KRONLINT_CODE_CACHE: "off" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return {
    /** What is printed from now on, once it holds a text. */
    until: async (text: string): Promise<void> => {
      while (!out.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
      out = "";
    },
    said: () => out,
    stop: async () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

describe.skipIf(process.platform === "win32")("--watch", () => {
  test("lints again when a file changes, comes, or comes in a new folder, and ends with the last exit code", async () => {
    const cwd = folderWith({ "a.yaml": good });
    const kronlint = watching(cwd, "-f", "text", "-f", "json=report.json", ".");
    await kronlint.until("no findings in 1 object, 1 file");
    writeFileSync(join(cwd, "a.yaml"), refused);
    await kronlint.until("1 error in 1 object, 1 file");
    mkdirSync(join(cwd, "new"));
    writeFileSync(join(cwd, "new", "b.yaml"), good);
    await kronlint.until("1 error in 2 objects, 2 files");
    writeFileSync(join(cwd, "new", "b.yaml"), refused);
    await kronlint.until("2 errors in 2 objects, 2 files");
    // Neither its own report nor what changes nothing is news.
    writeFileSync(join(cwd, "a.yaml"), refused);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(kronlint.said()).toBe("");
    expect(await kronlint.stop()).toBe(1);
  }, 60_000);

  test("ends with 0 once all is mended", async () => {
    const cwd = folderWith({ "a.yaml": refused });
    const kronlint = watching(cwd, "a.yaml");
    await kronlint.until("1 error");
    writeFileSync(join(cwd, "a.yaml"), good);
    await kronlint.until("no findings");
    expect(await kronlint.stop()).toBe(0);
  }, 60_000);
});

test("standard input cannot be watched", () => {
  expect(ran(folderWith({}), ["--watch", "-"])).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--watch needs files") });
});
