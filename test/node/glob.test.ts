import { describe, expect, test } from "vitest";
import { fixedFolders, isGlob, matchesGlob, mayMatchBelow, parseGlob } from "../../src/node/glob.js";

const matches = (pattern: string, path: string): boolean => matchesGlob(parseGlob(pattern), path);

describe("matchesGlob", () => {
  test.each([
    ["*.yaml", "a.yaml", true],
    ["*.yaml", "a/b.yaml", false],
    ["*.yaml", ".hidden.yaml", true],
    ["**/*.yaml", "a.yaml", true],
    ["**/*.yaml", "a/b/c.yaml", true],
    ["deploy/**", "deploy/a/b", true],
    ["deploy/**", "deployed/a", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b/**/c", "a/b/b/x/c", true],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["a?", "a🚀", true],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[^a-c]x", "dx", true],
    ["[]x]", "]", true],
    ["[a", "[a", true],
    ["{a,b}/*.{yaml,yml}", "b/x.yml", true],
    ["{a,b}/*.{yaml,yml}", "c/x.yml", false],
    ["{a/b,c}/d", "a/b/d", true],
    ["a{b,{c,d}}", "ad", true],
    ["{a}", "{a}", true],
    ["\\*.yaml", "*.yaml", true],
    ["\\*.yaml", "a.yaml", false],
    ["./a/./b", "a/b", true],
    ["a**b", "axxb", true],
    ["", "", true],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  test("takes no time for patterns that explode elsewhere", () => {
    expect(matches(`${"*a".repeat(100)}b`, "a".repeat(250))).toBe(false);
    expect(matches(`${"**/a/".repeat(50)}b`, "a/".repeat(500))).toBe(false);
    expect(matches("{a,b}".repeat(100), "a")).toBe(false);
  });
});

test("mayMatchBelow keeps a walk out of folders that cannot hold a match", () => {
  const glob = parseGlob("deploy/*/job.yaml");
  expect(mayMatchBelow(glob, "")).toBe(true);
  expect(mayMatchBelow(glob, "deploy")).toBe(true);
  expect(mayMatchBelow(glob, "deploy/a")).toBe(true);
  expect(mayMatchBelow(glob, "deploy/a/b")).toBe(false);
  expect(mayMatchBelow(glob, "other")).toBe(false);
  expect(mayMatchBelow(parseGlob("a/**"), "a/b/c/d")).toBe(true);
});

test("fixedFolders names where a walk begins", () => {
  expect(fixedFolders("deploy/jobs/*.yaml")).toEqual(["deploy/jobs"]);
  expect(fixedFolders("*.yaml")).toEqual([""]);
  expect(fixedFolders("{a,b}/**/*.yaml")).toEqual(["a", "b"]);
  expect(fixedFolders("/abs/*.yaml")).toEqual(["/abs"]);
});

test("isGlob knows a glob", () => {
  for (const text of ["*", "a?", "[ab]", "{a,b}"]) expect(isGlob(text)).toBe(true);
  for (const text of ["a.yaml", "a[", "{a}", "a{b"]) expect(isGlob(text)).toBe(false);
});
