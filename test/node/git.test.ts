import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesAt } from "../../src/node/git.js";

let folder = "";

function git(...args: string[]): void {
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args], { cwd: folder, stdio: "ignore" });
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "kronlint-git-")));
  git("init", "-q");
  mkdirSync(join(folder, "deploy"));
  writeFileSync(join(folder, "deploy", "ä b.yaml"), "one: 1\n");
  writeFileSync(join(folder, "deploy", "empty.yaml"), "");
  writeFileSync(join(folder, "other.yaml"), "two: 2\n");
  git("add", ".");
  git("commit", "-qm", "one");
  writeFileSync(join(folder, "deploy", "ä b.yaml"), "one: changed\n");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("reads files as a commit has them, whatever stands in the work tree now", () => {
  const found = filesAt(folder, "HEAD", [join(folder, "deploy")], () => true);
  expect(found).toEqual({
    state: "read",
    files: [
      { path: join(folder, "deploy", "empty.yaml"), text: "" },
      { path: join(folder, "deploy", "ä b.yaml"), text: "one: 1\n" },
    ],
  });
});

test("takes a whole repository, and leaves out what is not wanted", () => {
  const found = filesAt(join(folder, "deploy"), "HEAD", [folder], (path) => path.endsWith("other.yaml"));
  expect(found).toEqual({ state: "read", files: [{ path: join(folder, "other.yaml"), text: "two: 2\n" }] });
});

test.each(["nowhere", "--output=x", "HEAD~5", ""])("says that there is no commit %j", (ref) => {
  expect(filesAt(folder, ref, [folder], () => true)).toMatchObject({ state: "failed" });
});

test("says that a folder is in no repository", () => {
  expect(filesAt(tmpdir(), "HEAD", [tmpdir()], () => true)).toMatchObject({ state: "failed", reason: expect.stringContaining("not a git repository") as string });
});
