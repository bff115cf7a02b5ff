/** Expected texts are what `helm template` writes for the same chart, but for what nobody knows. */
import { describe, expect, test } from "vitest";
import { chartOf, renderedOf, written } from "./chart-of.js";

const values = `
name: nightly
count: 3
big: 1234567
half: 0.5
yea: true
nay: false
empty: ""
nothing:
none: {}
list: [a, b]
map: { z: 1, a: { k: v } }
text: "line 1\\nline 2\\n"
cron: "*/5 * * * *"
`;

describe("values and pipelines", () => {
  test.each([
    ["{{ .Values.name }}", "nightly"],
    ['{{ .Values.name | quote }} {{ squote .Values.name }}', `"nightly" 'nightly'`],
    ["{{ .Values.count }} {{ .Values.half }} {{ .Values.big }} {{ int .Values.big }}", "3 0.5 1.234567e+06 1234567"],
    ["{{ .Values.yea }} {{ not .Values.yea }}", "true false"],
    ['{{ default "x" .Values.empty }} {{ .Values.missing | default "y" }} {{ .Values.name | default "z" }}', "x y nightly"],
    ["{{ .Values.map | toYaml | nindent 2 }}", "\n  a:\n    k: v\n  z: 1"],
    ["{{ toYaml .Values.list | indent 2 }}", "  - a\n  - b"],
    ["{{ toYaml .Values.cron }}", "'*/5 * * * *'"],
    ['{{ toYaml (dict "t" .Values.text) }}', "t: |\n  line 1\n  line 2"],
    ["{{ .Values.list | toJson }} {{ .Values.map | toJson }}", '["a","b"] {"a":{"k":"v"},"z":1}'],
    ['{{ printf "%s-%d-%v %% %q" .Values.name 4 true "a" }}', 'nightly-4-true % "a"'],
    ["{{ printf \"%05d\" 42 }} {{ 'a' }} {{ 0x10 }} {{ `raw` }} {{ \"\\u00e9\\t|\" }}", "00042 97 16 raw é\t|"],
    ["a {{- \"b\" -}} c", "abc"],
    ["{{/* nothing */}}x{{- /* \n }} */ -}}  y", "xy"],
    ["{{ $x := 1 }}{{ range .Values.list }}{{ $x = add $x 1 }}{{ end }}{{ $x }}", "3"],
    ["{{ range $i, $v := .Values.list }}{{ $i }}={{ $v }};{{ end }}", "0=a;1=b;"],
    ["{{ range $k, $v := .Values.map }}{{ $k }};{{ end }}", "a;z;"],
    ["{{ range until 5 }}{{ if eq . 3 }}{{ break }}{{ end }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ . }}{{ end }}", "02"],
    ["{{ with .Values.map.a }}{{ .k }}{{ $.Values.name }}{{ end }}", "vnightly"],
    ["{{ if .Values.nay }}a{{ else if eq .Values.count 3.0 }}b{{ else }}c{{ end }}", "b"],
    ["{{ if and .Values.yea (not .Values.nay) }}x{{ end }}{{ if or .Values.nay .Values.yea }}y{{ end }}", "xy"],
    ["{{ ternary \"a\" \"b\" .Values.yea }}{{ .Values.yea | ternary \"c\" \"d\" }}", "ac"],
    ["{{ coalesce .Values.empty .Values.nothing .Values.name }}", "nightly"],
    ['{{ trunc 3 .Values.name }} {{ trunc -3 .Values.name }} {{ trimSuffix "ly" .Values.name }} {{ trimPrefix "ni" .Values.name }}', "nig tly night ghtly"],
    ['{{ upper "ab" }}{{ lower "CD" }}{{ title "e f" }}{{ replace "-" "_" "a-b" }}{{ repeat 2 "x" }}', "ABcdE Fa_bxx"],
    ['{{ contains "igh" .Values.name }}{{ hasPrefix "ni" .Values.name }}{{ hasSuffix "x" .Values.name }}', "truetruefalse"],
    ['{{ join "," .Values.list }} {{ splitList "-" "a-b" | last }} {{ first .Values.list }} {{ len .Values.list }} {{ index .Values.list 1 }}', "a,b b a 2 b"],
    ["{{ add 1 2 }} {{ sub 5 3 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 4 }} {{ max 1 5 }}", "3 2 6 3 3 5"],
    ['{{ has "a" .Values.list }} {{ hasKey .Values "name" }} {{ get .Values.map.a "k" }} {{ keys .Values.map | join "," }}', "true true v a,z"],
    ['{{ $d := dict "a" 1 }}{{ $_ := set $d "b" 2 }}{{ toJson $d }} {{ toJson (merge (dict "a" 2) $d) }}', '{"a":1,"b":2} {"a":2,"b":2}'],
    ['{{ dig "a" "k" "no" .Values.map }} {{ dig "a" "x" "no" .Values.map }} {{ toJson (omit .Values.map "z") }}', 'v no {"a":{"k":"v"}}'],
    ['{{ kindIs "map" .Values.map }}{{ kindIs "string" .Values.name }}{{ kindOf .Values.list }}', "truetrueslice"],
    ['{{ semverCompare ">=1.21-0" .Capabilities.KubeVersion.GitVersion }} {{ .Capabilities.APIVersions.Has "batch/v1" }} {{ .Capabilities.APIVersions.Has "batch/v1beta1" }}', "true true false"],
    ["{{ .Chart.Name }}-{{ .Chart.Version }} {{ .Chart.AppVersion }} {{ .Release.Service }} {{ .Template.Name }}", "demo-1.2.3 4.5 Helm demo/templates/a.yaml"],
    ['{{ (.Values.map).a.k }}{{ ($.Values.map.a).k }}', "vv"],
    ['{{ tpl "{{ .Values.name }}!" . }}', "nightly!"],
    ['{{ (fromYaml "a: [1, 2]").a | len }}', "2"],
    ['{{ fail "no" }}{{ required "give it" .Values.name }}', "nightly"],
  ])("%s", (template, expected) => {
    expect(written(template, values)).toBe(expected);
  });
});

