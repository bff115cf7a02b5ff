import fc from "fast-check";
import { expect, test } from "vitest";
import { functionNamed } from "../../../../src/core/render/helm/functions.js";
import { chartOf } from "./chart-of.js";

const pieces = fc.constantFrom(
  "{{ ", "{{- ", " }}", " -}}", "if ", "else ", "end", "range ", "with ", "define \"a\"", "template \"a\" .", "include \"a\" . ", "$x := ", "$x", ".Values.a", ".", "$",
  "| ", "( ", ") ", "\"s\" ", "`r` ", "'c' ", "1 ", "-2.5e3 ", "nil ", "true ", "toYaml ", "nindent 2 ", "quote ", "printf \"%s-%d\" ", "tpl ", "merge ", "set ", "\n", "a: ", "- ",
);

test("whatever a template is made of, it is rendered, refused or bounded", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.array(pieces, { maxLength: 8 }), (parts, helper) => {
      const chart = chartOf({ "templates/a.yaml": parts.join(""), "templates/_h.tpl": `{{ define "a" }}${helper.join("")}{{ end }}`, "values.yaml": "a: { b: [1, x], c: '{{ .Values.a }}' }\n" });
      const rendered = chart.render("templates/a.yaml");
      if (!rendered || "limit" in rendered) return;
      const end = rendered.segments.at(-1)?.end ?? 0;
      expect(end).toBe(rendered.source.text.length);
      for (const other of rendered.others()) expect(other.segments.at(-1)?.end ?? 0).toBe(other.source.text.length);
    }),
    { numRuns: 2000 },
  );
}, 60_000);

test.each(["toString", "constructor", "__proto__", "valueOf", "hasOwnProperty"])("%s of an object is no function of templates but the one that is meant", (name) => {
  expect(functionNamed(name) === undefined).toBe(name !== "toString");
});

test("functions that are given too little, or what they do not take, know nothing", () => {
  const names = ["contains", "replace", "trunc", "printf", "dict", "get", "set", "merge", "index", "ternary", "join", "splitList", "semverCompare", "toYaml", "tpl", "include", "until", "substr", "quote", "default", "dig", "has", "nindent", "add", "div", "repeat", "title", "eq", "lt", "len", "keys", "pick", "kindIs", "coalesce", "trimSuffix", "toJson", "fromYaml", "required", "append", "concat", "without", "uniq", "sortAlpha", "slice"];
  for (const name of names) {
    for (const args of ["", " 1", " nil", " \"a\"", " .Values", " (list)", " (list 1 nil) 2 3", " 1 2 3 4", " \"a\" nil \"b\"", " (dict) (list)", " .x.y 0", " -5 \"ab\"", " 1e300 1"]) {
      expect(() => chartOf({ "templates/a.yaml": `{{ ${name}${args} }}` }).render("templates/a.yaml")).not.toThrow();
    }
  }
});

test.each([
  ["a text that doubles", '{{ $x := "ab" }}{{ range until 60 }}{{ $x = printf "%s%s" $x $x }}{{ end }}'],
  ["a text that is replaced by more of it", '{{ $x := "a" }}{{ range until 60 }}{{ $x = replace "a" "aaaaaaaaaa" $x }}{{ end }}'],
  ["values that hold each other", '{{ $x := list 1 2 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}{{ toYaml $x }}{{ toJson $x }}{{ join "," $x }}'],
  ["mappings that hold each other", '{{ $x := dict "a" 1 }}{{ range until 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ deepCopy $x | toYaml }}{{ merge $x $x | toJson }}'],
  ["lines that are indented", '{{ $x := "\\n\\n\\n\\n" }}{{ range until 60 }}{{ $x = indent 200 (print $x $x) }}{{ end }}'],
  ["helpers that call each other twice", '{{ define "a" }}{{ include "b" . }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ include "a" . }}{{ end }}{{ include "a" . }}'],
  ["templates in templates", '{{ define "a" }}{{ tpl "{{ include \\"a\\" . }}" . }}{{ end }}{{ include "a" . }}'],
  ["ways that nobody knows, in each other", `${"{{ if .Release.IsInstall }}\na: 1\n".repeat(90)}${"{{ else }}\nb: 1\n{{ end }}".repeat(90)}`],
])("%s: bounded in time and memory", (_, template) => {
  const start = performance.now();
  chartOf({ "templates/a.yaml": template }).render("templates/a.yaml");
  expect(performance.now() - start).toBeLessThan(20_000);
}, 30_000);
