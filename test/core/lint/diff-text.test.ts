import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unifiedDiff } from "../../../src/core/lint/diff-text.js";

/** What a patch makes of a text, by the rules of the format alone. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const lines = diff.split("\n").slice(2, -1);
  const output: string[] = [];
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start !== undefined) {
      const first = count === "0" ? Number(start) : Number(start) - 1;
      output.push(...old.slice(at, first));
      at = first;
      continue;
    }
    const bare = lines[index + 1]?.startsWith("\\") === true;
    const content = line.slice(1) + (bare ? "" : "\n");
    if (line.startsWith("+")) output.push(content);
    if (line.startsWith("-") || line.startsWith(" ")) expect(old[at++]).toBe(content);
    if (line.startsWith(" ")) output.push(content);
  }
  return [...output, ...old.slice(at)].join("");
}

test("shows three lines around a change", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  expect(unifiedDiff("job.yaml", before, before.replace("5\n", "five\nand\n"))).toBe(
    "--- a/job.yaml\n+++ b/job.yaml\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+and\n 6\n 7\n 8\n",
  );
});

test("says nothing about equal texts", () => {
  expect(unifiedDiff("a", "x\n", "x\n")).toBe("");
});

test("says where the last line end is missing", () => {
  expect(unifiedDiff("a", "x", "x\n")).toBe("--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
});

test("applied, gives the new text", () => {
  const line = fc.constantFrom("a", "b", "c", "", "a\r");
  const text = fc.tuple(fc.array(line, { maxLength: 40 }), fc.boolean()).map(([lines, end]) => lines.join("\n") + (end ? "\n" : ""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(before === after ? before : patched(before, unifiedDiff("x", before, after))).toBe(after);
    }),
    { numRuns: 2000 },
  );
});

test("has no more changed lines than needed", () => {
  const diff = unifiedDiff("x", "a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n");
  expect(diff.split("\n").filter((line) => /^[-+](?![-+])/.test(line))).toHaveLength(5);
});

test("git applies it", () => {
  const folder = mkdtempSync(join(tmpdir(), "kronlint-diff-"));
  const before = Array.from({ length: 60 }, (_, index) => `line ${String(index % 7)}`).join("\n");
  const after = before.replace("line 3\n", "").replaceAll("line 5", "line five");
  writeFileSync(join(folder, "x.yaml"), before);
  writeFileSync(join(folder, "x.patch"), unifiedDiff("x.yaml", before, after));
  execFileSync("git", ["apply", "x.patch"], { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } });
  expect(readFileSync(join(folder, "x.yaml"), "utf8")).toBe(after);
  rmSync(folder, { recursive: true });
});
