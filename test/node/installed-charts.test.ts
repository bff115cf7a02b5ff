/** Charts as objects of Argo CD and Flux in the same tree install them. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";
import { application, chart, good, linted, release, template, wrongHour } from "./installed-chart.js";

describe("several installations", () => {
  const two = (first: string, second: string): Readonly<Record<string, string>> => ({ "a.yaml": release(first, "one"), "b.yaml": application(second, "two") });

  test("say once what they have in common", () => {
    const files = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n` };
    const { found } = linted({ ...files, ...two("values: { x: 1 }\n", "valuesObject: { x: 2 }\n") });
    expect(found).toEqual(["charts/c/values.yaml:1:8: error [schedule-syntax]"]);
  });

  test("are named where it is true of some", () => {
    const files = { "charts/c/templates/a.yaml": template.replace("restartPolicy: Never", "restartPolicy: {{ if .Values.x }}Always{{ else }}Never{{ end }}") };
    const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files, ...two("values: { x: true }\n", "valuesObject: { x: false }\n") });
    const { diagnostics } = JSON.parse(ran(cwd, ["-f", "json", "."]).out);
    expect(diagnostics.map(({ rule, related }: never) => [rule, (related as never[]).map(({ message }) => message)])).toEqual([
      ["restart-policy-invalid", ["so it is as HelmRelease one installs it"]],
    ]);
  });

  test("each have their own faults", () => {
    expect(linted(two(`values:\n  ${wrongHour}`, 'valuesObject:\n  at: "0 2 * * 8"\n')).found).toEqual([
      "a.yaml:7:12: error [schedule-syntax]",
      "b.yaml:10:22: error [schedule-syntax]",
    ]);
  });

  test("are called as their objects say", () => {
    const name = { "charts/c/templates/a.yaml": template.replace("{{ .Release.Name }}", `{{ .Release.Name }}-${"x".repeat(40)}`) };
    expect(linted({ ...name, "a.yaml": release("values: {}\n", "short"), "b.yaml": application("releaseName: tiny\n", "y".repeat(40)) }).found).toEqual([]);
    expect(linted({ ...name, "b.yaml": application("values: ''\n", "y".repeat(40)) }).found).toEqual(["charts/c/templates/a.yaml:4:9: error [name-too-long]"]);
  });

  test("give way to what is asked for", () => {
    const files = { "more.yaml": good, "f.yaml": release(`values:\n  ${wrongHour}`) };
    expect(linted(files, ["--values", "more.yaml", "-q", "."]).found).toEqual([]);
    expect(linted(files, ["--release", "demo", "."]).found).toEqual([]);
    expect(linted({ ...files, "charts/c/.kronlint.yaml": "helm: { release: demo }\n" }).found).toEqual([]);
  });
});

describe("what is asked for", () => {
  const files = { "apps/f.yaml": release(`values:\n  ${wrongHour}`), "charts/c/values.yaml": `${good}policy: Never\n` };
  const inFile = "apps/f.yaml:7:12: error [schedule-syntax]";
  const inChart = expect.stringMatching(/^charts\/c\/values\.yaml:3:9: error/);

  test("is the manifest alone, or the chart alone, which it belongs to", () => {
    expect(linted(files, ["apps"]).found).toEqual([inFile]);
    expect(linted(files, ["apps/f.yaml"]).found).toEqual([inFile]);
    expect(linted(files, ["charts"]).found).toEqual([inChart, inFile]);
    expect(linted(files, ["charts/c/templates/a.yaml"]).found).toEqual(expect.arrayContaining([inChart, inFile]));
    expect(linted(files, ["."]).found).toEqual([inFile, inChart]);
  });
});

test("an ApplicationSet's placeholders are unknown, and the rest is not", () => {
  const set = (values: string, path = "charts/c"): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  generators: [{ list: { elements: [{ env: dev }] } }, { git: { directories: [{ path: charts/* }] } }]
  template:
    metadata: { name: "c-{{env}}" }
    spec:
      source:
        path: "${path}"
        helm: { valuesObject: { ${values} } }
      destination: { namespace: jobs, name: "{{env}}" }
`;
  expect(linted({ "s.yaml": set('at: "{{schedule}}"') }).found).toEqual([expect.stringMatching(/info \[name-too-long\]$/)]);
  expect(linted({ "s.yaml": set('at: "0 24 * * *", env: "{{env}}"') }).found).toContain("s.yaml:11:40: error [schedule-syntax]");
  expect(linted({ "s.yaml": set('at: "0 24 * * *"', "{{path}}") }).found).toContain("s.yaml:11:40: error [schedule-syntax]");
  expect(linted({ "s.yaml": set('at: "0 24 * * *"', "{{path}}").replace("charts/*", "other/*") }).found).not.toContain("s.yaml:11:40: error [schedule-syntax]");
});

describe("charts inside of charts", () => {
  const sub = {
    "charts/c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
    "charts/c/charts/s/values.yaml": `${wrongHour}image: { tag: "1" }\n`,
    "charts/c/charts/s/templates/b.yaml": template.replace("{{ .Release.Name }}", "sub"),
    "charts/c/charts/packed-1.0.0.tgz": "not read",
  };
  const listed = (more: string): Readonly<Record<string, string>> => ({ ...sub, "charts/c/Chart.yaml": `${chart["charts/c/Chart.yaml"]}dependencies:\n  - { name: s, version: 1.0.0, ${more} }\n  - { name: packed, version: 1.0.0 }\n` });
  const found = (files: Readonly<Record<string, string>>): readonly string[] => linted(files).found.filter((line) => line.includes("charts/s/"));
  const fault = ["charts/c/charts/s/values.yaml:1:8: error [schedule-syntax]"];
  const off = { "charts/c/values.yaml": `${good}s: { enabled: false }\ntags: { back: false }\n` };

  test("are judged with unknown values when they are switched off", () => {
    expect(found(listed("repository: x"))).toEqual(fault);
    expect(found({ ...listed("condition: s.enabled"), ...off })).toEqual([]);
    expect(found({ ...listed("tags: [back]"), ...off })).toEqual([]);
    expect(found({ ...listed("tags: [back, front]"), ...off, "charts/c/values.yaml": `${good}tags: { back: false, front: true }\n` })).toEqual(fault);
    expect(found({ ...listed("condition: 's.none,s.enabled'"), ...off })).toEqual([]);
    const literal = { "charts/c/charts/s/templates/b.yaml": template.replace("{{ .Release.Name }}", "sub").replace("restartPolicy: Never", "restartPolicy: Always") };
    expect(found({ ...listed("condition: s.enabled"), ...off, ...literal })).toEqual(["charts/c/charts/s/templates/b.yaml:21:26: error [restart-policy-invalid]"]);
  });

  test("are switched on by an installation, and called by their alias", () => {
    expect(found({ ...listed("condition: s.enabled"), ...off, "f.yaml": release("values: { s: { enabled: true } }\n") })).toEqual(fault);
    expect(found({ ...listed("alias: t"), "f.yaml": release('values: { t: { at: "0 3 * * *" } }\n') })).toEqual([]);
    expect(found({ ...listed("alias: t"), "f.yaml": release('values: { s: { at: "0 3 * * *" } }\n') })).toEqual(fault);
  });
});

test("an Application that a chart writes brings its values too", () => {
  const app = application(`valuesObject:\n  at: "0 24 * * *"\n  image: { tag: {{ .Values.tag }} }\n`).replace("name: prod", "server: {{ .Values.server }}");
  const files = { "root/Chart.yaml": "apiVersion: v2\nname: root\nversion: 1.0.0\n", "root/values.yaml": "tag: 2\n", "root/templates/web.yaml": app };
  expect(linted(files).found).toEqual(["root/templates/web.yaml:10:16: error [schedule-syntax]"]);
});

describe("what a change brings", () => {
  const git = (cwd: string, ...args: readonly string[]): void => void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd, stdio: "ignore" });
  const changed = (before: string, after: string, more: Readonly<Record<string, string>> = {}): string => {
    const cwd = folderWith({ ...chart, ...more, "f.yaml": before });
    git(cwd, "init", "-q");
    git(cwd, "add", "-A");
    git(cwd, "commit", "-qm", "first");
    writeFileSync(join(cwd, "f.yaml"), after);
    return cwd;
  };
  const ofPart = { "charts/c/templates/a.yaml": template.replace("{{ .Values.at | quote }}", '"0 {{ .Values.hour }}5 * * *"') };

  test.each([
    ["to a value", release('values: { at: "0 3 * * *" }\n'), release('values: { at: "0 24 * * *" }\n'), {}, /^f\.yaml:6:\d+: error/],
    ["to a part of what a template writes", release("values: { hour: 1 }\n"), release("values: { hour: 2 }\n"), ofPart, /^charts\/c\/templates\/a\.yaml:6:\d+: error/],
    ["elsewhere in the file", release('values: { at: "0 24 * * *" }\n'), `# new\n${release('values: { at: "0 24 * * *" }\n')}`, {}, /^$/],
    ["elsewhere than where a part is given", release("values: { hour: 2 }\n"), `# new\n${release("values: { hour: 2 }\n")}`, ofPart, /^$/],
  ])("%s is reported where it is mended", (_, before, after, more, expected) => {
    expect(ran(changed(before, after, more), ["-f", "compact", "--since", "HEAD", "."]).out).toMatch(expected);
  });

  test("counts for files that changed too", () => {
    const cwd = changed(release("values: { hour: 1 }\n"), release("values: { hour: 2 }\n"), ofPart);
    expect(ran(cwd, ["-f", "compact", "--changed-files", "HEAD", "."]).out).toMatch(/^charts\/c\/templates\/a\.yaml:6:\d+: error/);
  });
});
