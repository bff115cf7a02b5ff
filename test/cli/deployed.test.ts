import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { ran } from "./world.js";

/** Beyond the whole projects: what is near a chart or an overlay, and how parts of them are asked for. */
const cronJob = (name: string, spec: string, image = "a:1"): string =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${name}\nspec:\n${spec}  jobTemplate:\n    spec:\n      template:\n        spec:\n` +
  `          restartPolicy: Never\n          containers: [{ name: a, image: "${image}" }]\n`;

const chart = (values: string, template = cronJob("nightly", "  schedule: {{ .Values.schedule | quote }}\n")) => ({
  "chart/Chart.yaml": "apiVersion: v2\nname: jobs\nversion: 1.0.0\n",
  "chart/values.yaml": values,
  "chart/templates/cronjob.yaml": template,
});

const overlays = {
  "base/job.yaml": cronJob("report", '  schedule: "0 3 * * *"\n'),
  "base/kustomization.yaml": "resources: [job.yaml]\n",
  "eu/kustomization.yaml": "resources: [../base]\n",
  "us/kustomization.yaml": "resources: [../base]\npatches: [{ path: patch.yaml }]\n",
  "us/patch.yaml": 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\nspec:\n  schedule: "0 9 * * *"\n',
};

const now = ["--from", "2026-03-01T00:00:00Z", "--tz", "Etc/UTC", "--no-config"];
const titles = (out: string): readonly string[] => out.split("\n").filter((line) => /^\S+:\d+ CronJob /.test(line));
const next = (files: Readonly<Record<string, string>>, ...args: string[]) => ran(folderWith(files), ["next", ...args, "--count", "1", ...now]);

describe("next of a chart", () => {
  test("has the values of the chart, of files and of flags", () => {
    const files = { ...chart("schedule: 0 1 * * *\n"), "prod.yaml": 'schedule: "0 2 * * *"\n' };
    expect(next(files, "chart").out).toContain("\n  0 1 * * *  at 01:00 every day");
    expect(next(files, ".").out).toContain("\n  0 1 * * *  at 01:00 every day");
    expect(next(files, "chart", "--values", "prod.yaml").out).toContain("\n  0 2 * * *  at 02:00 every day");
    expect(titles(next(files, "chart/templates/cronjob.yaml").out)).toEqual(["chart/templates/cronjob.yaml:6 CronJob nightly"]);
    expect(titles(next(files, "chart/values.yaml").out)).toEqual(["chart/templates/cronjob.yaml:6 CronJob nightly"]);
  });

  test.each([
    ["that nobody sets", "{}\n"],
    ["that is left empty", "schedule:\n"],
    ["of values that do not parse", "schedule: [\n"],
  ])("does not know a schedule %s", (_, values) => {
    const { out, code } = next(chart(values), "chart");
    expect(out).toBe("chart/templates/cronjob.yaml:6 CronJob nightly\n  no runs: its schedule is a template's\n\n");
    expect(code).toBe(1);
  });

  test("knows the settings", () => {
    const files = {
      ...chart("schedule: 0 1 * * *\n", cronJob("{{ .Release.Name }}-a", "  schedule: {{ .Values.schedule | quote }}\n")),
      ".kronlint.yaml": "helm: { release: night, values: [more.yaml] }\n",
      "more.yaml": 'schedule: "0 4 * * *"\n',
    };
    const { out } = ran(folderWith(files), ["next", "chart", "--count", "1", ...now.filter((word) => word !== "--no-config")]);
    expect(out).toContain("CronJob night-a\n  0 4 * * *");
  });

  test("says what the values switch off, and shows what they might", () => {
    const guarded = (condition: string) => `{{- if ${condition} }}\n${cronJob("a", '  schedule: "0 1 * * *"\n')}{{- end }}\n`;
    const off = next(chart("enabled: false\n", guarded(".Values.enabled")), "chart");
    expect(off).toMatchObject({ code: 0, out: "" });
    expect(off.err).toBe("kronlint: left out: 1 object that the values of a chart switch off\nkronlint: no CronJob in what was read\n");
    expect(titles(next(chart("enabled: true\n", guarded(".Values.enabled")), "chart").out)).toEqual(["chart/templates/cronjob.yaml:7 CronJob a"]);
    expect(titles(next(chart("{}\n", guarded('eq .Release.Name "x"')), "chart").out)).toHaveLength(1);
    const loop = `{{- range .Values.jobs }}\n---\n${cronJob("{{ .name }}", "  schedule: {{ .at | quote }}\n")}{{- end }}\n`;
    expect(titles(next(chart("jobs: []\n", loop), "chart").out)).toEqual([]);
    const two = next(chart('jobs: [{ name: a, at: "0 1 * * *" }, { name: b, at: "0 2 * * *" }]\n', loop), "chart");
    expect(titles(two.out).map((line) => line.split(" ").at(-1))).toEqual(["a", "b"]);
  });

  test("a chart that is left out by the one above deploys nothing", () => {
    const inner = Object.entries(chart("schedule: 0 1 * * *\n")).map(([path, text]) => [path.replace("chart/", "top/charts/jobs/"), text]);
    const top = (on: boolean) => ({
      ...Object.fromEntries(inner),
      "top/Chart.yaml": "apiVersion: v2\nname: top\nversion: 1.0.0\ndependencies: [{ name: jobs, version: 1.0.0, condition: jobs.enabled }]\n",
      "top/values.yaml": `jobs: { enabled: ${String(on)} }\n`,
    });
    expect(titles(next(top(true), "top").out)).toHaveLength(1);
    expect(titles(next(top(false), "top").out)).toHaveLength(0);
  });

  test("a template that Helm cannot follow is read as it is written", () => {
    const { out } = next(chart("schedule: 0 1 * * *\n", `{{ if }}\n${cronJob("a", "  schedule: {{ .Values.schedule }}\n")}`), "chart");
    expect(out).toContain("no runs: its schedule is a template's");
  });

  test("each release is one", () => {
    const app = (name: string, schedule: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name} }\nspec:\n  source:\n    repoURL: https://example.com/a.git\n` +
      `    path: chart\n    helm:\n      valuesObject: { schedule: "${schedule}" }\n  destination: { namespace: ${name} }\n`;
    const files = { ...chart("schedule: 0 1 * * *\n"), "a.yaml": app("a", "0 5 * * *"), "b.yaml": app("b", "0 6 * * *"), ".git/HEAD": "" };
    expect(titles(next(files, ".").out)).toEqual([
      "chart/templates/cronjob.yaml:6 CronJob nightly as Application a deploys it",
      "chart/templates/cronjob.yaml:6 CronJob nightly as Application b deploys it",
    ]);
  });
});

