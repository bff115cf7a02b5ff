import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { good, noted, refused } from "./manifests.js";
import { ran } from "./world.js";

const cronJob = (name: string): string => `apiVersion: batch/v1
kind: CronJob
metadata: { name: ${name} }
spec:
  schedule: "0 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: dump, image: "registry.example.com/dump:1", args: [all] }]
`;

/** Files of many kinds of units, with findings that only the whole of a unit leads to. */
function tree(): string {
  const cwd = folderWith({
    "twins/a.yaml": cronJob("a"),
    "twins/b.yaml": cronJob("b"),
    "base/kustomization.yaml": "resources: [one.yaml, ../other]\n",
    "base/one.yaml": cronJob("one"),
    "other/kustomization.yaml": "resources: [two.yaml]\n",
    "other/two.yaml": cronJob("two"),
    "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: p-\n",
    "prod/unlisted.yaml": cronJob("unlisted"),
    "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "chart/values.yaml": "schedule: 0 3 31 2 *\n",
    "chart/templates/a.yaml": cronJob("a").replace('"0 3 * * *"', "{{ .Values.schedule | quote }}"),
    "chart/templates/sub/b.yaml": cronJob("b"),
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`apps/${index}/job.yaml`, [refused, good, noted][index % 3] ?? ""])),
  });
  return cwd;
}

interface Report {
  readonly diagnostics: readonly { readonly file: string; readonly start: number; readonly rule: string }[];
  readonly summary: object;
}
const reportIn = (text: string): Report => JSON.parse(text);
const ordered = ({ diagnostics }: Report): readonly string[] => diagnostics.map((one) => JSON.stringify(one)).sort();

describe("--shard", () => {
  test.each([1, 2, 3, 7])("%i parts find together what one run finds", (count) => {
    const cwd = tree();
    const whole = reportIn(ran(cwd, ["-f", "json"]).out);
    const rules = new Set(whole.diagnostics.map(({ rule }) => rule));
    for (const rule of ["duplicate-cronjob-same-work", "schedule-never-fires", "restart-policy-invalid"]) expect(rules).toContain(rule);
    const names = Array.from({ length: count }, (_, index) => {
      const { err, out } = ran(cwd, ["-f", "json", "--shard", `${index + 1}/${count}`]);
      expect(err).toBe("");
      expect(JSON.parse(out)).toMatchObject({ shard: { part: index + 1, of: count } });
      // A name that is no manifest's.
      writeFileSync(join(cwd, `part-${index}.report`), out);
      return `part-${index}.report`;
    });
    const merged = ran(cwd, ["merge", ...names, "-f", "json"]);
    expect(merged).toMatchObject({ code: 1, err: "" });
    expect(ordered(reportIn(merged.out))).toEqual(ordered(whole));
    expect(reportIn(merged.out).summary).toEqual(whole.summary);
  });

  test("spreads folders over all parts, the same ones each time", () => {
    const cwd = tree();
    const files = [1, 2, 3].map((part) => reportIn(ran(cwd, ["-f", "json", `--shard=${part}/3`]).out).summary);
    for (const summary of files) expect(summary).not.toHaveProperty("files", 0);
    expect([1, 2, 3].map((part) => reportIn(ran(cwd, ["-f", "json", ".", `--shard=${part}/3`]).out).summary)).toEqual(files);
  });

  test("holds for real projects", () => {
    const cwd = folderWith({});
    cpSync(fileURLToPath(new URL("../../fixtures/projects", import.meta.url)), cwd, { recursive: true });
    const whole = reportIn(ran(cwd, ["-f", "json"]).out);
    expect(whole.diagnostics.length).toBeGreaterThan(20);
    const parts = [1, 2, 3, 4].map((part) => reportIn(ran(cwd, ["-f", "json", `--shard=${part}/4`]).out));
    expect(parts.flatMap(ordered).sort()).toEqual(ordered(whole));
  });

  test("a part without files is no failure", () => {
    const cwd = folderWith({ "a.yaml": refused });
    const codes = Array.from({ length: 5 }, (_, index) => ran(cwd, ["--shard", `${index + 1}/5`]));
    expect(codes.filter(({ code }) => code === 1)).toHaveLength(1);
    expect(codes.filter(({ code, err }) => code === 0 && err === "")).toHaveLength(4);
  });

  test.each(["0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3"])("%s is no part", (text) => {
    expect(ran(folderWith({}), [`--shard=${text}`])).toMatchObject({ code: 2, err: expect.stringContaining("part/parts") });
  });
});

