import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFragment } from "../../../../src/core/read/yaml-document.js";
import { textAt } from "../../../../src/core/text/place.js";
import { bare, fragmentOf, nodesOf, rootOf, valueOf } from "./fragments.js";
import { lines, soup, writtenYaml } from "./texts.js";

const parse = (text: string) => parseFragment(fragmentOf(text));
const rules = (text: string) => parse(text).problems.map(({ rule }) => rule);

test.each([
  ["an override below", "b: &b {x: 1, y: 2}\na:\n  <<: *b\n  x: 3\n", { x: 3, y: 2 }],
  ["a key above, which loses as in Kubernetes", "b: &b {x: 1}\na:\n  x: 3\n  <<: *b\n", { x: 1 }],
  ["a list, whose first mapping wins", "b: &b {x: 1}\nc: &c {x: 2, y: 2}\na:\n  <<: [*b, *c]\n", { x: 1, y: 2 }],
  ["a mapping in place", "a:\n  <<: {x: 1}\n  z: 0\n", { z: 0, x: 1 }],
  ["two of them, whose last wins", "b: &b {x: 1}\nc: &c {x: 2}\na:\n  <<: *b\n  <<: *c\n", { x: 2 }],
  ["one within another", "b: &b {x: 1}\nc: &c\n  <<: *b\n  y: 2\na:\n  <<: *c\n", { y: 2, x: 1 }],
  ["a quoted key, which is none", "a:\n  '<<': {x: 1}\n", { "<<": { x: 1 } }],
])("merge keys: %s", (_, text, expected) => {
  const root = valueOf(rootOf(text)) as Record<string, unknown>;
  expect(root["a"]).toEqual(expected);
  expect(rules(text)).toEqual([]);
});

test("an alias stands for its anchor's own nodes", () => {
  const root = rootOf("a: &x [1]\nb: *x\n");
  if (root?.kind !== "mapping") throw new Error("no mapping");
  expect(root.entries[1]?.value).toBe(root.entries[0]?.value);
  expect(textAt(root.place)).toBe("a: &x [1]\nb: *x");
});

test("an alias without an anchor is unknown, and a problem", () => {
  const { root, problems } = parse("a: *job\nb: 1\n");
  expect(valueOf(root)).toEqual({ a: "?alias", b: 1 });
  expect(problems).toMatchObject([{ rule: "yaml-syntax", cause: "alias", place: { start: 3, end: 7 } }]);
  expect(rules("a: &x [*x]\n")).toEqual(["yaml-syntax"]);
});

test("a schedule without quotes is unknown, the rest is read, and the fix quotes it", () => {
  const { root, problems: [problem] } = parse("schedule: */5 * * * * # often\nsuspend: true\n");
  expect(valueOf(root)).toEqual({ schedule: "?placeholder", suspend: true });
  expect(problem && textAt(problem.place)).toBe("*/5 * * * *");
  expect(problem).toMatchObject({ cause: "alias", fix: { title: "Quote the value" } });
});

test("bombs are unreadable, not slow", () => {
  const nine = (level: number, name: string, leaf: string) => Array(9).fill(level === 0 ? leaf : `*${name}${level - 1}`).join(",");
  const levels = Array.from({ length: 30 }, (_, level) => `l${level}: &l${level} [${nine(level, "l", "x")}]\n`);
  const merges = Array.from({ length: 20 }, (_, level) => `m${level}: &m${level}\n  <<: [${nine(level, "m", "{x: 1}")}]\n  k${level}: 1\n`);
  const deep = ["[".repeat(50_000), "- ".repeat(50_000), "{a: ".repeat(20_000), `${"[".repeat(300)}${"]".repeat(300)}`];
  for (const text of [levels.join(""), ...deep]) {
    expect(rules(text), text.slice(0, 20)).toEqual(["unreadable-input"]);
  }
  expect(rules(merges.join("")).length).toBeLessThanOrEqual(1);
});

test("190 levels are read", () => {
  expect(rules(`${"[".repeat(90)}${"]".repeat(90)}`)).toEqual([]);
  expect(rules(`${"[".repeat(190)}${"]".repeat(190)}`)).toEqual([]);
});

test("a key written twice is kept twice and reported once", () => {
  const text = "spec:\n  env: 1\n  other: 2\n  env: 3\n";
  const { root, problems } = parse(text);
  expect(root && nodesOf(root).filter((node) => node.kind === "scalar" && node.text === "env").length).toBe(2);
  expect(problems.length).toBe(1);
  expect(problems[0]?.message).toContain("(line 2 and here)");
  expect(problems[0]?.place.start).toBe(text.lastIndexOf("env"));
  expect(rules("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n")).toEqual([]);
  expect(rules("yes: 1\ntrue: 2\na: &b 1\n")).toEqual(["duplicate-yaml-key"]);
});

test("a key in two branches of a template is no duplicate", () => {
  const text = "{{ if x }}\na: 1\n{{ else }}\na: 2\n{{ end }}\n";
  const blanked = text.replace(/\{\{.*?\}\}/g, (action) => " ".repeat(action.length));
  const fragment = { ...fragmentOf(text), text: blanked };
  expect(parseFragment(fragment).problems).toEqual([]);
});

