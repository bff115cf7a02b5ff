import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as esbuild from "esbuild";
import { cacheFolder, isOurs } from "../../src/node/code-cache.js";

const source = fileURLToPath(new URL("../../src/node/code-cache.ts", import.meta.url));
const posix = process.platform !== "win32";
const ownCache = Number(process.versions.node.split(".")[0]) < 22;
const program = 'console.log("ran with", process.argv.slice(2).join(" "), require("node:path").basename("/a/program.cjs")); process.exitCode = 7;';

describe("where the cache lives", () => {
  test.each([
    ["linux", { HOME: "/home/ann" }, "/home/ann/.cache/kronlint"],
    ["linux", { HOME: "/home/ann", XDG_CACHE_HOME: "/var/cache/ann" }, "/var/cache/ann/kronlint"],
    ["linux", { HOME: "/home/ann", XDG_CACHE_HOME: "relative" }, "/home/ann/.cache/kronlint"],
    ["darwin", { HOME: "/Users/ann" }, "/Users/ann/Library/Caches/kronlint"],
    ["linux", { HOME: "relative" }, undefined],
    ["win32", {}, undefined],
    ["linux", { HOME: "/home/ann", NODE_DISABLE_COMPILE_CACHE: "1" }, undefined],
  ])("%s %j: %s", (platform, env, folder) => {
    expect(cacheFolder(platform, env)).toBe(folder);
  });
});

test.runIf(process.platform === "linux")("a user without a home and a name has none", () => {
  const uid = "import { cacheFolder } from " + JSON.stringify(source) + '; console.log(String(cacheFolder("linux", {})));';
  const { outputFiles } = esbuild.buildSync({ stdin: { contents: uid, loader: "ts", resolveDir: "." }, bundle: true, platform: "node", write: false });
  const nobody = process.getuid?.() === 0 ? { uid: 54321 } : {};
  const { HOME: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", outputFiles[0]!.text], { encoding: "utf8", env, ...nobody });
  expect({ stdout: process.getuid?.() === 0 ? stdout : "undefined\n", stderr }).toEqual({ stdout: "undefined\n", stderr: "" });
});

test.runIf(process.platform === "linux")("no folder can be made where the system makes none", () => {
  const program = `import { isOurs } from ${JSON.stringify(source)}; console.log(isOurs("/proc/kronlint-none/a/b"));`;
  const { outputFiles } = esbuild.buildSync({ stdin: { contents: program, loader: "ts", resolveDir: "." }, bundle: true, platform: "node", write: false });
  const { stdout } = spawnSync(process.execPath, ["-e", outputFiles[0]!.text], { encoding: "utf8", timeout: 10_000 });
  expect(stdout).toBe("false\n");
});

describe("runs with a cache", () => {
  let folder = "";
  let cache = "";

  const run = (...args: readonly string[]) => {
    const env = { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "launch.cjs"), ...args], { encoding: "utf8", env });
    return { status, stdout, stderr };
  };
  const ran = { status: 7, stdout: "ran with a b program.cjs\n", stderr: "" };
  const files = (): string[] => readdirSync(join(cache, "kronlint"));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kronlint-cache-"));
    const launch = `import { runCached } from ${JSON.stringify(source)}; runCached(__dirname + "/program.cjs", "build1", require);`;
    const stdin = { contents: launch, loader: "ts", resolveDir: folder } as const;
    await esbuild.build({ stdin, bundle: true, platform: "node", format: "cjs", outfile: join(folder, "launch.cjs"), logLevel: "error" });
    writeFileSync(join(folder, "program.cjs"), program);
  });

  beforeEach(() => {
    cache = mkdtempSync(join(folder, "home-"));
    if (process.platform === "darwin") cache = join(cache, "Library", "Caches");
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("the program runs, arguments and exit code go through, and the next run the same", () => {
    expect(run("a", "b")).toEqual(ran);
    expect(files().length).toBe(1);
    expect(run("a", "b")).toEqual(ran);
    if (posix) expect(statSync(join(cache, "kronlint")).mode & 0o777).toBe(0o700);
  });

  test.runIf(ownCache)("a damaged cache is replaced", () => {
    run("a", "b");
    const [name = ""] = files();
    const file = join(cache, "kronlint", name);
    writeFileSync(file, "not compiled code");
    expect(run("a", "b")).toEqual(ran);
    expect(readFileSync(file).length).toBeGreaterThan(100);
  });

  test.runIf(ownCache)("files of older builds make room", () => {
    mkdirSync(join(cache, "kronlint"), { recursive: true, mode: 0o700 });
    for (let build = 0; build < 9; build += 1) writeFileSync(join(cache, "kronlint", `old-${String(build)}.bin`), "");
    expect(run("a", "b")).toEqual(ran);
    expect(files().length).toBe(6);
    expect(files().some((name) => name.includes("build1"))).toBe(true);
  });

  test.runIf(posix)("a folder that others may write to is not used", () => {
    mkdirSync(join(cache, "kronlint"), { recursive: true });
    chmodSync(join(cache, "kronlint"), 0o777);
    expect(isOurs(join(cache, "kronlint"))).toBe(false);
    expect(run("a", "b")).toEqual(ran);
    expect(files()).toEqual([]);
  });

  test.runIf(posix)("a linked folder is not used", () => {
    const elsewhere = mkdtempSync(join(folder, "elsewhere-"));
    symlinkSync(elsewhere, join(cache, "kronlint"));
    expect(run("a", "b")).toEqual(ran);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test("no folder can be made: it runs all the same", () => {
    writeFileSync(join(cache, "kronlint"), "in the way");
    expect(run("a", "b")).toEqual(ran);
  });
});