describe("merge", () => {
  const merged = (files: Readonly<Record<string, string>>, ...args: readonly string[]) => ran(folderWith(files), ["merge", ...args]);
  const shard = (part: number, of: number): string =>
    JSON.stringify({
      version: 1,
      diagnostics: [],
      summary: { files: 1, objects: 1, errors: 0, warnings: 0, notes: 0, fixable: 0, unsafelyFixable: 0 },
      shard: { part, of },
    });

  test("writes every format, with the lines of the manifests, and exits as a run would", () => {
    const cwd = folderWith({ "a.yaml": refused, "b.yaml": noted });
    writeFileSync(join(cwd, "r.report"), ran(cwd, ["-f", "json"]).out);
    const { code, out } = ran(cwd, ["merge", "r.report", "-f", "text", "-f", "sarif=r.sarif"]);
    expect(code).toBe(1);
    expect(out).toBe(ran(cwd, []).out);
    expect(JSON.parse(readFileSync(join(cwd, "r.sarif"), "utf8"))).toHaveProperty("runs.0.results.length", 2);
    expect(ran(cwd, ["merge", "r.report", "--fail-on=never"]).code).toBe(0);
    expect(ran(cwd, ["merge", "r.report", "--quiet"]).out).toBe(ran(cwd, ["--quiet"]).out);
  });

  test("a part that is missing, there twice or of another run is not passed over", () => {
    const files = { a: shard(1, 3), b: shard(2, 3), c: shard(3, 3), d: shard(1, 4) };
    expect(merged(files, "a", "b", "c")).toMatchObject({ code: 0, out: "no findings in 3 objects, 3 files\n" });
    expect(merged(files, "a", "c")).toMatchObject({ code: 2, out: "", err: "kronlint: the report of part 2 of 3 is missing\n" });
    expect(merged(files, "a", "a", "b", "c").err).toContain("part 1/3 is there twice");
    expect(merged(files, "a", "b", "c", "d").err).toContain("different numbers");
  });

  test("other files are refused, and nothing is written then", () => {
    const hostile = shard(1, 1).replace("[]", '[{"file":1}]');
    const files = { text: "a: b", other: '{"version":2,"diagnostics":[],"summary":{}}', list: "[]", nul: "null", hostile };
    const refusal = { code: 2, out: "", err: expect.stringContaining("is no report") };
    for (const name of Object.keys(files)) expect(merged(files, name)).toMatchObject(refusal);
    expect(merged({}, "missing")).toMatchObject({ code: 2 });
    expect(merged({})).toMatchObject({ code: 2 });
    expect(merged({ a: shard(1, 1) }, "a", "--fix")).toMatchObject({ code: 2 });
  });

  test("a report shows no line of a file elsewhere, nor fails over lines that are not there", () => {
    const cwd = folderWith({ "in/a.yaml": refused, "secret.yaml": "secret: word\n" });
    const report = reportIn(ran(join(cwd, "in"), ["-f", "json"]).out);
    const [first] = report.diagnostics;
    const diagnostics = [{ ...first, file: "../secret.yaml", line: 1 }, { ...first, line: 900, endLine: 901, start: 9e6, end: 9e6 }];
    writeFileSync(join(cwd, "in", "r.report"), JSON.stringify({ ...report, diagnostics }));
    for (const format of ["text", "html", "markdown", "sarif"]) {
      const { code, out } = ran(join(cwd, "in"), ["merge", "r.report", "-f", format]);
      expect({ code, told: out.includes("word") }).toEqual({ code: 1, told: false });
    }
  });
});

test("--stats says on standard error where the time went", () => {
  const { out, err } = ran(folderWith({ "a.yaml": refused, "b.yaml": good }), ["--stats", "-f", "compact"]);
  expect(err).toMatch(/^kronlint: 2 files, 2 objects in \d+ ms: start \d+, find \d+, read \d+, judge \d+, workspace \d+, report \d+ ms\n$/);
  expect(out).not.toContain("kronlint:");
});
