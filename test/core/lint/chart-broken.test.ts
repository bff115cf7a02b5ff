import { describe, expect, test } from "vitest";
import { templateFault } from "../../../src/core/render/helm/template-fault.js";
import { textAt } from "../../../src/core/text/place.js";
import { jobWith, lintedChart } from "./chart-of.js";

const good = { "templates/a.yaml": jobWith("{{ .Values.policy }}") };

function errors(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  const found = lintedChart(files).found(path).filter(({ rule }) => rule === "yaml-syntax" || rule === "unreadable-input");
  return found.map(({ rule, message, place }) => `${rule} at ${JSON.stringify(textAt(place))}: ${message}`);
}

describe("values that Helm cannot read", () => {
  test.each([
    ["a quote that stays open", 'a: "b\nc: d\n', /^yaml-syntax at "\\"": .*not closed/],
    ["a list", "- a\n- b\n", /^unreadable-input at "- a": .*this is a list; Helm refuses the file$/],
    ["a text", "an issue\n", /^unreadable-input at "an issue": .*this is a text/],
  ])("%s", (_, values, expected) => {
    const files = { ...good, "values.yaml": values };
    expect(errors(files, "values.yaml")).toEqual([expect.stringMatching(expected)]);
    expect(lintedChart(files).reports.files()).toEqual(["values.yaml"]);
    // What is not known is not judged.
    expect(lintedChart(files).said("templates/a.yaml", "value-unsupported")).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["a comment", "# nothing\n"],
    ["a key that stands twice, of which the last one counts", "policy: Never\npolicy: Always\n"],
    ["what something else fills in first", "a: {{ tag }}\nb: c\n"],
    ["actions in quotes", 'policy: "{{ .Values.b }}"\n'],
  ])("not %s", (_, values) => {
    expect(errors({ ...good, "values.yaml": values }, "values.yaml")).toEqual([]);
  });

  test("those of a chart that it brings along, but no other's", () => {
    const sub = { "charts/s/Chart.yaml": "name: s\nversion: 1.0.0\n", "charts/s/values.yaml": "a: [\n" };
    expect(errors({ ...good, ...sub }, "charts/s/values.yaml").length).toBe(1);
    expect(errors({ ...good, "ci/values.yaml": "a: [\n" }, "ci/values.yaml")).toEqual([]);
  });

  test("nothing is said of a chart without a Job", () => {
    expect(errors({ "templates/a.yaml": "kind: Deployment\n", "values.yaml": "a: [\n" }, "values.yaml")).toEqual([]);
  });
});

describe("templates that Helm cannot read", () => {
  test.each([
    ["an end too few", "{{ if .Values.a }}\na: 1\n", "{{ if .Values.a }}", "no {{ end }} closes this if"],
    ["an end too few, further in", "{{ with .a }}{{ range .b }}{{ else }}{{ end }}", "{{ with .a }}", "no {{ end }} closes this with"],
    ["an end too few of a definition", '{{- define "a" -}}\n', '{{- define "a" -}}', "no {{ end }} closes this define"],
    ["an end too many", "{{ if .a }}{{ end }}{{- end }}", "{{- end }}", "this {{ end }} closes nothing"],
    ["an action without an end", "a: {{ .Values.a }}\nb: {{ .Values.b }\n", "{{", "no }} closes this action"],
  ])("%s", (_, text, at, message) => {
    const fault = templateFault(text);
    expect(fault && [text.slice(fault.start, fault.end), fault.message.split(",")[0]]).toEqual([at, message]);
  });

  test.each([
    "{{ if .a }}{{ else if .b }}{{ else }}{{ end }}",
    "{{/* {{ if }} */}}{{- /* end */ -}}",
    '{{ "{{ if" }}{{ `{{ end }}` }}',
    "{{ block \"a\" . }}{{ end }}{{ with $x := .a }}{{ end }}{{ if(.a) }}{{ end }}",
    "{{ endpoint }}{{ .Values.end }}{{ ifelse }}",
    "{ { if }}",
  ])("not %s", (text) => {
    expect(templateFault(text)).toBeUndefined();
  });

  test("the finding stands in the template, and in a helper", () => {
    expect(errors({ "templates/a.yaml": `${jobWith("Never")}{{ if .Values.a }}\n` }, "templates/a.yaml")).toEqual([expect.stringContaining("no {{ end }} closes this if")]);
    expect(errors({ ...good, "templates/_h.tpl": '{{ define "a" }}' }, "templates/_h.tpl")).toEqual([expect.stringContaining("no {{ end }} closes this define")]);
    expect(lintedChart({ ...good, "templates/_h.tpl": '{{ define "a" }}' }).reports.files()).toEqual(["templates/_h.tpl"]);
  });
});
