import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ran } from "./world.js";

let folder = "";

const job = (fields: string, image = "report:1.4"): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: report }\nspec:\n${fields}  template:\n    spec:\n      restartPolicy: Never\n` +
  `      containers: [{ name: report, image: "${image}" }]\n`;

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};
const run = (...args: string[]) => ran(folder, args);
const git = (...args: string[]): void => {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args], { cwd: folder, stdio: "ignore" });
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "kronlint-baseline-")));
  write("a.yaml", job("  backoffLimit: -1\n"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a baseline", () => {
  test("is silent about what it knows, also when lines have moved", () => {
    expect(run("a.yaml").code).toBe(1);
    const written = run("baseline");
    expect(written.code).toBe(0);
    expect(written.err).toMatch(/\.kronlint-baseline\.json knows \d+ findings; later runs report new ones only/);
    write("a.yaml", `# one more line\n${job("  backoffLimit: -1\n")}`);
    const { out, err, code } = run("a.yaml");
    expect(code).toBe(0);
    expect(out).toContain("no findings");
    expect(err).toMatch(/\d+ findings of the baseline left out/);
  });

  test("reports what is new, and says what is resolved", () => {
    run("baseline");
    write("a.yaml", job("  parallelism: -2\n"));
    const { out, err, code } = run("--format", "compact");
    expect(code).toBe(1);
    expect(out).toContain("[field-invalid]");
    expect(out).not.toContain("[job-no-ttl]");
    expect(err).toMatch(/1 finding of the baseline resolved/);
    expect(err).toContain("field-invalid");
  });

  test("says nothing of files that were not looked at", () => {
    write("b.yaml", job("  completions: -1\n"));
    run("baseline");
    expect(run("b.yaml").err).not.toContain("resolved");
  });

  test.each([
    ["one file alone", ["b.yaml"]],
    ["a part of the files", [".", "--shard", "1/2"]],
    ["a preset that leaves rules out", ["--preset", "minimal"]],
    ["a rule that is off", ["--rule", "job-no-ttl=off", "--rule", "field-invalid=off"]],
    ["no notes", ["--quiet"]],
    ["what changed since a commit", ["--since", "HEAD"]],
    ["files that changed since a commit", ["--changed-files", "HEAD"]],
  ])("calls nothing resolved for %s", (_, args) => {
    write("b.yaml", job("  completions: -1\n"));
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    run("baseline");
    const { err, code } = run(...args);
    expect(code).toBe(0);
    expect(err).not.toContain("resolved");
  });

  test("says what is resolved whatever is left out beside it", () => {
    write("b.yaml", job("  completions: -1\n"));
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    run("baseline");
    write("a.yaml", job("  backoffLimit: 1\n"));
    expect(run("--since", "HEAD").err).toMatch(/1 finding of the baseline resolved.*\n {2}a\.yaml field-invalid/);
    expect(run("--preset", "minimal").err).toMatch(/1 finding of the baseline resolved.*\n {2}a\.yaml field-invalid/);
  });

  test("calls nothing resolved in a file that cannot be read", () => {
    run("baseline");
    write("a.yaml", `a: "\n${job("  backoffLimit: -1\n")}`);
    const { out, err } = run("--format", "compact");
    expect(out).toContain("[yaml-syntax]");
    expect(err).not.toContain("resolved");
  });

  test("says of files that are gone that all is resolved", () => {
    write("b.yaml", job("  completions: -1\n"));
    run("baseline");
    rmSync(join(folder, "b.yaml"));
    const { err, code } = run();
    expect(code).toBe(0);
    expect(err).toMatch(/\d findings of the baseline resolved/);
    expect(err).toContain("  b.yaml field-invalid");
    expect(err).not.toContain("  a.yaml");
    expect(run("a.yaml").err).not.toContain("resolved");
    expect(run("--rule", "field-invalid=off").err).not.toContain("field-invalid");
  });

  test("knows a file by another name, each finding once", () => {
    run("baseline");
    mkdirSync(join(folder, "deploy"));
    renameSync(join(folder, "a.yaml"), join(folder, "deploy", "c.yaml"));
    const moved = run();
    expect(moved.code).toBe(0);
    expect(moved.out).toContain("no findings");
    expect(moved.err).not.toContain("resolved");
    write("d.yaml", job("  backoffLimit: -1\n"));
    expect(run("--format", "compact").out.match(/\[field-invalid\]/g)).toHaveLength(1);
  });

  test("does not stand for a copy of a file that is still there", () => {
    run("baseline");
    write("copy.yaml", job("  backoffLimit: -1\n"));
    expect(run("--format", "compact").out).toMatch(/^copy\.yaml:5:.*\[field-invalid\]/m);
  });

  test("is found in a folder above, up to the root of the repository", () => {
    mkdirSync(join(folder, "deploy", "inner"), { recursive: true });
    write("deploy/b.yaml", job("  completions: -1\n"));
    run("baseline");
    const below = (...args: string[]) => ran(join(folder, "deploy"), args);
    expect(below("b.yaml")).toMatchObject({ code: 0, err: expect.stringMatching(/findings of the baseline left out/) as string });
    write("deploy/b.yaml", job("  completions: 1\n"));
    expect(below("..").err).toMatch(/1 finding of the baseline resolved; kronlint baseline --baseline \.\.\/\.kronlint-baseline\.json forgets/);
    mkdirSync(join(folder, "deploy", ".git"));
    write("deploy/b.yaml", job("  completions: -1\n"));
    expect(below("b.yaml").code).toBe(1);
  });

  test("is found in the folder that is linted, wherever the command runs, and else where it runs", () => {
    run("baseline");
    const above = (...args: string[]) => ran(join(folder, ".."), args);
    expect(above(basename(folder))).toMatchObject({ code: 0, err: expect.stringMatching(/findings of the baseline left out/) as string });
    expect(above(join(basename(folder), "a.yaml")).code).toBe(0);
    rmSync(join(folder, ".kronlint-baseline.json"));
    mkdirSync(join(folder, "deploy"));
    const below = (...args: string[]) => ran(join(folder, "deploy"), args);
    below("baseline", "..");
    expect(below("..").code).toBe(0);
    write(".kronlint-baseline.json", "broken");
    const { code, out, err } = below("..", "--format", "json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("../.kronlint-baseline.json is no baseline");
  });

  test("is no manifest itself", () => {
    run("baseline");
    run("baseline", "--baseline", "known.json");
    rmSync(join(folder, ".kronlint-baseline.json"));
    const files = (...args: string[]): unknown => JSON.parse(run(...args, "--format", "json").out).summary.files;
    expect(files("--baseline", "known.json")).toBe(1);
    rmSync(join(folder, "known.json"));
    run("baseline");
    expect(files()).toBe(1);
  });

  test("is left aside with --no-baseline, and lies where --baseline says", () => {
    run("baseline", "--baseline", "known.json");
    expect(run("a.yaml").code).toBe(1);
    expect(run("a.yaml", "--baseline", "known.json").code).toBe(0);
    run("baseline");
    expect(run("a.yaml").code).toBe(0);
    expect(run("a.yaml", "--no-baseline").code).toBe(1);
  });

  test("is the same text in two runs", () => {
    run("baseline");
    const first = readFileSync(join(folder, ".kronlint-baseline.json"), "utf8");
    run("baseline");
    expect(readFileSync(join(folder, ".kronlint-baseline.json"), "utf8")).toBe(first);
  });

  test.each(["", "[]", '{"version":2,"findings":[]}', '{"version":1,"findings":[{}]}', "\u0000"])("that is none is refused: %j", (text) => {
    write("known.json", text);
    const { err, code } = run("a.yaml", "--baseline", "known.json");
    expect(code).toBe(2);
    expect(err).toMatch(/known\.json/);
  });

  test("that is named and not there is refused", () => {
    expect(run("a.yaml", "--baseline", "nowhere.json")).toMatchObject({ code: 2 });
  });
});