describe("what nobody knows stays a template", () => {
  test.each([
    ["name: {{ .Release.Name }}-a", "name: {{ .Release.Name }}-a"],
    ["a: {{ .Values.empty }}", "a: {{ .Values.empty }}"],
    ['a: "{{ .Values.missing.deep }}"', 'a: "{{ .Values.missing.deep }}"'],
    ["a: {{ randAlphaNum 5 | quote }}", "a: {{ randAlphaNum 5 | quote }}"],
    ['a: {{ (lookup "v1" "Secret" "" "x").data }}', 'a: {{ (lookup "v1" "Secret" "" "x").data }}'],
    ['a: {{ .Files.Get "x" | quote }}', 'a: {{ .Files.Get "x" | quote }}'],
    ['a: {{ include "library.elsewhere" . }}', 'a: {{ include "library.elsewhere" . }}'],
    ["a: {{ if .Release.IsUpgrade }}x{{ else }}y{{ end }}", "a: {{ if x }}x{{ else }}y{{ end }}"],
    ["a:\n{{- toYaml .Values.none | nindent 2 }}", "a:\n  {{ x }}"],
  ])("%s", (template, expected) => {
    expect(written(template, values)).toBe(expected);
  });

  test("a release name that is given is known", () => {
    expect(written("{{ .Release.Name }} {{ .Release.Namespace }}", "", "", { release: "web", namespace: "shop" })).toBe("web shop");
  });

  test("of two ways that write lines, a document has one, among entries that are open", () => {
    const text = written("a: 1\n{{- if .Release.IsInstall }}\nb: 1\n{{- else }}\nc: 1\n{{- end }}\n");
    expect(text).toBe("a: 1\n{{ if x }}\n\nb: 1\n{{ end }}\n\n");
  });

  test("entries that somebody may switch on by filling in a value are there, as far as that goes", () => {
    const text = written("spec:\n  {{- with .Values.none }}\n  nodes:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n", values);
    expect(text).toBe("spec:\n{{ with x.entire }}\n\n  nodes: {{ x }}\n{{ end }}\n\n");
    const items = written("spec:\n  {{- with .Values.none }}\n  - {{ . }}\n  {{- end }}\n", values);
    expect(items).toBe("spec:\n{{ with x }}\n\n  {{ x }}\n{{ end }}\n\n");
  });

  test("a variable that is set under such a condition is unknown, one that is set in a loop is not", () => {
    expect(written('{{ $x := "a" }}{{ if .Release.IsInstall }}{{ $x = "b" }}{{ end }}{{ $x }}')).toBe("{{ $x }}");
    expect(written('{{ $d := dict "a" "x" }}{{ if .Release.IsInstall }}{{ $_ := set $d "a" "y" }}{{ end }}{{ $d.a }}')).toBe("{{ $d.a }}");
  });
});

