import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changedSince, checkedOut, filesAt } from "../../src/node/git.js";

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

test("says what differs, and what only has another name", () => {
  writeFileSync(join(folder, "unknown.yaml"), "");
  git("mv", "other.yaml", "renamed.yaml");
  const changes = (followRenames: boolean) => {
    const changed = changedSince(folder, "HEAD", { followRenames });
    if (changed.state === "failed") throw new Error(changed.reason);
    return changed.changes;
  };
  const names = (paths: Iterable<string>) => [...paths].map((path) => path.slice(folder.length + 1)).sort();
  expect(names(changes(false).paths)).toEqual(["deploy/ä b.yaml", "other.yaml", "renamed.yaml", "unknown.yaml"]);
  expect(names(changes(true).paths)).toEqual(["deploy/ä b.yaml", "unknown.yaml"]);
  expect([...changes(true).formerNames].map((pair) => names(pair))).toEqual([["other.yaml", "renamed.yaml"]]);
  git("mv", "renamed.yaml", "other.yaml");
  rmSync(join(folder, "unknown.yaml"));
});

test("says what is checked out, also where the history ends with it", () => {
  git("commit", "-qam", "two");
  const head = checkedOut(folder);
  if (head.state === "failed") throw new Error(head.reason);
  const [parent = ""] = head.head.parents;
  expect(head.head.parents).toHaveLength(1);
  expect([head.head.commit, parent, "0".repeat(40), "--help"].map(head.head.holds)).toEqual([true, true, false, false]);
  execFileSync("git", ["clone", "-q", "--depth", "1", `file://${folder}`, "shallow"], { cwd: folder, stdio: "ignore" });
  const shallow = checkedOut(join(folder, "shallow"));
  if (shallow.state === "failed") throw new Error(shallow.reason);
  expect(shallow.head.parents).toEqual([parent]);
  expect(shallow.head.meets(parent)).toBe(false);
  expect(checkedOut(tmpdir()).state).toBe("failed");
});
