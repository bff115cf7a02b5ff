/** What only the built program can show: streams, pipes, exit codes as the shell sees them. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { good, refused } from "./manifests.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "dist", "bin.cjs");
const isWindows = process.platform === "win32";
const env = { ...process.env, KRONLINT_CODE_CACHE: "off", NO_COLOR: "1" };

beforeAll(() => {
  const { stderr } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"], { encoding: "utf8" });
  if (!existsSync(bin)) throw new Error(stderr);
}, 120_000);

function kronlint(cwd: string, args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd, input, encoding: "utf8", env, maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

test("lints files, and says what it says in the same process", () => {
  const cwd = folderWith({ "a.yaml": refused, "b.yaml": good });
  const { status, stdout, stderr } = kronlint(cwd, ["-f", "compact", "."]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(/^a\.yaml:11:22: error: [^\n]+ \[restart-policy-invalid\]\n$/);
});

test("reads standard input, also a long one", () => {
  const documents = `${good}---\n`.repeat(2000);
  const { status, stdout } = kronlint(folderWith({}), ["-", "--format", "json"], documents);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ summary: { objects: 2000, errors: 0 } });
});

test("usage: exit 2, and nothing on standard output", () => {
  expect(kronlint(folderWith({}), ["--fixx"])).toEqual({ status: 2, stdout: "", stderr: "kronlint: unknown flag --fixx; did you mean --fix?\n" });
});

test("the version is that of the package", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(kronlint(folderWith({}), ["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test.skipIf(isWindows)("reads what the shell hands over as a descriptor", () => {
  const cwd = folderWith({ "a.yaml": refused });
  const { status, stdout } = spawnSync("bash", ["-c", `"$0" "$1" -f compact <(cat a.yaml)`, process.execPath, bin], { cwd, encoding: "utf8", env });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^\/dev\/fd\/\d+:11:22: error: /);
});

describe.skipIf(isWindows)("a reader who leaves", () => {
  test("is no error, and ends the work at once", async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`${index}.yaml`, `${refused}---\n`.repeat(10)])));
    const child = spawn(process.execPath, [bin, "."], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("who is slow gets everything", () => {
    const cwd = folderWith({ "a.yaml": `${refused}---\n`.repeat(3000) });
    const { stdout } = spawnSync("bash", ["-c", `"$0" "$1" -f json . | (sleep 1; cat)`, process.execPath, bin], { cwd, encoding: "utf8", env, maxBuffer: 1 << 28 });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { errors: 3000 } });
  });
});

test("memory hardly grows with the number of files", () => {
  const peak = (count: number): number => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index % 50}/${index}.yaml`, refused])));
    const script = `process.argv = [process.execPath, ${JSON.stringify(bin)}, "-f", "json=/dev/null", "."]; process.on("exit", () => { process.stderr.write("peak " + process.resourceUsage().maxRSS); process.exitCode = 0; }); require(${JSON.stringify(bin)});`;
    const { stderr } = spawnSync(process.execPath, ["--max-semi-space-size=8", "-e", script], { cwd, encoding: "utf8", env });
    return Number(/peak (\d+)/.exec(stderr)?.[1]);
  };
  const few = peak(500);
  const many = peak(8000);
  expect(few).toBeGreaterThan(10_000);
  // What stays of each file is what rules about several objects remember of it.
  expect(many / few).toBeLessThan(2);
}, 120_000);
