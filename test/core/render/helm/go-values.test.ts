import { describe, expect, test } from "vitest";
import { chartOf, written } from "./chart-of.js";

/** As `helm template` of version 3.18.4 writes them. */
const likeHelm: readonly (readonly [string, string])[] = [
  ['{{ trunc 3 "ééa" | quote }}', "{{ trunc 3 \"ééa\" | quote }}"],
  ['{{ trunc 4 "ééa" }}{{ trunc -1 "éa" }}{{ trunc -3 "aéb" }}{{ trunc 9 "é" }}', "ééaéb" + "é"],
  ['{{ substr 0 2 "éa" }}{{ substr 2 -1 "éa" }}{{ substr -1 2 "abc" }}{{ substr 1 9 "abc" }}', "éaabbc"],
  ['{{ int64 "0755" }} {{ int "0x10" }} {{ int "5.00" }} {{ int "5.5" }} {{ int " 5" }} {{ int "1e3" }} {{ int "0b11" }} {{ int "089" }} {{ int "-0o17" }}', "493 16 5 0 0 0 3 0 -15"],
  ['{{ add "010" 1 }} {{ float64 "5.5" }} {{ float64 "1e3" }} {{ float64 "x" }} {{ floor "5.7" }}', "9 5.5 1000 0 5"],
  ['{{ printf "%v" nil }} {{ print nil "a" }} {{ printf "%s" nil }} {{ cat "a" nil "b" }}', "<nil> <nil>a %!s(<nil>) a b"],
  ["{{ until -2 }}{{ range until -2 }}{{ . }}{{ end }}", "{{ until -2 }}0-1"],
];

describe("values are what Go makes of them", () => {
  test.each(likeHelm)("%s", (template, expected) => {
    expect(written(template)).toBe(expected);
  });
});

test("of what nobody has filled in, no part is known", () => {
  expect(written('{{ .Values.a | trunc 3 }}-{{ substr 0 2 .Values.a }}')).toBe("{{ .Values.a | trunc 3 }}-{{ substr 0 2 .Values.a }}");
  expect(written('{{ default (.Chart.Name | split "e")._0 .Values.a | trunc 63 | trimSuffix "-" }}')).toContain("{{");
});

describe("tpl of values that hold actions", () => {
  const values = 'rp: Foo\npull: "{{ .Values.rp }}"\nname: a-{{ .Values.rp }}\npod: { policy: "{{ .Values.rp }}", other: \'{{ include "h" . }}\' }\n';
  const helper = '{{ define "h" }}h-{{ .Values.rp }}{{ end }}{{ define "render" }}{{ if contains "{{" (toJson .value) }}{{ tpl (typeIs "string" .value | ternary .value (.value | toYaml)) .context }}{{ else }}{{ .value }}{{ end }}{{ end }}';

  test.each([
    ["a text", "{{ tpl .Values.pull . }}", "Foo"],
    ["a text that is not quoted", "{{ tpl .Values.name . }}", "a-Foo"],
    ["a mapping", "{{ tpl (toYaml .Values.pod) . }}", "other: 'h-Foo'\npolicy: 'Foo'"],
    ["as helpers of libraries do it", '{{ include "render" (dict "value" .Values.pull "context" $) }}', "Foo"],
    ["one that is written as it is stays open", "{{ .Values.pull }}", "{{ .Values.pull }}"],
    ["one that is only part of what is written", "b-{{ .Values.pull }}", "b-{{ .Values.pull }}"],
  ])("%s", (_, template, expected) => {
    expect(written(template, values, helper)).toBe(expected);
  });

  test("what other tools fill in stays unknown", () => {
    expect(written("{{ tpl .Values.a . }}", 'a: "{{ .Values.b }}-${TAG}"\nb: c\n')).toBe("{{ tpl .Values.a . }}");
  });
});

describe("what a bound is met by", () => {
  test.each([
    ["steps", "{{ range until 1000000000 }}{{ end }}"],
    ["steps", "{{ untilStep 0 1000000000 1 | len }}"],
    ["text", '{{ repeat 1000000000 "x" }}'],
  ])("%s: %s", (limit, template) => {
    expect(chartOf({ "templates/a.yaml": template }).render("templates/a.yaml")).toEqual({ limit });
  });

  test("a column that Go does not take is unknown, no depth", () => {
    expect(written('{{ printf "%1000000000d" 5 }}')).toBe('{{ printf "%1000000000d" 5 }}');
  });
});

test("a merge under a condition that nobody knows is known, and what it changes is not", () => {
  const template = '{{ $d := dict "a" 1 }}{{ if .Release.IsInstall }}{{ merge $d (dict "b" 2) | toJson }} {{ $d.a }} {{ $d.b }}{{ end }}';
  expect(written(template)).toBe('{{ if x }}{"a":1,"b":2} 1 {{ $d.b }}{{ end }}');
});