describe("next of overlays", () => {
  const eu = "base/job.yaml:6 CronJob report as eu deploys it";
  const us = "us/patch.yaml:5 CronJob report as us deploys it";

  test.each([
    [["."], [eu, us]],
    [["base"], [eu, us]],
    [["base/job.yaml"], [eu, us]],
    [["us"], [us]],
    [["us/patch.yaml"], [us]],
    [["us/kustomization.yaml"], [us]],
    // As in a lint run: what is asked for by whole overlays is theirs.
    [["us/patch.yaml", "us", "base"], [us]],
  ])("%j", (paths, expected) => {
    const { out, code } = next({ ...overlays, ".git/HEAD": "" }, ...paths);
    expect(titles(out)).toEqual(expected);
    expect(code).toBe(0);
  });

  test("a kustomization may be called otherwise", () => {
    const { "us/kustomization.yaml": us, ...rest } = overlays;
    expect(titles(next({ ...rest, "us/Kustomization": us, ".git/HEAD": "" }, "us").out)).toHaveLength(1);
  });

  test("of a base that is not here, the patch is a patch", () => {
    const files = { ...overlays, "us/kustomization.yaml": "resources: ['https://example.com/base']\npatches: [{ path: patch.yaml }]\n" };
    expect(titles(next(files, "us").out)).toEqual(["us/patch.yaml:5 CronJob report"]);
    const silent = { ...files, "us/patch.yaml": "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\nspec: { suspend: true }\n" };
    expect(next(silent, "us")).toMatchObject({ code: 0, out: "", err: "kronlint: no CronJob in what was read\n" });
  });

  test.each([
    ["replacements", "replacements:\n- source: { kind: ConfigMap, name: c }\n  targets: [{ select: { kind: CronJob }, fieldPaths: [spec.schedule] }]\n"],
    ["transformers", "transformers: [other.yaml]\n"],
  ])("what %s make of it is not known", (_, rest) => {
    const { out } = next({ ...overlays, "eu/kustomization.yaml": `resources: [../base]\n${rest}` }, "eu");
    expect(out).toMatch(/as eu deploys it\n {2}no runs: its (?:schedule|time zone) is a template's/);
  });

  test("what a patch deletes is not there, and what cannot be built is read as it is", () => {
    const patch = "patches:\n- patch: |-\n    $patch: delete\n    apiVersion: batch/v1\n    kind: CronJob\n    metadata: { name: report }\n";
    expect(next({ ...overlays, "eu/kustomization.yaml": `resources: [../base]\n${patch}` }, "eu").out).toBe("");
    expect(titles(next({ "job.yaml": overlays["base/job.yaml"], "kustomization.yaml": "resources: [\n" }, ".").out)).toEqual([
      "job.yaml:6 CronJob report",
    ]);
  });
});

test("a stream is read as it is", () => {
  const { out } = ran(folderWith(chart("schedule: 0 1 * * *\n")), ["next", "-", "--count", "1", ...now], { stdin: cronJob("a", '  schedule: "0 7 * * *"\n') });
  expect(titles(out)).toEqual(["<stdin>:6 CronJob a"]);
});

test("Jobs of an export that a CronJob started are no manifests", () => {
  const started = "kind: Job, metadata: { name: a-1, ownerReferences: [{ kind: CronJob, name: a, uid: 1-2 }] }, spec: { template: { spec: {} } }";
  const list = `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: batch/v1, ${started} }\n`;
  const cwd = folderWith({ "export.yaml": list });
  expect(ran(cwd, ["verdict", "export.yaml", "--no-config"])).toMatchObject({ code: 0, out: "" });
  expect(ran(cwd, ["timeline", "export.yaml", "--no-config"]).err).toBe("kronlint: no CronJob in what was read\n");
});

describe("verdict", () => {
  const verdict = (files: Readonly<Record<string, string>>, ...args: string[]) =>
    ran(folderWith(files), ["verdict", ...args, "-k", "1.36", "--no-config"]);

  test("names the file where it is another one", () => {
    const { out, code } = verdict(chart("schedule: 0 25 * * *\n"), "chart", "--format", "json");
    const [object] = JSON.parse(out).objects;
    expect(object).toMatchObject({ file: "chart/templates/cronjob.yaml", line: 2, name: "nightly" });
    expect(object.verdicts["1.36"].errors).toMatchObject([{ field: "spec.schedule", file: "chart/values.yaml", range: { line: 1, column: 13 } }]);
    expect(code).toBe(1);
  });

  test("is given for each overlay", () => {
    const files = { ...overlays, "us/patch.yaml": overlays["us/patch.yaml"].replace("0 9 ", "0 99 ") };
    const { out, code } = verdict(files, ".");
    expect(out).toMatch(/report as eu deploys it\n {2}1\.36 {2}accepted\n/);
    expect(out).toMatch(/report as us deploys it\n {2}1\.36 {2}rejected: 1 reason\n {2}us\/patch\.yaml:5:16 error FieldValueInvalid spec\.schedule/);
    expect(code).toBe(1);
  });
});

test("a timeline tells apart what overlays call alike, and leaves out what files do", () => {
  const files = { ...overlays, "twin/a.yaml": overlays["base/job.yaml"], "twin/b.yaml": overlays["base/job.yaml"] };
  const args = ["timeline", "base", "twin", "--from", "2026-03-01T00:00:00Z", "--tz", "Etc/UTC", "--no-config", "--format", "json"];
  const { out, err } = ran(folderWith({ ...files, ".git/HEAD": "" }), args);
  const found: readonly { readonly file: string; readonly deployedBy?: string }[] = JSON.parse(out).cronJobs;
  expect(found.map(({ file, deployedBy }) => [file, deployedBy])).toEqual([
    ["twin/a.yaml", undefined],
    ["base/job.yaml", "eu"],
    ["us/patch.yaml", "us"],
  ]);
  expect(err).toBe("kronlint: twin/b.yaml:6 CronJob report is left out: twin/a.yaml:6 has the same name\n");
});

describe("diff --since", () => {
  const committed = (files: Readonly<Record<string, string>>): string => {
    const cwd = folderWith(files);
    const git = (...args: string[]): void => void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    return cwd;
  };
  const since = (cwd: string, ...paths: string[]) => {
    return ran(cwd, ["diff", "--since", "HEAD", ...paths, "--now", "2026-03-01T00:00:00Z", "-k", "1.36", "--no-config"]);
  };

  test.each([["."], ["chart"], ["chart/values.yaml"], ["chart/templates/cronjob.yaml"]])("renders the chart as it was, asked for %s", (path) => {
    const named = cronJob("{{ .Release.Name }}-a", "  schedule: {{ .Values.schedule | quote }}\n");
    const cwd = committed(chart("schedule: 0 1 * * *\n", named));
    expect(since(cwd, path)).toMatchObject({ code: 0, out: "" });
    writeFileSync(join(cwd, "chart/values.yaml"), "schedule: 0 2 * * *\n");
    const { out } = since(cwd, path);
    expect(out).toMatch(/^chart\/templates\/cronjob\.yaml:2 CronJob \? .*updated\n {2}1\.36 {2}accepted\n {2}fired {2}0 1 \* \* \*.*\n {2}fires {2}0 2 \* \* \*/);
  });

  test.each([["."], ["us"], ["us/patch.yaml"]])("builds the overlays as they were, asked for %s", (path) => {
    const cwd = committed(overlays);
    expect(since(cwd, path)).toMatchObject({ code: 0, out: "" });
    writeFileSync(join(cwd, "us/patch.yaml"), overlays["us/patch.yaml"].replace("0 9 ", "0 10 "));
    const { out } = since(cwd, path);
    expect(titles(out)).toEqual(["base/job.yaml:2 CronJob report as us deploys it updated"]);
    expect(out).toContain("moves from 09:00 to 10:00 Etc/UTC");
  });

  test("a base changes each overlay that does not say otherwise", () => {
    const cwd = committed(overlays);
    writeFileSync(join(cwd, "base/job.yaml"), `# why\n${overlays["base/job.yaml"].replace("0 3 ", "0 4 ")}`);
    expect(titles(since(cwd, "us").out)).toEqual([]);
    expect(titles(since(cwd, ".").out)[0]).toBe("base/job.yaml:3 CronJob report as eu deploys it updated");
  });

  test("an overlay that is gone takes its objects along", () => {
    const cwd = committed(overlays);
    rmSync(join(cwd, "eu"), { recursive: true });
    expect(since(cwd, ".").out).toBe("CronJob default/report as eu deploys it is gone from the manifests: applying them deletes nothing\n");
  });
});

test("diff of two folders builds each for itself", () => {
  const side = (name: string, schedule: string) =>
    Object.entries({ ...overlays, "base/job.yaml": cronJob("report", `  schedule: "${schedule}"\n`) }).map(([path, text]) => [`${name}/${path}`, text]);
  const cwd = folderWith(Object.fromEntries([...side("old", "0 3 * * *"), ...side("new", "0 5 * * *")]));
  const { out } = ran(cwd, ["diff", "old", "new", "--now", "2026-03-01T00:00:00Z", "-k", "1.36", "--no-config", "--format", "json"]);
  const { objects, removed, ambiguous } = JSON.parse(out);
  expect(objects).toMatchObject([{ file: "new/base/job.yaml", deployedBy: "new/eu", change: "updated" }]);
  expect([objects.length, removed, ambiguous]).toEqual([1, [], []]);
});
