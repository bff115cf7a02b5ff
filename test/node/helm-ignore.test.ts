import { describe, expect, test } from "vitest";
import { helmIgnore } from "../../src/node/helm-ignore.js";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

describe("what Helm leaves out", () => {
  test.each([
    ["templates/bad.yaml", ["templates/bad.yaml"]],
    ["/templates/*.yaml", ["templates/bad.yaml", "templates/good.yaml"]],
    ["bad.*\n", ["templates/bad.yaml", "templates/tests/bad.yaml"]],
    ["tests/", ["templates/tests/bad.yaml"]],
    ["*.yaml/", []],
    ["# bad.yaml\n\n  \n", []],
    ["\ufeffgood.yaml\r\n", ["templates/good.yaml"]],
    ["templates/[a-c]ad.y?ml", ["templates/bad.yaml"]],
    ["templates/[^b]*", ["templates/good.yaml", "templates/tests/bad.yaml"]],
    ["templates/*/bad.yaml", ["templates/tests/bad.yaml"]],
    ["templates*", ["templates/.dot.yaml", "templates/bad.yaml", "templates/good.yaml", "templates/tests/bad.yaml"]],
    // Not read by Helm, which then loads no chart at all.
    ["templates/**\nbad.yaml", []],
    ["bad.yaml\n[", []],
    ["Chart.yaml\nbad.yaml", []],
    ["!bad.yaml", []],
  ])("%j", (text, expected) => {
    const paths = ["templates/.dot.yaml", "templates/bad.yaml", "templates/good.yaml", "templates/tests/bad.yaml"];
    const ignores = helmIgnore(text);
    const isUsual = !/\*\*|\[$|^Chart|^!/m.test(text);
    expect(paths.filter(ignores)).toEqual(isUsual && !expected.includes("templates/.dot.yaml") ? ["templates/.dot.yaml", ...expected] : expected);
  });

  test("patterns that begin again and again end soon", () => {
    const start = performance.now();
    const ignores = helmIgnore(`${"*a".repeat(499)}b\n`.repeat(90));
    expect(ignores(`templates/${"a".repeat(3900)}`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe("a chart", () => {
  const job = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec:\n  template:\n    spec:\n      restartPolicy: Foo\n      containers: [{ name: c, image: registry.example.com/a:1 }]\n";
  const files = {
    "c/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\n",
    "c/.helmignore": "templates/left.yaml\n",
    "c/templates/left.yaml": job,
    "c/templates/kept.yaml": job,
  };

  test("is what .helmignore leaves of it", () => {
    const { out } = ran(folderWith(files), ["-f", "compact", "c"]);
    expect(out).toMatch(/^c\/templates\/kept\.yaml:7:22: error/m);
    expect(out).not.toContain("left.yaml");
  });

  test("a file that is named is judged as it is written", () => {
    expect(ran(folderWith(files), ["-f", "compact", "c/templates/left.yaml"]).out).toMatch(/^c\/templates\/left\.yaml:7:22: error/m);
  });

  test("values that are left out do not count", () => {
    const values = { ...files, "c/values.yaml": "policy: Never\n", "c/templates/kept.yaml": job.replace("Foo", "{{ .Values.policy | default \"Bar\" }}") };
    expect(ran(folderWith(values), ["-f", "compact", "c"]).out).not.toContain("restart-policy-invalid");
    expect(ran(folderWith({ ...values, "c/.helmignore": "values.yaml\n" }), ["-f", "compact", "c"]).out).toContain('restartPolicy "Bar"');
  });
});
