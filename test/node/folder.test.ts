import { join } from "node:path";
import { expect, test } from "vitest";
import { createFolders, isGitIgnored, isInIgnoredFolder, nearestSettings } from "../../src/node/folder.js";
import { folderWith } from "./folder-tree.js";

test("a nested .gitignore has the last word below it", () => {
  const folder = folderWith({ ".git/": "", ".gitignore": "*.yaml\n", "sub/.gitignore": "!keep.yaml\n", "sub/keep.yaml": "" });
  const folders = createFolders();
  expect(isGitIgnored(folders(folder), "keep.yaml", false, "")).toBe(true);
  expect(isGitIgnored(folders(join(folder, "sub")), "keep.yaml", false, "")).toBe(false);
});

test("files above the root of the repository say nothing", () => {
  const folder = folderWith({ ".gitignore": "*.yaml\n", ".kronlint.yaml": "", "repo/.git/": "", "repo/sub/a.yaml": "" });
  const sub = createFolders()(join(folder, "repo", "sub"));
  expect(isGitIgnored(sub, "a.yaml", false, "")).toBe(false);
  expect(nearestSettings(sub)).toBeUndefined();
});

test("the nearest settings alone count", () => {
  const folder = folderWith({ ".git/": "", ".kronlint.yaml": "", "a/.kronlint.json": "{}", "a/b/": "", "c/": "" });
  const folders = createFolders();
  expect(nearestSettings(folders(join(folder, "a", "b")))).toBe(join(folder, "a", ".kronlint.json"));
  expect(nearestSettings(folders(join(folder, "c")))).toBe(join(folder, ".kronlint.yaml"));
});

test("an ignored folder is known as such from inside", () => {
  const folder = folderWith({ ".git/": "", ".gitignore": "out/\n", "out/deep/": "", "in/": "" });
  const folders = createFolders();
  expect(isInIgnoredFolder(folders(join(folder, "out", "deep")))).toBe(true);
  expect(isInIgnoredFolder(folders(join(folder, "in")))).toBe(false);
});
