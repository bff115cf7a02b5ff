import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runStep } from "../../src/action/run.js";
import { ran } from "../cli/world.js";

let folder = "";

const job = (fields: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: report }\nspec:\n${fields}  template:\n    spec:\n      restartPolicy: Never\n` +
  "      containers: [{ name: report, image: report:1.4 }]\n";

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};
const git = (...args: string[]): string => {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
  return execFileSync("git", [...own, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
};

interface Around {
  readonly pullRequest?: { readonly base: string; readonly head: string };
  readonly cwd?: string;
  /** What the program says, where it is not asked. */
  readonly report?: string;
}

/** A step as a runner starts it: inputs and the files for its answers in the environment. */
function step(inputs: Readonly<Record<string, string>> = {}, event = "push", { pullRequest, cwd = folder, report }: Around = {}) {
  const eventFile = join(folder, "..event");
  if (pullRequest) writeFileSync(eventFile, JSON.stringify({ pull_request: { base: { sha: pullRequest.base }, head: { sha: pullRequest.head } } }));
  const files = { GITHUB_OUTPUT: join(folder, "..output"), GITHUB_STEP_SUMMARY: join(folder, "..summary") };
  const named = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  let out = "";
  const exit = runStep({
    env: { ...files, GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: eventFile, ...named },
    cwd,
    out: (text) => void (out += text),
    kronlint: (args) => {
      if (report !== undefined) return { exit: 1, out: report, err: "" };
      const { code, ...said } = ran(cwd, args);
      return { exit: code, ...said };
    },
  });
  const written = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return { exit, out, outputs: outputsIn(written(files.GITHUB_OUTPUT)), summary: written(files.GITHUB_STEP_SUMMARY) };
}

/** As a runner reads the file: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings */
function outputsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name = "", , value = ""]) => [name, value]));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kronlint-action-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a step", () => {
  test("passes where nothing is found", () => {
    write("a.yaml", "a: 1\n");
    expect(step()).toMatchObject({ exit: 0, outputs: { errors: "0", warnings: "0", notes: "0" } });
  });

  test("annotates, counts, fails and writes a summary", () => {
    write("a.yaml", job("  backoffLimit: -1\n"));
    const { exit, out, outputs, summary } = step();
    expect(exit).toBe(1);
    expect(out).toMatch(/^::error file=a\.yaml,line=5,/m);
    expect(outputs["errors"]).toBe("1");
    expect(Number(outputs["notes"])).toBeGreaterThan(0);
    expect(summary).toContain("| ❌ error | a.yaml:5:");
  });

  test("puts errors before others, ten of each level", () => {
    write("a.yaml", job(""));
    for (let index = 0; index < 12; index++) write(`b${String(index)}.yaml`, job("  backoffLimit: -1\n"));
    const commands = step().out.split("\n").filter((line) => line.startsWith("::"));
    const levels = commands.map((line) => /^::(\w+)/.exec(line)?.[1]);
    expect(levels).toEqual([...levels].sort((a, b) => (a === b ? 0 : a === "error" ? -1 : 1)));
    expect(levels.filter((level) => level === "error")).toHaveLength(10);
  });

  test("leaves out annotations and summary where they are not wanted", () => {
    write("a.yaml", job("  backoffLimit: -1\n"));
    const { out, summary } = step({ annotations: "false", summary: "false" });
    expect(out).not.toContain("::error");
    expect(summary).toBe("");
  });

  test("counts one as one", () => {
    write("a.yaml", job("  backoffLimit: -1\n"));
    expect(step().out).toMatch(/^kronlint: 1 error, \d+ warnings?, \d+ notes? in 1 object, 1 file$/m);
  });

  test("passes inputs on, and writes SARIF where it is told", () => {
    write("a.yaml", job("  backoffLimit: -1\n"));
    const { exit, outputs } = step({ "fail-on": "never", sarif: "out.sarif", paths: "a.yaml\n" });
    expect(exit).toBe(0);
    expect(outputs["sarif"]).toBe("out.sarif");
    expect(JSON.parse(readFileSync(join(folder, "out.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  test.each([
    ["a flag in the place of a file", { paths: "--fix" }, "no such file or folder: --fix"],
    ["a version that is none", { kubernetes: "two" }, "two"],
    ["a switch that is neither", { annotations: "maybe" }, "annotations"],
  ])("says what is wrong with %s", (_, inputs, said) => {
    write("a.yaml", job(""));
    const { exit, out } = step(inputs);
    expect(exit).toBe(2);
    expect(out).toContain(said);
  });

  test("talk of the program holds no workflow command", () => {
    write("::error::x.yaml", job("  backoffLimit: -1\n"));
    const { out } = step({ paths: "nowhere\n::warning::here" });
    const commands = out.split("\n").filter((line) => line.startsWith("::"));
    expect(commands[0]).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(out).not.toMatch(/^::warning/m);
  });
});

describe("what has no room among annotations", () => {
  const many = (count: number) => {
    const diagnostic = (line: number) => ({
      ...{ file: "a.yaml", line, column: 1, endLine: line, endColumn: 2, start: 0, end: 1, rule: "some-rule", severity: "error", url: "u" },
      ...{ message: `finding ${String(line)} ${"ä".repeat(60)}`, related: [], superseded: [], fingerprint: String(line) },
    });
    const diagnostics = Array.from({ length: count }, (_, line) => diagnostic(line + 1));
    const summary = { files: 1, objects: 1, errors: count, warnings: 0, notes: 0, fixable: 0, unsafelyFixable: 0 };
    return JSON.stringify({ diagnostics, summary });
  };
  const numbers = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/finding (\d+) ä/g)].map(([, number = ""]) => number));

  test("stands in the summary, with more than a comment would hold", () => {
    const { out, summary } = step({}, "push", { report: many(1000) });
    expect(numbers(out).size).toBe(10);
    expect(numbers(summary).size).toBe(1000);
    expect(summary.length).toBeGreaterThan(100_000);
  });

  test("stands in the log beyond a mebibyte", () => {
    const { out, summary } = step({}, "push", { report: many(8000) });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(1_000_000);
    const shown = numbers(summary).size;
    expect(summary).toContain(`and ${String(8000 - shown)} more findings, for which a summary has no room`);
    expect(out).toContain(`${String(8000 - shown)} findings without room elsewhere`);
    expect(new Set([...numbers(out), ...numbers(summary)]).size).toBe(8000);
  });

  test.each([
    ["no summary", { summary: "false" }],
    ["neither", { summary: "false", annotations: "false" }],
  ])("stands in the log where there is %s", (_, inputs) => {
    const { out, summary } = step(inputs, "push", { report: many(30) });
    expect(summary).toBe("");
    expect(numbers(out).size).toBe(30);
    expect(out).toContain("30 errors, 0 warnings, 0 notes in 1 object, 1 file\n");
  });
});

describe("a SARIF report", () => {
  beforeEach(() => {
    write("a.yaml", job("  backoffLimit: -1\n"));
  });

  test("lies in a folder that is made for it", () => {
    const { exit, outputs } = step({ sarif: "reports/new/out.sarif" });
    expect(exit).toBe(1);
    expect(outputs["sarif"]).toBe("reports/new/out.sarif");
    expect(existsSync(join(folder, "reports/new/out.sarif"))).toBe(true);
  });

  test("that cannot be written takes no findings away", () => {
    const { exit, out, outputs, summary } = step({ sarif: "a.yaml/out.sarif" });
    expect(exit).toBe(2);
    expect(out).toMatch(/^::error file=a\.yaml,line=5,/m);
    expect(out).toMatch(/^::error title=kronlint::cannot write the report to a\.yaml\/out\.sarif: /m);
    expect(outputs).not.toHaveProperty("sarif");
    expect(summary).toContain("a.yaml:5:");
  });
});

describe("a pull request", () => {
  beforeEach(() => {
    git("init", "-q");
    write("old.yaml", job("  backoffLimit: -1\n"));
    git("add", "old.yaml");
    git("commit", "-q", "-m", "base");
    git("switch", "-q", "-c", "change");
    commit("first.yaml");
    commit("second.yaml");
    git("switch", "-q", "main");
    commit("theirs.yaml");
  });

  function commit(name: string): void {
    write(name, job("  parallelism: -1\n"));
    git("add", name);
    git("commit", "-q", "-m", name);
  }
  const pullRequest = () => ({ base: git("rev-parse", "main"), head: git("rev-parse", "change") });
  /** The files with annotations. */
  const told = (out: string): readonly string[] => [...new Set([...out.matchAll(/^::error file=([\w./]+)/gm)].map(([, file = ""]) => file))].sort();

  test("is about the files that it changes", () => {
    git("merge", "-q", "--no-ff", "-m", "merge", "change");
    const around = { pullRequest: { ...pullRequest(), base: git("rev-parse", "HEAD^1") } };
    const { out, outputs } = step({}, "pull_request", around);
    expect(outputs["errors"]).toBe("2");
    expect(told(out)).toEqual(["first.yaml", "second.yaml"]);
    expect(told(step({}, "pull_request").out)).toEqual(["first.yaml", "second.yaml"]);
    expect(told(step({ "only-changed": "false" }, "pull_request", around).out)).toContain("old.yaml");
    expect(told(step({}, "push", around).out)).toContain("old.yaml");
  });

  test("whose own last commit is checked out is about all of its commits", () => {
    const around = { pullRequest: pullRequest() };
    git("switch", "-q", "change");
    for (const event of ["pull_request", "pull_request_target"]) {
      expect(told(step({}, event, around).out)).toEqual(["first.yaml", "second.yaml"]);
    }
  });

  test("that took the other branch in is not about what that brought", () => {
    git("switch", "-q", "change");
    git("merge", "-q", "--no-ff", "-m", "merge", "main");
    expect(told(step({}, "pull_request", { pullRequest: pullRequest() }).out)).toEqual(["first.yaml", "second.yaml"]);
  });

  test("that is not checked out is about everything, and says so", () => {
    const { out, summary } = step({}, "pull_request_target", { pullRequest: pullRequest() });
    expect(told(out)).toEqual(["old.yaml", "theirs.yaml"]);
    for (const text of [out, summary]) expect(text).toContain("the checkout does not hold the pull request");
  });

  test.each([
    ["a merge", "HEAD", "fetch-depth: 2"],
    ["its own last commit", "change", "fetch-depth: 0"],
  ])("without history is about everything, and says so: %s", (_, ref, remedy) => {
    git("merge", "-q", "--no-ff", "-m", "merge", "change");
    const around = { pullRequest: { ...pullRequest(), base: git("rev-parse", "HEAD^1") } };
    git("branch", "-q", "wanted", ref);
    git("clone", "-q", "--depth", "1", "--branch", "wanted", `file://${folder}`, "shallow");
    const { out, summary } = step({}, "pull_request", { ...around, cwd: join(folder, "shallow") });
    expect(told(out)).toContain("old.yaml");
    for (const text of [out, summary]) expect(text).toContain(`the checkout has too little history (${remedy} brings enough), so all files are reported`);
  });

  test("is asked for where its files lie", () => {
    const around = { pullRequest: pullRequest() };
    git("switch", "-q", "change");
    git("clone", "-q", `file://${folder}`, "workspace/repo");
    for (const paths of ["repo", "repo/*.yaml", "repo/first.yaml\nrepo/old.yaml\nrepo/second.yaml"]) {
      const { out } = step({ paths }, "pull_request", { ...around, cwd: join(folder, "workspace") });
      expect(told(out)).toEqual(["repo/first.yaml", "repo/second.yaml"]);
    }
  });

  test("outside of git is about everything, and says so", () => {
    rmSync(join(folder, ".git"), { recursive: true });
    const { out, summary } = step({}, "pull_request", {});
    expect(told(out)).toContain("old.yaml");
    for (const text of [out, summary]) expect(text).toContain("git does not know the checkout, so all files are reported");
  });
});

test("action.yml names the inputs that are read and a program that is there", () => {
  const metadata = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));
  expect(metadata.runs).toEqual({ using: "node24", main: "bundle/action.cjs" });
  const code = readFileSync(new URL("../../src/action/inputs.ts", import.meta.url), "utf8");
  for (const name of Object.keys(metadata.inputs)) expect(code).toContain(`"${name}"`);
  expect(Object.keys(metadata.outputs)).toEqual(["errors", "warnings", "notes", "sarif"]);
});