test.each([
  ["image: repo/${NAME}:1.2", "?placeholder"],
  ["image: ${IMAGE}", "?placeholder"],
  ["n: ${{COUNT}}", "?placeholder"],
  ["n: '{{ .Values.x }}'", "?placeholder"],
  ["t: __IMAGE_TAG__", "?placeholder"],
  ["p: <project>", "?placeholder"],
  ["v: '%VERSION%'", "?placeholder"],
  ["v: '@VERSION@'", "?placeholder"],
  ["v: CHANGEME", "?placeholder"],
  ["v: $(HOST):80", "$(HOST):80"],
  ["v: $${NAME}", "$${NAME}"],
  ["v: 50%", "50%"],
  ["v: a@b.org", "a@b.org"],
  ["v: 1 < 2 > 0", "1 < 2 > 0"],
  ["v: <a> and <b>", "<a> and <b>"],
  ["args: ['echo ${NAME}']", ["echo ${NAME}"]],
  ["command: [sh, __FILE__]", ["sh", "?placeholder"]],
  ["s: |\n  echo ${NAME} {{ x }}\n", "echo ${NAME} {{ x }}\n"],
])("placeholders: %s", (text, expected) => {
  expect(Object.values(valueOf(rootOf(text)) as object)).toEqual([expected]);
});

test("comments that mention kronlint, and no text that looks like one", () => {
  const text = "# kronlint-ignore a -- why\na: 1 #  kronlint-ignore b\nb: '# kronlint no'\n"
    + "c: | # kronlint-ignore c\n  # kronlint no\n  x\n# other\nd: x#kronlint\r\n";
  expect(parse(text).comments.map((comment) => [comment.text, comment.own, textAt(comment.place)])).toEqual([
    ["kronlint-ignore a -- why", true, "# kronlint-ignore a -- why"],
    ["kronlint-ignore b", false, "#  kronlint-ignore b"],
    ["kronlint-ignore c", false, "# kronlint-ignore c"],
  ]);
  expect(parse("a: 1 # kronlint-ignore x\r\nb: 2\r\n").comments[0]).toMatchObject({ text: "kronlint-ignore x", place: { end: 24 } });
});

test("a byte order mark keeps its offset, and a lone carriage return ends a line", () => {
  const root = rootOf("\uFEFFa: 1\nb: x\n");
  expect(valueOf(root)).toEqual({ a: 1, b: "x" });
  expect(root?.place).toMatchObject({ start: 1, end: 10 });
  expect(valueOf(rootOf("a: 1\rb: |\r  x\r  y\r"))).toEqual({ a: 1, b: "x\ny\n" });
});

test("places count from the start of the source, not of the fragment", () => {
  const text = "a: 1\n---\nb:\n  c: x\n";
  const { root } = parseFragment({ source: { name: "s", text }, start: 9, end: text.length, text: text.slice(9), holes: [] });
  if (root?.kind !== "mapping") throw new Error("no mapping");
  expect(textAt(root.place)).toBe("b:\n  c: x");
  expect(nodesOf(root).map(({ place }) => textAt(place)).slice(1)).toEqual(["b", "c: x", "c", "x"]);
});

test("nothing is no root", () => {
  for (const text of ["", "\n", "# only\n", "  \n# a\n  # b", "\uFEFF", "---\n"]) {
    expect([text, parse(text)]).toEqual([text, { root: undefined, problems: [], comments: [] }]);
  }
});

test("JSON is read alike, with its own numbers", () => {
  expect(valueOf(rootOf('{"a": [1, 1e3, null, true, "x\\u00e9"], "b": {}}'))).toEqual({ a: [1, 1000, null, true, "xé"], b: {} });
});

const anyText = fc.oneof(writtenYaml, lines, soup, fc.string({ unit: "binary" }));

test("never throws; every place lies in the text, and children in their parents", () => {
  let nodes = 0;
  fc.assert(fc.property(anyText, (text) => {
    const { root, problems } = parse(text);
    for (const { place } of problems) {
      expect(place.start, text).toBeGreaterThanOrEqual(0);
      expect(place.end, text).toBeGreaterThanOrEqual(place.start);
      expect(place.end, text).toBeLessThanOrEqual(text.length);
    }
    if (!root || /[&*]/.test(text)) return;
    for (const node of nodesOf(root)) {
      nodes++;
      const items = node.kind === "sequence" ? node.items : [];
      const entries = node.kind === "mapping" ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
      for (const { place } of [...items, ...entries, node]) {
        expect(place.start, text).toBeGreaterThanOrEqual(node.place.start);
        expect(place.end, text).toBeLessThanOrEqual(node.place.end);
        expect(place.start, text).toBeLessThanOrEqual(place.end);
      }
    }
  }), { numRuns: 3000, seed: 1 });
  expect(nodes).toBeGreaterThan(2000);
});

test("CRLF reads like LF", () => {
  fc.assert(fc.property(fc.oneof(writtenYaml, lines), (text) => {
    if (text.includes("\r")) return;
    expect(valueOf(rootOf(text.replaceAll("\n", "\r\n"))), text).toEqual(valueOf(rootOf(text)));
  }), { numRuns: 1000, seed: 1 });
});

test("reading twice gives the same", () => {
  fc.assert(fc.property(anyText, (text) => {
    expect(bare(rootOf(text))).toEqual(bare(rootOf(text)));
  }), { numRuns: 200, seed: 1 });
});