describe("--since", () => {
  beforeEach(() => {
    git("init", "-q");
    write("same.yaml", job("  backoffLimit: -1\n"));
    git("add", ".");
    git("commit", "-q", "-m", "first");
  });

  test("an unchanged tree has nothing to say", () => {
    const { out, code } = run("--since", "HEAD");
    expect(code).toBe(0);
    expect(out).toContain("no findings");
  });

  test("what a change touched is reported, what it did not is not", () => {
    write("a.yaml", job("  backoffLimit: -1\n", "report:latest"));
    const { out } = run("--since", "HEAD", "--format", "compact");
    expect(out).toContain("a.yaml:9:");
    expect(out).toContain("[image-mutable-tag]");
    expect(out).not.toContain("[field-invalid]");
    expect(out).not.toContain("same.yaml");
  });

  test("what a change brought is reported, wherever it stands", () => {
    write("a.yaml", job("  activeDeadlineSeconds: 60\n  ttlSecondsAfterFinished: 60\n"));
    git("commit", "-q", "-a", "-m", "second");
    write("a.yaml", job("  activeDeadlineSeconds: 60\n"));
    const { out } = run("--since", "HEAD", "--format", "compact");
    expect(out).toContain("a.yaml:4:1: info: ttlSecondsAfterFinished is unset");
  });

  test("a new file is reported as a whole", () => {
    write("new.yaml", job("  backoffLimit: -1\n"));
    const { out, code } = run("--since", "HEAD", "--format", "compact");
    expect(out.match(/^new\.yaml/gm)?.length).toBeGreaterThan(2);
    expect(code).toBe(1);
  });

  test("a file that only has another name is as it was", () => {
    git("mv", "same.yaml", "renamed.yaml");
    expect(run("--since", "HEAD")).toMatchObject({ code: 0, out: expect.stringContaining("no findings") as string });
    git("commit", "-q", "-m", "second");
    expect(run("--since", "HEAD~1").code).toBe(0);
    write("renamed.yaml", job("  backoffLimit: -1\n", "report:latest"));
    const { out } = run("--since", "HEAD~1", "--format", "compact");
    expect(out).toContain("[image-mutable-tag]");
    expect(out).not.toContain("[field-invalid]");
    // A new name is a change of files all the same.
    expect(run("--changed-files", "HEAD~1", "--format", "compact").out).toContain("[field-invalid]");
  });

  test("what went on elsewhere since the branch left is not its own", () => {
    git("branch", "elsewhere");
    write("new.yaml", job("  completions: -1\n"));
    git("add", ".");
    git("commit", "-q", "-m", "ours");
    git("switch", "-q", "elsewhere");
    write("same.yaml", job("  backoffLimit: 2\n"));
    git("commit", "-q", "-a", "-m", "theirs");
    git("switch", "-q", "-");
    write("a.yaml", job("  backoffLimit: -1\n", "report:latest"));
    for (const flag of ["--since", "--changed-files"]) {
      const { out } = run(flag, "elsewhere", "--format", "compact");
      expect(out).not.toContain("same.yaml");
      expect(out).toContain("new.yaml:5:");
      expect(out).toContain("a.yaml:9:");
    }
  });

  test("a commit without anything in common is compared as it is", () => {
    git("checkout", "-q", "--orphan", "other");
    write("a.yaml", job("  backoffLimit: -2\n"));
    git("commit", "-q", "-a", "-m", "other");
    const { out, code } = run("--since", "other@{0}", "--format", "compact");
    expect({ out, code }).toMatchObject({ code: 0 });
    const first = execFileSync("git", ["rev-list", "--all", "--max-parents=0", "--not", "other"], { cwd: folder, encoding: "utf8" }).trim();
    const changed = run("--since", first, "--format", "compact").out;
    expect(changed).toContain("a.yaml:5:");
    expect(changed).not.toContain("same.yaml");
  });

  test("git is asked where the files lie", () => {
    write("a.yaml", job("  backoffLimit: -2\n"));
    const above = (...args: string[]) => ran(join(folder, ".."), [...args, "--format", "compact", basename(folder)]);
    for (const flag of ["--since", "--changed-files"]) {
      const { out, code } = above(flag, "HEAD");
      expect(code).toBe(1);
      expect(out).toContain("/a.yaml:5:");
      expect(out).not.toContain("same.yaml");
    }
  });

  test.each([
    ["a commit that is none", ["--since", "nothing"], "git knows no commit nothing"],
    ["an option in disguise", ["--since=--output=x"], "git knows no commit --output=x"],
    ["fixes", ["--since", "HEAD", "--fix"], "leave out --fix"],
  ])("%s is refused", (_, args, message) => {
    const { err, code } = run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
