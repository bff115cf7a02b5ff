import { describe, expect, test } from "vitest";
import { judgeText } from "../../../src/core/api/judge.js";
import { parseFragment } from "../../../src/core/read/yaml-document.js";
import { applyEdits } from "../../../src/core/text/edit.js";
import type { Node } from "../../../src/core/read/node.js";
import { fragmentOf } from "./yaml/fragments.js";

const job = (container: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: report
        image: report:1.4
        ${container}
`;

function plain(node: Node | undefined): unknown {
  switch (node?.kind) {
    case "scalar": return node.value;
    case "sequence": return node.items.map(plain);
    case "mapping": return Object.fromEntries(node.entries.map(({ key, value }) => [key.value, plain(value)]));
    default: return node?.kind;
  }
}

const stageOf = (text: string): string => judgeText({ name: "test.yaml", text }, "1.36").stage;
const read = (text: string) => parseFragment(fragmentOf(text));

// Both columns are what k8s.io/apiserver v1.36 answered.
describe("between brackets, Kubernetes' parser takes for something else", () => {
  test.each([
    "args: [curl, https://x/y?a=1]", "args: [curl, https://x/y?]", "args: [what?]", "args: [a ?b]", "args: [a, b ? c]", "args: [s/?/x/]",
    "args: [a?, b]", 'args: [x:"q?"]', "args: [\n          a,\n          what?\n        ]",
    "env: [{name: A, value: ?x}]", "env: [{name: A, value: http://x?y}]",
    "env: [{name: A, value: :x}]", "args: [:a]", "args: [::]", "args: [!a]", "resources: {limits:{cpu: 1}}",
  ])("%s", (container) => {
    const text = job(container);
    expect(stageOf(text)).toBe("yaml");
    const { root, problems } = read(text);
    expect(root?.kind).toBe("mapping");
    expect(problems.map(({ rule, cause }) => [rule, cause])).toEqual([["yaml-syntax", "flow"]]);
    const fix = problems[0]?.fix;
    const fixed = fix ? applyEdits(text, fix.edits) : job("args: [a]");
    expect([stageOf(fixed), read(fixed).problems]).toEqual(["ok", []]);
  });
});

describe("what others stop at is text to Kubernetes' parser", () => {
  test.each<[string, string, unknown]>([
    ["args: [tar, xf, -]", "ok", ["tar", "xf", "-"]],
    ["args: [-]", "ok", ["-"]],
    ["args: [-,-, a]", "ok", ["-", "-", "a"]],
    ["args: [echo, Done:]", "ok", ["echo", "Done:"]],
    ["args: [a::, b]", "ok", ["a::", "b"]],
    ["env: [{name: A, value: -}]", "ok", [{ name: "A", value: "-" }]],
    ["env: [{name: A,value:}]", "strict", [{ "name": "A", "value:": null }]],
    ["env: [{?name: A, ?value: b}]", "ok", [{ name: "A", value: "b" }]],
    ['args: ["what?", \'-\', "a:"]', "ok", ["what?", "-", "a:"]],
    ["args: [a, # what?\n          b]", "ok", ["a", "b"]],
    ["workingDir: /a?b=[c?d]", "ok", "/a?b=[c?d]"],
    ["workingDir: /a\n          [b?c {:d} -]", "ok", "/a [b?c {:d} -]"],
    ["args:\n        - |-\n          [a?b]\n        - >-\n          {:a, -}", "ok", ["[a?b]", "{:a, -}"]],
    ["args:\n        - \"[a\n          ?b]\"\n        - [-]", "strict", ["[a ?b]", ["-"]]],
    ["args: [http://x:80/a, a:b, -a, --x=y, a#b]", "ok", ["http://x:80/a", "a:b", "-a", "--x=y", "a#b"]],
  ])("%s", (container, stage, value) => {
    const text = job(container);
    if (stage !== "strict" || container.startsWith("env")) expect(stageOf(text)).toBe(stage);
    const { root, problems } = read(text);
    expect(problems).toEqual([]);
    const found = JSON.stringify(plain(root));
    expect(found).toContain(JSON.stringify(value));
  });
});

test("what is not read does not count", () => {
  expect(stageOf(`--- ${JSON.stringify({ apiVersion: "batch/v1" })}\n--- [what?]\n`)).not.toBe("yaml");
});

test("a text that already has the stand-ins is left as it is", () => {
  expect(read("a: [\uE001, Done:]\n").problems).toEqual([]);
});

test.each([
  ["brackets", "[".repeat(250_000) + "?"],
  ["question marks", `[${"?a".repeat(120_000)}]`],
  ["dashes", `${"- ".repeat(120_000)}[a?]`],
  ["colons", `[${": \n".repeat(80_000)}]`],
  ["tags", `[a?, ${"!".repeat(250_000)}]`],
])("a quarter of a million characters of %s take no longer than they should", async (_, text) => {
  const { scanFlow } = await import("../../../src/core/read/flow-scan.js");
  const start = performance.now();
  scanFlow(text);
  expect(performance.now() - start).toBeLessThan(1000);
});

describe("a long document with an anchor", () => {
  const long = (line: string, count: number): string => `a: &a 1\nb: *a\nc: |\n${`  ${line}\n`.repeat(count)}`;

  test("is read where texts are most of it", () => {
    const { root, problems } = read(long("a line of a text as long as the lines of a text are", 20_000));
    expect([root?.kind, problems]).toEqual(["mapping", []]);
  });

  test.each([
    ["signs are", long("- [{}]", 40_000)], ["it has more than two mebibytes", long("a".repeat(1000), 2200)],
  ])("is not where %s", (_, text) => {
    expect(read(text).problems.map(({ rule }) => rule)).toEqual(["unreadable-input"]);
  });
});
