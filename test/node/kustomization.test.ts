import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolders, isListedPatch } from "../../src/node/folder.js";
import { listedPatches } from "../../src/node/kustomization.js";
import { folderWith } from "./folder-tree.js";

describe("patches of a kustomization", () => {
  test.each([
    ["patches:\n- path: a.yaml\n  target: {kind: Job}\n- patch: |-\n    - op: replace\n- path: 'b.yaml'\nresources:\n- c.yaml\n", ["a.yaml", "b.yaml"]],
    ["patchesStrategicMerge:\n  - a.yaml # why\n  - \"b.yaml\"\nresources: [c.yaml]\n", ["a.yaml", "b.yaml"]],
    ["patches: [{path: a.yaml}, {path: b.yaml}]\r\nresources:\r\n- c.yaml\r\n", ["a.yaml", "b.yaml"]],
    ["patchesStrategicMerge: [a.yaml, b.yaml]\n", ["a.yaml", "b.yaml"]],
    ["resources:\n- patches.yaml\n", []],
  ])("%j", (text, expected) => {
    expect(listedPatches(text)).toEqual(expected);
  });

  test("are found from the file, in its folder and above", () => {
    const folder = folderWith({ ".git/": "", "overlay/kustomization.yaml": "patches:\n- path: patches/a.yaml\n", "overlay/patches/a.yaml": "" });
    const inside = createFolders()(join(folder, "overlay", "patches"));
    expect(isListedPatch(inside, join(folder, "overlay", "patches", "a.yaml"))).toBe(true);
    expect(isListedPatch(inside, join(folder, "overlay", "patches", "b.yaml"))).toBe(false);
  });
});
