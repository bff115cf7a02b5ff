import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";
import { application, chart, fixedOf, good, linted, release, template, wrongHour } from "./installed-chart.js";

describe("inline values", () => {
  test.each([
    ["of a HelmRelease", release(`values:\n  ${wrongHour}`), "f.yaml:7:12"],
    ["of an Application, as an object", application(`valuesObject:\n  ${wrongHour}`), "f.yaml:10:16"],
    ["of an Application, as a text", application(`values: |\n  # hours\n  ${wrongHour}`), "f.yaml:11:16"],
    ["of an Application, as a parameter", application('parameters:\n  - name: at\n    value: "0 24 * * *"\n'), "f.yaml:11:21"],
    ["in a text with Windows line ends", application(`values: |\n  # hours\n  ${wrongHour}`).replaceAll("\n", "\r\n"), "f.yaml:11:16"],
  ])("%s are judged where they stand, and mended there", (_, text, place) => {
    const { found } = linted({ "f.yaml": text });
    expect(found).toEqual([`${place}: error [schedule-syntax]`]);
    expect(fixedOf({ "f.yaml": text }, "f.yaml")).toBe(text.replace("0 24 * * *", "0 0 * * *"));
  });

  test.each([
    ["folded", application(`values: >\n  at: "0 24 * * *"\n\n  image: { tag: "2" }\n`)],
    ["quoted", application(`values: "at: 0 24 * * *"\n`)],
    ["quoted over lines", application(`values: "at: 0 24 * * *\\n\\\n  image: {tag: '1'}"\n`)],
  ])("of a text that is %s are reported at the text, and left alone", (_, text) => {
    const { found } = linted({ "f.yaml": text });
    expect(found).toEqual(["f.yaml:9:15: error [schedule-syntax]"]);
    expect(fixedOf({ "f.yaml": text }, "f.yaml")).toBe(text);
  });

  test("that are only a part of it lead to the template", () => {
    const files = { "charts/c/templates/a.yaml": template.replace("{{ .Values.at | quote }}", '"0 {{ .Values.hour }}5 * * *"') };
    const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files, "f.yaml": release("values: { hour: 2 }\n") });
    const [finding] = JSON.parse(ran(cwd, ["-f", "json", "."]).out).diagnostics;
    expect([finding.file, finding.related[0].file, finding.related[0].message]).toEqual(["charts/c/templates/a.yaml", "f.yaml", "set here"]);
  });

  test("are what counts, and not the chart's own ones that they override", () => {
    const values = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n` };
    expect(linted({ ...values, "f.yaml": release(`values:\n  at: "0 3 * * *"\n`) }).found).toEqual([]);
    expect(linted({ ...values, "f.yaml": release("values: { other: 1 }\n") }).found).toEqual(["charts/c/values.yaml:1:8: error [schedule-syntax]"]);
  });

  test.each([
    ["a parameter over an object", application(`valuesObject:\n  ${wrongHour}parameters:\n  - { name: at, value: "0 3 * * *" }\n`)],
    ["an object over a text", application(`values: |\n  ${wrongHour}valuesObject: { at: "0 3 * * *" }\n`)],
    ["a ConfigMap over the chart's", release("valuesFrom: [{ kind: ConfigMap, name: x }]\n")],
    ["a file of another repository", application("valueFiles: [$values/web.yaml]\n")],
    ["a variable that Flux fills in", release('values: { at: "0 ${hour} * * *" }\n')],
    ["a variable that Argo CD fills in", application('parameters: [{ name: at, value: "$ARGOCD_APP_NAME" }]\n')],
    ["a renderer behind Helm", release("postRenderers: [{ kustomize: { patches: [] } }]\n")],
    ["a file of its own", release("values: {}\n").replace("./charts/c,", "./charts/c, valuesFiles: [v.yaml],")],
    ["a template's value", application('values: |\n  at: "{{ .Values.at }}"\n')],
  ])("that others override say nothing: %s", (_, text) => {
    const values = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n`, "v.yaml": good };
    expect(linted({ ...values, "f.yaml": text }).found).toEqual([]);
  });

  test("over unknown ones are known", () => {
    expect(linted({ "f.yaml": release(`valuesFrom: [{ kind: Secret, name: x }]\nvalues:\n  ${wrongHour}`) }).found).toEqual(["f.yaml:8:12: error [schedule-syntax]"]);
  });

  test("of a mapping that others add to are not taken for all of it", () => {
    const pod = { "charts/c/templates/a.yaml": template.replace("          restartPolicy: Never\n", "") };
    const text = release("valuesFrom: [{ kind: Secret, name: x }]\nvalues:\n  pod: { hostNetwork: false }\n");
    expect(linted({ ...pod, "f.yaml": text }).found).toEqual([]);
    expect(linted({ ...pod, "f.yaml": text.replace(/ {2}valuesFrom.*\n/, "") }).found).toEqual(["charts/c/templates/a.yaml:17:9: error [restart-policy-invalid]"]);
  });

  test("that take a default away leave it to the template", () => {
    const values = { "charts/c/values.yaml": `${good}policy: Never\n` };
    expect(linted({ ...values, "f.yaml": release("values: { policy: null }\n") }).found).toEqual([]);
    expect(linted({ ...values, "f.yaml": release("values: { policy: Replace }\n") }).found).toEqual([]);
  });

  test("of a file that an Application names are judged and mended there", () => {
    const files = { "env/prod.yaml": wrongHour, "f.yaml": application("valueFiles: [../../env/prod.yaml]\n") };
    expect(linted(files).found).toEqual(["env/prod.yaml:1:8: error [schedule-syntax]"]);
    expect(fixedOf(files, "env/prod.yaml")).toBe('at: "0 0 * * *"\n');
  });

  test("stay silent where a comment says so", () => {
    const text = `# apps\n${release('values:\n  at: "0 24 * * *" # kronlint-ignore schedule-syntax -- try\n')}---\nkind: ConfigMap\napiVersion: v1\n`;
    expect(linted({ "f.yaml": text }).out).toBe("");
  });

  test.each([
    ["in a text of values", { "f.yaml": application('values: |\n  a: 1\n  at: "0 24 * * *" # kronlint-ignore schedule-syntax -- try\n') }],
    ["above it", { "f.yaml": application('# kronlint-ignore schedule-syntax\nvalues: |\n  at: "0 24 * * *"\n') }],
    ["at the top of the file", { "f.yaml": `# kronlint-ignore-file schedule-syntax\n${application(`values: |\n  ${wrongHour}`)}` }],
    ["in the settings", { "f.yaml": application(`values: |\n  ${wrongHour}`), ".kronlint.yaml": "exclude: [f.yaml]\n" }],
    ["for its folder", { "apps/f.yaml": application(`values: |\n  ${wrongHour}`), ".kronlint.yaml": "overrides: [{ files: [apps/**], rules: { schedule-syntax: off } }]\n" }],
  ])("are left alone where that is said: %s", (_, files) => {
    expect(linted(files).out).toBe("");
  });

  test("that git ignores count for nothing", () => {
    expect(linted({ "f.yaml": application(`values: |\n  ${wrongHour}`), ".gitignore": "f.yaml\n" }, ["-q", "."]).out).toBe("");
  });
});
