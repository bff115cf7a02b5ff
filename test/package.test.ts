import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import * as esbuild from "esbuild";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "0 3 31 2 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Always
          containers: [{ name: report, image: report:1.4 }]
`;

const distFiles = ["bin.cjs", "cli.cjs", "eslint.js", "index.js", "licenses.txt", "lsp.cjs", "sbom.cdx.json", "types"];

/** What a user gets from the registry, unpacked as npm would. */
describe("the package", () => {
  let folder = "";
  let installed = "";
  let tarball = "";

  function run(command: string, args: readonly string[], input = ""): { status: number | null; stdout: string; stderr: string } {
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", input, env, shell: command === "npm.cmd" });
    return { status, stdout, stderr };
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kronlint-package-"));
    installed = join(folder, "node_modules", "kronlint");
    const { stderr } = run(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"]);
    if (stderr !== "") throw new Error(stderr);
    const packed = run(npm, ["pack", root, "--json", "--ignore-scripts"]);
    const [{ filename }] = JSON.parse(packed.stdout);
    tarball = join(folder, filename);
    mkdirSync(installed, { recursive: true });
    run("tar", ["-xzf", filename, "-C", installed, "--strip-components=1"]);
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("holds what a user needs and nothing of the workshop", () => {
    const names = readdirSync(installed).sort();
    expect(names).toEqual(["CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "dist", "package.json", "schemas"]);
    expect(readdirSync(join(installed, "dist")).sort()).toEqual(distFiles);
  });

  test("brings no packages and no install scripts", () => {
    const { dependencies, peerDependencies, optionalDependencies, scripts } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect({ dependencies, peerDependencies, optionalDependencies }).toEqual({});
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare|pack|publish)/.test(name))).toEqual([]);
  });

  test("names the licence of every package in its bundles", () => {
    const licences = readFileSync(join(installed, "dist", "licenses.txt"), "utf8");
    for (const name of ["yaml", "unbash"]) expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  });

  test("tells what is bundled as CycloneDX, the same packages as the licences", () => {
    const materials = JSON.parse(readFileSync(join(installed, "dist", "sbom.cdx.json"), "utf8"));
    expect(materials).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", metadata: { component: { name: "kronlint" } } });
    const named = materials.components.map(({ group, name, version }: { group?: string; name: string; version: string }) => {
      return `${group === undefined ? "" : `${group}/`}${name} ${version}`;
    });
    const licences = readFileSync(join(installed, "dist", "licenses.txt"), "utf8");
    expect(named.sort()).toEqual([...licences.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+[\w.-]*) \([^)]+\)$/gm)].map(([, one]) => one).sort());
    expect(named.length).toBeGreaterThan(4);
  });

  test("publint finds nothing, not even a suggestion", async () => {
    const { messages } = await publint({ pkgDir: installed, level: "suggestion", strict: true });
    expect(messages).toEqual([]);
  });

  // It is ESM alone: require() of it works from Node 20.19 on, and node10 knows no exports.
  test("attw resolves the types of every entry point", () => {
    const attw = join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
    const { status, stdout } = run(process.execPath, [attw, tarball, "--profile", "esm-only", "--no-emoji", "--no-color"]);
    expect({ status, stdout: status === 0 ? "" : stdout }).toEqual({ status: 0, stdout: "" });
  }, 60_000);

  test("runs as a program, with stdout for results alone", () => {
    const bin = join(installed, "dist", "bin.cjs");
    const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(run(process.execPath, [bin, "--version"])).toEqual({ status: 0, stdout: expect.stringContaining(version), stderr: "" });
    const linted = run(process.execPath, [bin, "--format", "json", "-"], cronJob);
    expect(linted.status).toBe(1);
    const rules = JSON.parse(linted.stdout).diagnostics.map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain("restart-policy-invalid");
  });

  test.runIf(process.platform !== "win32")("can be started by its own name", () => {
    expect(statSync(join(root, "dist", "bin.cjs")).mode & 0o111).not.toBe(0);
    expect(readFileSync(join(installed, "dist", "bin.cjs"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test("works as a library in plain JavaScript", () => {
    writeFileSync(join(folder, "use.mjs"), `import { lint } from "kronlint"; console.log(JSON.stringify(lint(${JSON.stringify(cronJob)})));`);
    const { status, stdout, stderr } = run(process.execPath, ["use.mjs"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain('"restart-policy-invalid"');
  });

  // TextDecoder is the one thing beyond the language that it needs; every browser and runtime has it.
  test.each(["neutral", "browser"] as const)("the library runs without Node and without a browser, bundled as %s", (platform) => {
    const entryPoints = [join(installed, "dist", "index.js")];
    const { outputFiles, warnings } = esbuild.buildSync({ entryPoints, bundle: true, write: false, platform, format: "iife", globalName: "kronlint" });
    expect(warnings).toEqual([]);
    const code = `${outputFiles[0]!.text};JSON.stringify(kronlint.lint(text))`;
    expect(runInNewContext(code, { text: cronJob, TextDecoder })).toContain('"restart-policy-invalid"');
  });

  test.each(["bundler", "nodenext"])("its types stand alone under moduleResolution %s", (moduleResolution) => {
    const module = moduleResolution === "nodenext" ? "nodenext" : "esnext";
    const compilerOptions = { noEmit: true, strict: true, target: "es2022", lib: ["es2023"], types: [], module, moduleResolution };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.mts"] }));
    writeFileSync(join(folder, "use.mts"), 'import { explain, fix, lint, rules } from "kronlint";\nexport const all = [explain, fix, lint, rules] as const;\n');
    const { status, stdout } = run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "."]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  test("every file that package.json names is there", () => {
    const { bin, exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    for (const path of [bin.kronlint, exports["."].types, exports["."].default]) expect(existsSync(join(installed, path)), path).toBe(true);
  });
});
