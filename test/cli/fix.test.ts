import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defineRule } from "../../src/core/lint/rule.js";
import { rules } from "../../src/engine.js";
import { folderWith } from "../node/folder-tree.js";
import { good } from "./manifests.js";
import { ran } from "./world.js";

/** Something that a fix mends without doubt, with a comment and CRLF that have to survive. */
const bad = good.replace("restartPolicy: Never", "restartPolicy: never # why").replaceAll("\n", "\r\n");
const mended = good.replace("restartPolicy: Never", "restartPolicy: Never # why").replaceAll("\n", "\r\n");

/** A rule of our own, so that the catalogue may change. */
const casing = defineRule({
  id: "casing",
  summary: "A test.",
  why: "A test.",
  category: "hygiene",
  severity: "error",
  references: [],
  *podTemplate({ restartPolicy }) {
    if (restartPolicy.state !== "present" || restartPolicy.value !== "never") return;
    yield { at: restartPolicy, message: "small", fix: { title: "write Never", safe: true, edits: [{ at: restartPolicy.place, text: "Never" }] } };
  },
  examples: [{ title: "A", bad: "", good: "" }],
});
const own = { rules: [casing] };

describe("--fix", () => {
  test("mends in place, keeps every other byte, and says so", () => {
    const cwd = folderWith({ "a.yaml": bad, "b.yaml": good });
    expect(ran(cwd, ["--fix", "."], own)).toEqual({
      code: 0,
      out: "no findings in 2 objects, 2 files\n",
      err: "kronlint: fixed 1 finding in 1 file\n",
    });
    expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(mended);
    expect(readdirSync(cwd).sort()).toEqual(["a.yaml", "b.yaml"]);
  });

  test("keeps a byte order mark", () => {
    const cwd = folderWith({ "a.yaml": `\ufeff${bad}` });
    ran(cwd, ["--fix", "a.yaml"], own);
    expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(`\ufeff${mended}`);
  });

  test("with - prints the mended text, and the report goes to standard error", () => {
    expect(ran(folderWith({}), ["--fix", "-"], { stdin: bad, ...own })).toMatchObject({ code: 0, out: mended });
    expect(ran(folderWith({}), ["--fix", "-"], { stdin: good, ...own })).toMatchObject({ code: 0, out: good });
  });

  test("leaves a file alone that someone changes meanwhile", () => {
    const cwd = folderWith({ "a.yaml": bad });
    const path = join(cwd, "a.yaml");
    const meddling = {
      ...casing,
      id: "meddling",
      job() {
        writeFileSync(path, "# mine\n");
        return [];
      },
    };
    const { code, err, out } = ran(cwd, ["--fix", "a.yaml"], { rules: [casing, meddling] });
    expect({ code, err }).toEqual({ code: 1, err: "kronlint: a.yaml was not changed: it was changed meanwhile; run again\n" });
    expect(out).toContain("casing");
    expect(readFileSync(path, "utf8")).toBe("# mine\n");
  });
});

describe("--fix-dry-run", () => {
  test("prints a diff and changes nothing", () => {
    const cwd = folderWith({ "a.yaml": bad });
    const { code, out, err } = ran(cwd, ["--fix-dry-run", "a.yaml"], own);
    expect({ code, err }).toEqual({ code: 1, err: "kronlint: would fix 1 finding in 1 file\n" });
    expect(out).toMatch(/^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ -8,7 \+8,7 @@\n/);
    expect(out).toContain("-      restartPolicy: never # why\r\n+      restartPolicy: Never # why\r\n");
    expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(bad);
  });

  test("shows on a terminal nothing that it would obey", () => {
    const cwd = folderWith({ "a.yaml": bad.replace("# why", "# \u202ewhy") });
    expect(ran(cwd, ["--fix-dry-run", "a.yaml"], { ...own, outIsTerminal: true }).out).toContain("-      restartPolicy: never # \\u{202e}why\n");
    expect(ran(cwd, ["--fix-dry-run", "a.yaml"], own).out).toContain("\u202e");
  });

  test("says when there is nothing to mend", () => {
    expect(ran(folderWith({ "a.yaml": good }), ["--fix-dry-run", "."], own)).toEqual({ code: 0, out: "", err: "kronlint: would fix nothing\n" });
  });
});

test("--unsafe is needed for fixes that change what a Job does", () => {
  const unsafe = { rules: [{ ...casing, podTemplate: asUnsafe }] };
  const cwd = folderWith({ "a.yaml": bad });
  expect(ran(cwd, ["--fix", "a.yaml"], unsafe).out).toContain("1 fixable with --fix --unsafe");
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(bad);
  expect(ran(cwd, ["--fix", "--unsafe", "a.yaml"], unsafe)).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(mended);
});

function* asUnsafe(...[pod, context]: Parameters<NonNullable<typeof casing.podTemplate>>) {
  for (const finding of casing.podTemplate?.(pod, context) ?? []) {
    yield finding.fix === undefined ? finding : { ...finding, fix: { ...finding.fix, safe: false } };
  }
}

test("the catalogue's own safe fixes reach a state in which nothing more is mended", () => {
  const cwd = folderWith({ "a.yaml": bad });
  ran(cwd, ["--fix", "a.yaml"]);
  expect(ran(cwd, ["--fix-dry-run", "a.yaml"]).err).toBe("kronlint: would fix nothing\n");
  expect(rules.length).toBeGreaterThan(20);
});