describe("helpers", () => {
  const helpers = `{{- define "name" -}}{{ .Values.name | trunc 5 }}{{- end }}
{{- define "labels" }}
app: {{ include "name" . }}
release: {{ .Release.Name }}
{{- end }}`;

  test("are included, indented and piped", () => {
    expect(written('x:{{ include "labels" . | nindent 2 }}', values, helpers)).toBe("x:\n  \n  app: night\n  release: {{ .Release.Name }}");
    expect(written('{{ template "name" . }}', values, helpers)).toBe("night");
    expect(written('{{ block "own" . }}{{ .Values.count }}{{ end }}', values)).toBe("3");
  });

  test("of a chart in charts/ get its values, and those that the chart above has for it", () => {
    const chart = chartOf({
      "values.yaml": "global: { zone: UTC }\nsub: { b: 3 }\n",
      "charts/sub/Chart.yaml": "name: sub\nversion: 0.1.0\n",
      "charts/sub/values.yaml": "a: 1\nb: 2\n",
      "charts/sub/templates/_h.tpl": '{{ define "sub.h" }}{{ .Chart.Name }}{{ end }}',
      "charts/sub/templates/a.yaml": "{{ .Values.a }} {{ .Values.b }} {{ .Values.global.zone }} {{ .Chart.Name }}",
      "templates/a.yaml": '{{ include "sub.h" . }} {{ .Values.sub.b }}',
    });
    const texts = ["charts/sub/templates/a.yaml", "templates/a.yaml"].map((path) => {
      const rendered = chart.render(path);
      return rendered && "source" in rendered ? rendered.source.text : undefined;
    });
    expect(texts).toEqual(["1 3 UTC sub", "demo 3"]);
  });

  test("keys that are no text become text", () => {
    expect(written('{{ index .Values "true" }} {{ .Values.on }} {{ index .Values "8" }}', "on: 1\n8: a\n")).toBe("1 {{ .Values.on }} a");
  });

  test("values files win over values.yaml, the last one most; null takes a value away", () => {
    const more = { values: [{ name: "p.yaml", text: "name: day\nmap: { z: 2 }\ncount: null\n" }, { name: "q.yaml", text: "name: week\n" }] };
    expect(written('{{ .Values.name }} {{ .Values.map.z }} {{ .Values.map.a.k }} {{ hasKey .Values "count" }}', values, "", more)).toBe("week 2 v false");
  });
});

describe("a Job behind a switch", () => {
  const job = "{{ if .Values.nay }}\nkind: Job\na: {{ .Values.name }}\n{{ else }}\nkind: Service\n{{ end }}";

  test("is looked at although the values switch it off, with the values that are known", () => {
    expect(written(job, values)).toBe("\nkind: Job\na: nightly\n");
    expect(written("{{ range .Values.missing }}\nkind: CronJob\na: {{ .name }}\n{{ end }}", values)).toBe("\nkind: CronJob\na: {{ .name }}\n");
  });

  test("ways that the values do not lead to are taken one at a time", () => {
    const template = "a:\n{{- if .Values.yea }}\n  b: 1\n{{- else if .Values.nay }}\n  c: 1\n{{- else }}\n  d: 1\n{{- end }}\n";
    const { source, others } = renderedOf({ "templates/a.yaml": template, "values.yaml": values });
    expect(source.text).toBe("a:\n  b: 1\n");
    const found = others();
    expect(found.map((other) => /[bcd]: 1/g.exec(other.source.text)?.[0])).toEqual(["d: 1", "c: 1"]);
    expect(found.map(({ fresh }) => fresh.map(({ start, end }) => template.slice(start, end)).some((text) => text.includes("1")))).toEqual([true, true]);
  });

  test("what depends on the cluster alone is taken one way", () => {
    const template = 'a: {{ if .Capabilities.APIVersions.Has "batch/v1" }}1{{ else }}2{{ end }}';
    const { source, others } = renderedOf({ "templates/a.yaml": template });
    expect([source.text, others()]).toEqual(["a: 1", []]);
  });
});

describe("bounds", () => {
  test.each([
    ["steps", "{{ range until 9999 }}{{ range until 9999 }}{{ end }}{{ end }}", ""],
    ["text", '{{ $t := include "long" . }}', '{{ define "long" }}{{ range until 9000 }}{{ repeat 500 "0123456789" }}{{ end }}{{ end }}'],
    ["depth", '{{ include "again" . }}', '{{ define "again" }}{{ include "again" . }}{{ end }}'],
  ])("%s", (limit, template, helper) => {
    expect(chartOf({ "templates/a.yaml": template, "templates/_h.tpl": helper }).render("templates/a.yaml")).toEqual({ limit });
  });

  test("a helper that calls itself until something unknown holds has no end that could be known", () => {
    const helper = '{{ define "walk" }}{{ if .Release.Name }}a{{ include "walk" . }}{{ end }}{{ end }}';
    expect(written('{{ include "walk" . }}', "", helper)).toContain("{{ include \"walk\" . }}");
  });

  test.each(["{{ if }}", "{{ if .a }}", "{{ end }}", "{{ .a | }}", "{{ ( }}", "{{ \"a }}", "{{ .a", "{{/* a */ b }}", "{{ := 1 }}", "{{ define }}{{ end }}"])(
    "%s is no template",
    (template) => {
      expect(chartOf({ "templates/a.yaml": template }).render("templates/a.yaml")).toBeUndefined();
    },
  );

  test("brackets and blocks that are nested too deeply are none either", () => {
    const chart = chartOf({ "templates/a.yaml": `{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}` });
    expect(chart.render("templates/a.yaml")).toBeUndefined();
    expect(chartOf({ "templates/a.yaml": "{{ if 1 }}".repeat(5000) + "{{ end }}".repeat(5000) }).render("templates/a.yaml")).toBeUndefined();
  });
});
