/** The examples that are there to be copied hold what they promise. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { good, refused } from "./cli/manifests.js";
import { ran } from "./cli/world.js";
import { folderWith } from "./node/folder-tree.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name: string): string => readFileSync(join(root, "examples", name), "utf8");

test("nothing is found in what is to be copied, by the strict preset either", () => {
  expect(ran(root, ["--preset", "strict", "--quiet", "examples/large-fleet", "examples/gitlab-ci.yml", "examples/report.yaml"])).toEqual({
    code: 0,
    out: "no findings in 3 objects, 4 files\n",
    err: "",
  });
});

describe.skipIf(process.platform === "win32")("what the parts find is in the report", () => {
  beforeAll(() => {
    spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"]);
  }, 120_000);

  const fleet = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`apps/${index}/job.yaml`, index % 3 === 0 ? refused : good]));

  /** A folder to start in, and a shell in which kronlint and npx kronlint are this one. */
  function place(files: Readonly<Record<string, string>>) {
    const cwd = folderWith(files);
    const bin = folderWith({});
    writeFileSync(join(bin, "kronlint"), `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist", "bin.cjs")}" "$@"\n`);
    writeFileSync(join(bin, "npx"), '#!/bin/sh\nexec "$@"\n');
    for (const name of ["kronlint", "npx"]) chmodSync(join(bin, name), 0o755);
    const shell = (script: string, env: Readonly<Record<string, string>>) => {
      const PATH = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
      const around = { cwd, env: { PATH, XDG_CACHE_HOME: bin, ...env } };
      const { status, stdout, stderr } = spawnSync("sh", ["-ec", script], { ...around, encoding: "utf8" });
      return { status, stdout, stderr };
    };
    return { cwd, shell };
  }

  test("of the Jobs for a large fleet", () => {
    const { cwd, shell } = place(fleet);
    const REPORTS = folderWith({});
    const { completions, template } = parse(read("large-fleet/indexed-job.yaml")).spec;
    const [{ args: [script], env }] = template.spec.containers;
    expect(env[0]).toEqual({ name: "PARTS", value: String(completions) });
    for (let index = 0; index < completions; index++) {
      const given = { PARTS: String(completions), MANIFESTS: cwd, REPORTS, JOB_COMPLETION_INDEX: String(index) };
      expect(shell(script, given)).toMatchObject({ status: 0, stdout: "", stderr: expect.stringMatching(/^kronlint: \d+ files?, /) });
    }
    const [{ args: [merge] }] = parse(read("large-fleet/merge.yaml")).spec.template.spec.containers;
    const { status, stdout } = shell(merge, { REPORTS });
    expect(status).toBe(1);
    expect(stdout).toContain("\n4 errors in 12 objects, 12 files; ");
    expect(JSON.parse(readFileSync(join(REPORTS, "kronlint.sarif"), "utf8")).runs[0].results).toHaveLength(4);
  }, 60_000);

  test("of the template for GitLab", () => {
    const { cwd, shell } = place(fleet);
    const { kronlint, "kronlint report": report, variables } = parse(read("gitlab-ci.yml"));
    for (let index = 1; index <= kronlint.parallel; index++) {
      const given = { ...variables, CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(kronlint.parallel) };
      expect(shell(kronlint.script.join("\n"), given)).toMatchObject({ status: 0, stderr: "" });
    }
    expect(shell(report.script.join("\n"), {}).status).toBe(1);
    expect(JSON.parse(readFileSync(join(cwd, report.artifacts.reports.codequality), "utf8"))).toHaveLength(4);
  }, 60_000);
});
