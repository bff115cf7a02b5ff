import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolders, isGitIgnored } from "../../src/node/folder.js";
import { isIgnoredBy, parseGitIgnore } from "../../src/node/git-ignore.js";
import { folderWith } from "./folder-tree.js";

const hasGit = (() => {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const patterns = [
  "*.tmp", "!keep.tmp", "/top.yaml", "build/", "docs/*.yaml", "**/deep/x.yaml", "a/**", "!a/b/", "a/**/z.yaml", "# c.yaml", "\\#hash.yaml",
  "\\!bang.yaml", "trailing.yaml   ", "escaped\\ ", "[ab].yaml", "[!ab]?.yaml", "/", "", "deep/", "**/", "foo/**/bar", "abc/*", "!abc/keep.yaml", "*",
  "!*.yaml", "!*/", "x[", "{a,b}.yaml", "\\*.yaml",
  ".", "./", "./a", "./*.yaml", "a/.", "a/./x.yaml", "**/.", "a//x.yaml", "a//", "..", "a/../a",
];

const tree = [
  "top.yaml", "sub/top.yaml", "k.tmp", "keep.tmp", "sub/keep.tmp", "build/x.yaml", "sub/build/x.yaml", "docs/a.yaml", "docs/deeper/a.yaml",
  "deep/x.yaml", "a/b/deep/x.yaml", "a/x.yaml", "a/b/z.yaml", "c.yaml", "#hash.yaml", "!bang.yaml", "trailing.yaml", "escaped ", "a.yaml", "b.yaml",
  "cc.yaml", "foo/bar", "foo/x/bar", "abc/keep.yaml", "abc/other.yaml", "x[", "{a,b}.yaml", "*.yaml",
];

describe.skipIf(!hasGit)("agrees with git", () => {
  // Each pattern alone, and each with the two that follow it: an order in which they undo each other.
  const sets = patterns.flatMap((one, index) => [[one], patterns.slice(index, index + 3)]);
  test.each(sets.map((lines) => ({ lines })))("$lines", ({ lines }) => {
    const folder = folderWith(Object.fromEntries([...tree.map((path) => [path, ""] as const), [".gitignore", `${lines.join("\n")}\n`]]));
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const listed = execFileSync("git", ["ls-files", "-z", "--others", "--exclude-standard"], { cwd: folder, encoding: "utf8" });
    const seen = new Set(listed.split("\0"));
    const folders = createFolders();
    const isSeen = (path: string): boolean => {
      const full = join(folder, path);
      if (path === ".") return true;
      return isSeen(dirname(path)) && !isGitIgnored(folders(dirname(full)), basename(full), statSync(full).isDirectory(), "");
    };
    expect(tree.filter(isSeen)).toEqual(tree.filter((path) => seen.has(path)));
  });
});

test("reads CRLF and a byte order mark", () => {
  const lines = parseGitIgnore("\ufeffa.yaml\r\nb.yaml\r\n");
  expect(isIgnoredBy(lines, "a.yaml", false)).toBe(true);
  expect(isIgnoredBy(lines, "b.yaml", false)).toBe(true);
});

test("a hostile .gitignore takes no time", () => {
  const lines = parseGitIgnore(`${"*a".repeat(50)}b\n`.repeat(200));
  expect(isIgnoredBy(lines, "a".repeat(250), false)).toBeUndefined();
});
