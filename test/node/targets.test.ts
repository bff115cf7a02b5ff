import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolders } from "../../src/node/folder.js";
import { findTargets, type Selection } from "../../src/node/targets.js";
import { folderWith } from "./folder-tree.js";

function found(cwd: string, given: readonly string[], selection: Partial<Selection> = {}) {
  const selectionOf = () => ({ base: cwd, include: [], exclude: [], ...selection });
  const { files, problems } = findTargets(given, { cwd, folders: createFolders(), selectionOf });
  return { problems, files: [...files].map(({ shown, named, problem }) => `${named ? "named " : ""}${shown}${problem === undefined ? "" : `: ${problem}`}`) };
}

const files = (cwd: string, given: readonly string[], selection: Partial<Selection> = {}) => found(cwd, given, selection).files;

describe("a folder", () => {
  test("gives its manifests by name, depth first, without what git ignores", () => {
    const cwd = folderWith({
      ".git/config.yaml": "",
      ".gitignore": "*.gen.yaml\n/out/\n",
      "b.yaml": "",
      "a/z.yml": "",
      "a/b.JSON": "",
      "a.txt": "",
      "x.gen.yaml": "",
      "out/x.yaml": "",
      "sub/out/x.yaml": "",
      "node_modules/p/x.yaml": "",
      "sub/.gitignore": "!x.gen.yaml\n",
      "sub/x.gen.yaml": "",
      ".github/w.yaml": "",
      ".kronlint.yaml": "",
    });
    expect(files(cwd, ["."])).toEqual([".github/w.yaml", "a/b.JSON", "a/z.yml", "b.yaml", "sub/out/x.yaml", "sub/x.gen.yaml"]);
    expect(files(cwd, ["./a/"])).toEqual(["a/b.JSON", "a/z.yml"]);
    expect(files(join(cwd, "a"), [join(cwd, "sub")])).toEqual([join(cwd, "sub/out/x.yaml"), join(cwd, "sub/x.gen.yaml")]);
    expect(files(join(cwd, "a"), ["../sub"])).toEqual(["../sub/out/x.yaml", "../sub/x.gen.yaml"]);
  });

  test("that git ignores is read when it is named, but for what its own .gitignore says", () => {
    const cwd = folderWith({ ".git/": "", ".gitignore": "out/\n*.yaml\n", "out/x.yaml": "", "out/y.yaml": "", "out/.gitignore": "y.yaml\n" });
    expect(files(cwd, ["out"])).toEqual(["out/x.yaml"]);
  });

  test("obeys include and exclude", () => {
    const cwd = folderWith({ "a.yaml": "", "docs/a.md": "", "docs/b.txt": "", "vendor/x/a.yaml": "", "sub/old.yaml": "", "sub/skip/a.yaml": "" });
    expect(files(cwd, ["."], { include: ["docs/**/*.md"], exclude: ["vendor/**", "old.yaml", "sub/skip/"] })).toEqual(["a.yaml", "docs/a.md"]);
  });

  test.skipIf(process.platform === "win32")("does not follow linked folders, nor files that lead out of it", () => {
    const outside = folderWith({ "secret.yaml": "" });
    const cwd = folderWith({ "a.yaml": "", "sub/b.yaml": "" });
    symlinkSync(cwd, join(cwd, "loop"));
    symlinkSync(outside, join(cwd, "out"));
    symlinkSync(join(outside, "secret.yaml"), join(cwd, "c.yaml"));
    symlinkSync(join(cwd, "sub", "b.yaml"), join(cwd, "d.yaml"));
    symlinkSync("nowhere", join(cwd, "e.yaml"));
    expect(files(cwd, ["."])).toEqual(["a.yaml", "d.yaml", "sub/b.yaml"]);
  });

  test("may be nested deeper than a call stack", () => {
    const cwd = folderWith({});
    let deep = cwd;
    while (deep.length < 1200) mkdirSync((deep = join(deep, "d")));
    expect(files(cwd, ["."])).toEqual([]);
  });
});

describe("a file", () => {
  test("that is named is read whatever it is called, ignored or excluded", () => {
    const cwd = folderWith({ ".gitignore": "*\n", "notes.txt": "", "a.yaml": "" });
    expect(files(cwd, ["notes.txt", "./a.yaml"], { exclude: ["**"] })).toEqual(["named notes.txt", "named a.yaml"]);
  });

  test("is read once, however often it is meant", () => {
    const cwd = folderWith({ "a.yaml": "", "b.yaml": "" });
    expect(files(cwd, ["b.yaml", ".", "*.yaml", "./b.yaml"])).toEqual(["named b.yaml", "a.yaml"]);
  });

  test("that is not there gives a hint", () => {
    const cwd = folderWith({ "deploy/nightly.yaml": "" });
    expect(found(cwd, ["deploi", "deploy/nigthly.yaml", "zzz"]).problems).toEqual([
      "no such file or folder: deploi; did you mean deploy?",
      "no such file or folder: deploy/nigthly.yaml; did you mean deploy/nightly.yaml?",
      "no such file or folder: zzz",
    ]);
  });

  test("may have the name of a glob", () => {
    const cwd = folderWith({ "[a].yaml": "", "a.yaml": "" });
    expect(files(cwd, ["[a].yaml"])).toEqual(["named [a].yaml"]);
  });
});

describe("a glob", () => {
  test("gives any kind of file, but none that is ignored or excluded", () => {
    const cwd = folderWith({ ".git/": "", ".gitignore": "x.md\n", "docs/a.md": "", "docs/x.md": "", "docs/deep/b.md": "", "docs/old/c.md": "" });
    expect(files(cwd, ["docs/**/*.md"], { exclude: ["docs/old/**"] })).toEqual(["docs/a.md", "docs/deep/b.md"]);
    expect(files(cwd, ["docs/*.md"])).toEqual(["docs/a.md"]);
    expect(files(join(cwd, "docs", "deep"), ["../*.md"])).toEqual(["../a.md"]);
    expect(files(cwd, [`${cwd}/docs/{a,b}.md`])).toEqual(["docs/a.md"]);
  });

  test("that matches nothing is a slip", () => {
    const cwd = folderWith({ "a.yaml": "" });
    expect(found(cwd, ["*.yml", "none/**"]).problems).toEqual([
      "no file matches *.yml; quote it if the shell is not to expand it, and mind .gitignore",
      "no file matches none/**; quote it if the shell is not to expand it, and mind .gitignore",
    ]);
  });
});
