import { describe, expect, test } from "vitest";
import { deploymentsIn } from "../../../../src/core/render/deployments.js";
import type { ValuesLayer } from "../../../../src/core/render/helm/layers.js";
import { unknownAction } from "../../../../src/core/render/helm/text.js";
import { renderedOf } from "./chart-of.js";

/** What an Application with this `helm` gives. */
function layersOf(helm: string): readonly ValuesLayer[] {
  const indented = helm.replace(/^/gm, "      ");
  const text = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec:\n  source:\n    path: c\n    helm:\n${indented}\n`;
  const [found] = deploymentsIn({ name: "app.yaml", text });
  return found?.values.layers.flatMap((layer) => (layer.kind === "path" ? [] : [layer])) ?? [];
}

/** What a template writes with a chart's own values under an Application's. */
function written(template: string, values: string, layers: readonly ValuesLayer[]): string {
  return renderedOf({ "templates/a.yaml": template, "values.yaml": values }, { layers }).source.text;
}

const unknown: ValuesLayer = { kind: "unknown" };

describe("parameters", () => {
  test.each([
    ["1", "7", "8"],
    ["'1.5'", "1.5", ""],
    ["'007'", "007", ""],
    ["'TRUE'", "true", ""],
    ["'{a, b}'", "[a b]", ""],
  ])("%s is typed as Helm types it", (value, shown, next) => {
    const layers = layersOf(`parameters: [{ name: a, value: ${value === "1" ? "'7'" : value} }]`);
    expect(written(next === "" ? '{{ if kindIs "slice" .Values.a }}[{{ join " " .Values.a }}]{{ else }}{{ .Values.a }}{{ end }}' : "{{ .Values.a }}", "", layers)).toBe(shown);
    if (next !== "") expect(written("{{ add .Values.a 1 }}", "", layers)).toBe(next);
  });

  test("that are forced are texts, and null takes a key away", () => {
    expect(written("{{ toYaml .Values.a }}", "", layersOf("parameters: [{ name: a, value: '7', forceString: true }]"))).toBe("'7'");
    expect(written('{{ .Values.a | default "gone" }}', "a: 1\n", layersOf("parameters: [{ name: a, value: 'null' }]"))).toBe("gone");
  });

  test.each([
    ["a.b\\\\.c/d", '{{ index .Values.a "b.c/d" }} {{ .Values.a.x }}', "new 1"],
    ["list[1].name", "{{ (index .Values.list 1).name }}{{ len .Values.list }}", "new2"],
  ])("named %s lie where that says", (name, template, expected) => {
    expect(written(template, "a: { x: 1 }\nlist: [{ name: own }]\n", layersOf(`parameters: [{ name: "${name}", value: new }]`))).toBe(expected);
  });

  test("of a name that is none may mean any", () => {
    expect(written("{{ .Values.a }}", "a: 1\n", layersOf("parameters: [{ name: 'b..c', value: x }]"))).toBe("{{ .Values.a }}");
  });
});

describe("what nobody knows", () => {
  const over = [unknown, ...layersOf("valuesObject: { a: { known: 1 }, list: [1] }")];

  test.each([
    ["{{ .Values.a.known }}", "1"],
    ["{{ .Values.list | len }}", "1"],
    ["{{ .Values.a.other }}", "{{ .Values.a.other }}"],
    ["{{ .Values.own }}", "{{ .Values.own }}"],
    ['{{ .Values.none | default "x" }}', '{{ .Values.none | default "x" }}'],
    ['{{ if hasKey .Values "a" }}yes{{ end }}', "yes"],
    ["{{ toYaml .Values.a }}", "{{ toYaml .Values.a }}"],
    ["{{ len .Values.a }}", "{{ len .Values.a }}"],
    ["{{ if .Values.a }}yes{{ end }}", "yes"],
    ['{{ (merge (dict "z" 1) .Values.a).known }}', '{{ (merge (dict "z" 1) .Values.a).known }}'],
  ])("lies below values that are known: %s", (template, expected) => {
    expect(written(template, "own: 1\na: { other: 2 }\n", over)).toBe(expected);
  });

  test("goes through a mapping once, with anything", () => {
    expect(written("{{ range $k, $v := .Values.a }}{{ $v }}{{ end }}", "", over)).toContain("{{ $v }}");
    expect(written('k: {{ dict "a" .Values.a | toYaml }}', "", over)).toContain(unknownAction);
  });

  test("may override all that is below", () => {
    expect(written("{{ .Values.own }}{{ .Values.a.known }}", "own: 1\n", [...over, unknown])).toBe("{{ .Values.own }}{{ .Values.a.known }}");
  });
});

test("null in a later layer takes the chart's own away too", () => {
  const layers = [...layersOf("valuesObject: { a: 2 }"), ...layersOf("valuesObject: { a: null }")];
  expect(written('{{ .Values.a | default "gone" }}', "a: 1\n", layers)).toBe("gone");
});

test("other files stand in for the chart's own values", () => {
  const files = { "templates/a.yaml": '{{ .Values.a | default "none" }}', "values.yaml": "a: 1\n" };
  expect(renderedOf(files, { withoutOwn: true }).source.text).toBe("none");
});
