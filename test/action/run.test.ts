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
const git = (...args: string[]): void => {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args], { cwd: folder, stdio: "ignore" });
};

/** A step as a runner starts it: inputs and the files for its answers in the environment. */
function step(inputs: Readonly<Record<string, string>> = {}, event = "push") {
  const files = { GITHUB_OUTPUT: join(folder, "..output"), GITHUB_STEP_SUMMARY: join(folder, "..summary") };
  const named = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  let out = "";
  const exit = runStep({
    env: { ...files, GITHUB_EVENT_NAME: event, ...named },
    cwd: folder,
    out: (text) => void (out += text),
    kronlint: (args) => {
      const { code, ...said } = ran(folder, args);
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

describe("a pull request", () => {
  beforeEach(() => {
    git("init", "-q");
    write("old.yaml", job("  backoffLimit: -1\n"));
    git("add", ".");
    git("commit", "-q", "-m", "base");
  });

  test("is about the files that it changes", () => {
    write("new.yaml", job("  parallelism: -1\n"));
    git("add", "new.yaml");
    git("commit", "-q", "-m", "change");
    const { out, outputs } = step({}, "pull_request");
    expect(outputs["errors"]).toBe("1");
    expect(out).toContain("file=new.yaml");
    expect(out).not.toContain("file=old.yaml");
    expect(step({ "only-changed": "false" }, "pull_request").out).toContain("file=old.yaml");
    expect(step({}, "push").out).toContain("file=old.yaml");
  });

  test("without history is about everything, and says so", () => {
    const { out, outputs } = step({}, "pull_request");
    expect(out).toContain("the checkout has no history");
    expect(outputs["errors"]).toBe("1");
  });
});

test("action.yml names the inputs that are read and a program that is there", () => {
  const metadata = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));
  expect(metadata.runs).toEqual({ using: "node24", main: "bundle/action.cjs" });
  const code = readFileSync(new URL("../../src/action/inputs.ts", import.meta.url), "utf8");
  for (const name of Object.keys(metadata.inputs)) expect(code).toContain(`"${name}"`);
  expect(Object.keys(metadata.outputs)).toEqual(["errors", "warnings", "notes", "sarif"]);
});
