import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFile } from "../../src/node/write-file.js";
import { folderWith } from "./folder-tree.js";

const isWindows = process.platform === "win32";
const refused = (reason: RegExp) => ({ state: "refused", reason: expect.stringMatching(reason) });

describe("replaceFile", () => {
  test("puts the new text in place and leaves nothing behind", () => {
    const folder = folderWith({ "a.yaml": "old" });
    const path = join(folder, "a.yaml");
    expect(replaceFile({ path, before: "old", after: "new 数据", allowed: [path] })).toEqual({ state: "written" });
    expect(readFileSync(path, "utf8")).toBe("new 数据");
    expect(readdirSync(folder)).toEqual(["a.yaml"]);
  });

  test.skipIf(isWindows)("keeps the mode", () => {
    const folder = folderWith({ "a.yaml": "old" });
    const path = join(folder, "a.yaml");
    for (const mode of [0o600, 0o664, 0o755]) {
      chmodSync(path, mode);
      replaceFile({ path, before: readFileSync(path, "utf8"), after: `mode ${mode}`, allowed: [folder] });
      expect(statSync(path).mode & 0o7777).toBe(mode);
    }
  });

  test("leaves a file alone that was changed meanwhile", () => {
    const folder = folderWith({ "a.yaml": "someone else's" });
    const path = join(folder, "a.yaml");
    expect(replaceFile({ path, before: "old", after: "new", allowed: [folder] })).toEqual(refused(/changed meanwhile/));
    expect(readFileSync(path, "utf8")).toBe("someone else's");
    expect(readdirSync(folder)).toEqual(["a.yaml"]);
  });

  test("says so when the file is gone", () => {
    const folder = folderWith({});
    expect(replaceFile({ path: join(folder, "a.yaml"), before: "", after: "new", allowed: [folder] })).toEqual(refused(/no longer there/));
  });

  test.skipIf(isWindows)("writes through a link that stays inside, and keeps the link", () => {
    const folder = folderWith({ "a.yaml": "old" });
    const link = join(folder, "b.yaml");
    symlinkSync("a.yaml", link);
    expect(replaceFile({ path: link, before: "old", after: "new", allowed: [folder] })).toEqual({ state: "written" });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "a.yaml"), "utf8")).toBe("new");
  });

  test.skipIf(isWindows)("refuses a link that leads elsewhere, even if it was named itself", () => {
    const outside = folderWith({ "a.yaml": "old" });
    const folder = folderWith({});
    const link = join(folder, "b.yaml");
    symlinkSync(join(outside, "a.yaml"), link);
    for (const allowed of [[folder], [link]]) {
      expect(replaceFile({ path: link, before: "old", after: "new", allowed })).toEqual(refused(/leads out of the paths/));
    }
    expect(readFileSync(join(outside, "a.yaml"), "utf8")).toBe("old");
  });

  test.skipIf(isWindows)("a linked folder that was named counts as what it leads to", () => {
    const real = folderWith({ "a.yaml": "old" });
    const folder = folderWith({});
    const link = join(folder, "linked");
    symlinkSync(real, link);
    expect(replaceFile({ path: join(link, "a.yaml"), before: "old", after: "new", allowed: [link] })).toEqual({ state: "written" });
  });

  test.skipIf(isWindows || process.getuid?.() === 0)("refuses a file that may only be read", () => {
    const folder = folderWith({ "a.yaml": "old" });
    const path = join(folder, "a.yaml");
    chmodSync(path, 0o444);
    expect(replaceFile({ path, before: "old", after: "new", allowed: [folder] })).toEqual(refused(/permission/));
    writeFileSync(join(folder, "other"), "");
    expect(readFileSync(path, "utf8")).toBe("old");
  });
});
