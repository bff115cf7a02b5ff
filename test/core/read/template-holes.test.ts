import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read } from "../../../src/core/read/read.js";
import { withoutTemplates } from "../../../src/core/read/template-holes.js";
import { textAt } from "../../../src/core/text/place.js";
import { fixture, isOpen, nodeAt, outline, readText, textOf } from "./reading.js";

const left = (text: string) => withoutTemplates(text).text.replaceAll("\uE000", "~");

test("a chart's CronJob: literal text is read, the rest is unknown or open", () => {
  const { documents: [document], problems } = read(fixture("helm/cronjob.yaml"));
  const at = (...path: readonly (string | number)[]) => nodeAt(document?.root, ...path);
  const pod = ["spec", "jobTemplate", "spec", "template", "spec"];
  expect(problems).toEqual([]);
  expect(document?.template).toBe(true);
  expect(textOf(at("spec", "schedule"))).toBe("?template");
  expect(textOf(at("spec", "suspend"))).toBe("?template");
  expect(textOf(at("metadata", "labels", "app.kubernetes.io/component"))).toBe("report");
  expect(["metadata", "spec"].map((key) => isOpen(at(key)))).toEqual([true, true]);
  expect([isOpen(at("metadata", "labels")), isOpen(at(...pod)), isOpen(at("spec", "jobTemplate", "spec"))]).toEqual([true, true, false]);
  const literal = at("spec", "jobTemplate", "spec", "backoffLimit");
  expect(literal && textAt(literal.place)).toBe("2");
  expect(textOf(at(...pod, "containers", 0, "command", 0))).toBe("sh");
  expect(textOf(at(...pod, "containers", 0, "command", 2))).toBe("?template");
  expect(isOpen(at(...pod, "containers", 0, "env"))).toBe(true);
  expect(textOf(at(...pod, "containers", 0, "resources"))).toBe("?template");
  expect(document?.comments.map(({ text }) => text)).toEqual([
    "kronlint-ignore job-no-ttl -- the controller cleans up",
  ]);
});

test("what only defines gives nothing", () => {
  expect(read(fixture("helm/_helpers.tpl"))).toEqual({ documents: [], problems: [], comments: [] });
});

test("of two kinds in two branches the first is read", () => {
  const { documents, problems } = read(fixture("helm/choice.yaml"));
  expect(documents.map(outline)).toEqual(["CronJob either 1-17"]);
  expect(problems).toEqual([]);
});

test("Jinja", () => {
  const { documents: [document], problems } = read(fixture("helm/job.yaml.j2"));
  expect(problems).toEqual([]);
  expect(textOf(nodeAt(document?.root, "spec", "backoffLimit"))).toBe("?template");
  expect(isOpen(nodeAt(document?.root, "metadata", "labels"))).toBe(true);
});

test("ytt", () => {
  const lines = ["#@ load(\"@ytt:data\")", "apiVersion: batch/v1", "kind: CronJob", "spec:", "  schedule: #@ data.values.schedule"];
  const more = ["  #@ if data.values.off:", "  suspend: true", "  #@ end", "  run: |", "    #@ x", "  a: b"];
  const { documents: [document] } = readText([...lines, ...more].join("\n"));
  const at = (key: string) => textOf(nodeAt(document?.root, "spec", key));
  expect([at("schedule"), at("suspend"), at("run")]).toEqual(["?template", "true", "#@ x\n"]);
  expect([isOpen(nodeAt(document?.root, "spec")), document?.template]).toEqual([true, true]);
});

test.each([
  ["a value", "a: {{ .x }}-db", "a: ~~~~~~~~-db"],
  ["braces in a string", 'a: {{ "}}" }}b', "a: ~~~~~~~~~~b"],
  ["braces in a raw string", "a: {{ `}}` }}b", "a: ~~~~~~~~~~b"],
  ["braces in a comment", "a: {{/* }} */}}b", "a:             b"],
  ["a choice on one line", "a: {{ if x }}1{{ else }}2{{ end }}", "a: ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"],
  ["a condition on its own line", "{{- if x }}\na: 1\n{{- end }}", "           \na: 1\n          "],
  ["a remark", "a: 1 # {{ x }}", "a: 1 # {{ x }}"],
  ["a key", "{{ x }}: 1", "~~~~~~~: 1"],
  ["an action over lines", "a: {{ x\n  | y }}\nb: 1", "a: ~~~~\n        \nb: 1"],
  ["a script", "a: |\n  x\n{{ y }}{{ z }}\n  z", "a: |\n  x\n  ~~~~~~~~~~~~\n  z"],
  ["nothing of OpenShift's parameters", "a: ${{X}} ${{ .x }}", "a: ${{X}} $~~~~~~~~"],
  ["no action at all", "a: {{ x", "a: {{ x"],
  ["an action begun twice", "a: {{ {{ x }}", "a: {{ ~~~~~~~"],
  ["a percent sign in a script", "a: ${x%%.*} {%Y}", "a: ${x%%.*} {%Y}"],
])("masks %s", (_, text, expected) => {
  expect(left(text)).toBe(expected);
});

test("a template that does not parse is no fault", () => {
  const text = "apiVersion: batch/v1\nkind: Job\nspec:\n{{ if x }}\n  a: [\n{{ else }}\n  b: 1\n{{ end }}\n c: 1\n";
  expect(readText(text).problems).toEqual([]);
});

