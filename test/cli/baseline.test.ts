import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  folder = mkdtempSync(join(tmpdir(), "kronlint-baseline-"));
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
    const { out, err, code } = run("a.yaml", "--format", "compact");
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