test("what is left is as long as before, with the same lines; holes lie inside", () => {
  const word = fc.constantFrom(
    "{{", "}}", "{{ .x }}", "{{- if x }}", "{{ else }}", "{{- end }}", "{{ define \"x\" }}", "{%", "%}", "{% if x %}", "{% endif %}",
    "\n", "\r\n", "  ", "a: ", "- ", "|", "#", "\"", "'", "`", "/*", "*/", "{{/* x */}}", "x", "{{ x | nindent 4 }}", "\uD83D\uDE00",
  );
  fc.assert(fc.property(fc.array(word, { maxLength: 40 }), (words) => {
    const text = words.join("");
    const { text: rest, holes } = withoutTemplates(text);
    expect(rest.length).toBe(text.length);
    expect(rest.replace(/[^\r\n]/g, "")).toBe(text.replace(/[^\r\n]/g, ""));
    for (const { start, end } of holes) expect(text.slice(start, end)).toMatch(/^\{[{%][^]*[}%]\}$/);
  }), { numRuns: 1000 });
});

test.each([
  "{{", "{{\n", "{{`", "{{/*", "{{\"", "{{}}", "{{if}}", "{{if}}\n", "{{if}}{{end}}", "{%", "{%%}", "`", "```\n", "~~~\n", "> ", "<<a\n",
  "<!--\n", "<!-- kronlint-", "{{/*kronlint-x*/}}",
])(
  "a quarter of a million characters of %j take no longer than they should",
  (unit) => {
    const text = unit.repeat(250_000 / unit.length);
    withoutTemplates(text);
    readText(`kind: Job\n\n${text}`, {}, "a.md");
  },
);

describe("branches that write the same key", () => {
  const job = (...spec: readonly string[]) => readText(["apiVersion: batch/v1", "kind: Job", "spec:", ...spec, ""].join("\n")).documents[0]?.root;
  const value = (...spec: readonly string[]) => textOf(nodeAt(job(...spec), "spec", "x"));

  test.each([
    ["scalars that differ", ["  {{ if a }}", "  x: 1", "  {{ else }}", "  x: 2", "  {{ end }}"], "?template"],
    ["three of them", ["  {{ if a }}", "  x: 1", "  {{ else if b }}", "  x: 1", "  {{ else }}", "  x: 2", "  {{ end }}"], "?template"],
    ["equal scalars", ["  {{ if a }}", "  x: 1", "  {{ else }}", "  x: 1", "  {{ end }}"], "1"],
    ["a literal below the block", ["  {{ if a }}", "  x: 1", "  {{ end }}", "  x: 2"], "?template"],
    ["mappings", ["  {{ if a }}", "  x:", "    y: 1", "  {{ else }}", "  x:", "    y: 1", "  {{ end }}"], "?template"],
    ["lists", ["  {{ if a }}", "  x: [1]", "  {{ else }}", "  x: [1]", "  {{ end }}"], "?template"],
    ["one branch alone", ["  {{ if a }}", "  x: 1", "  {{ end }}"], "1"],
    ["a branch that cannot be read with the other", ["  {{ if a }}", "  x: 1", "  {{ else }}", "  x: 2", "  {{ end }}",
      "  y:", "    {{ if a }}", '    "1"', "    {{ else }}", '    "2"', "    {{ end }}"], "?template"],
  ])("%s", (_, spec, expected) => {
    expect(value(...spec)).toBe(expected);
  });

  test("the version of a chart for old clusters", () => {
    const { documents: [document], problems } = read(fixture("helm/versions.yaml"));
    expect([textOf(nodeAt(document?.root, "apiVersion")), textOf(nodeAt(document?.root, "kind")), problems]).toEqual(["?template", "CronJob", []]);
  });
});

describe("what a block opens", () => {
  const spec = (...lines: readonly string[]) => {
    const { documents: [document] } = readText(["apiVersion: batch/v1", "kind: Job", "spec:", ...lines, ""].join("\n"));
    const at = (...path: readonly (string | number)[]) => isOpen(nodeAt(document?.root, "spec", ...path));
    return [at(), at("containers"), at("containers", 0)];
  };

  test.each([
    ["the mapping it stands in, not the list above it", ["  containers:", "  - name: a", "  {{ with .x }}", "  nodeSelector:", "    a: b", "  {{ end }}"],
      [true, false, false]],
    ["nor that list further right", ["  containers:", "    - name: a", "  {{ with .x }}", "  nodeSelector:", "    a: b", "  {{ end }}"],
      [true, false, false]],
    ["the item it stands in", ["  containers:", "  - name: a", "    {{ with .x }}", "    image: b", "    {{ end }}"], [false, false, true]],
    ["the list and the items it repeats", ["  containers:", "  {{ range .x }}", "  - name: {{ .y }}", "  {{ end }}"], [false, true, true]],
    ["the list but not the items before it", ["  containers:", "  - name: a", "  {{ if .x }}", "  - name: b", "  {{ end }}"], [false, true, false]],
  ])("%s", (_, lines, expected) => {
    expect(spec(...lines)).toEqual(expected);
  });
});

test("blocks within blocks around a long list take no longer than they should", () => {
  const [begin, items, end] = ["{{ range x }}\n", "- a: 1\n", "{{ end }}\n"].map((line) => line.repeat(20_000));
  const before = performance.now();
  expect(isOpen(nodeAt(readText(`kind: Job\nx:\n${begin}${items}${end}`).documents[0]?.root, "x", 19_999))).toBe(true);
  expect(performance.now() - before).toBeLessThan(4000);
});
