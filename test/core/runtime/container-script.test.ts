import { describe, expect, test } from "vitest";
import { jobOfWorkload, workloadOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";
import { type ContainerScript, scriptOf } from "../../../src/core/runtime/container-script.js";
import type { Circumstances, ScriptCommand } from "../../../src/core/runtime/script-commands.js";
import { textAt } from "../../../src/core/text/place.js";

function scriptIn(container: string): ContainerScript | undefined {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
${container.replace(/^(?=.)/gm, "          ")}
`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const workload = document && workloadOf(document, new Set());
  const [first] = workload ? jobOfWorkload(workload).pod.written : [];
  if (first === undefined) throw new Error("no container");
  return scriptOf(first);
}

function shell(script: string, start = "bash, -c"): ContainerScript {
  const found = scriptIn(`image: debian:12\ncommand: [${start}, ${JSON.stringify(script)}]`);
  if (found === undefined) throw new Error("no script");
  return found;
}

function named(script: string, name: string): ScriptCommand {
  const found = shell(script).commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("places in the manifest", () => {
  test.each([
    ["literal", "command:\n  - sh\n  - -c\n  - |\n    set -e\n\n    pg_dump db \\\n      --clean | gzip > x\n"],
    ["folded", "command: [sh, -c]\nargs:\n  - >-\n    set -e;\n    pg_dump db\n    --clean | gzip > x\n"],
    ["double quoted", 'command: ["/bin/sh", "-c", "set -e\\n\\tpg_dump \\"$A\\" | gzip > x"]\n'],
    ["single quoted", "command: ['sh', '-ec', 'echo ''ä'' ; pg_dump db | gzip > x']\n"],
    ["plain", "command:\n- sh\n- -c\n- set -e; pg_dump db | gzip > x\n"],
  ])("a command in a %s scalar", (_, container) => {
    const script = scriptIn(container);
    const dump = script?.commands.find(({ name }) => name === "pg_dump");
    const gzip = script?.commands.find(({ name }) => name === "gzip");
    const target = gzip?.redirects[0]?.target;
    expect(dump?.program && script && textAt(script.at(dump.program))).toBe("pg_dump");
    expect(gzip?.program && script && textAt(script.at(gzip.program))).toBe("gzip");
    expect(target && script && textAt(script.at(target))).toBe("x");
  });

  test("words of a command without a shell", () => {
    const script = scriptIn('image: curlimages/curl:8.9.1\nargs:\n  - -s\n  - "https://example.com/a b"\n');
    const [command] = script?.commands ?? [];
    expect([command?.name, command?.program, command?.args.map(({ text }) => text)]).toEqual(["curl", undefined, ["-s", "https://example.com/a b"]]);
    expect(command?.args.map((word) => script && textAt(script.at(word)))).toEqual(["-s", "https://example.com/a b"]);
  });
});

describe("the shell", () => {
  test.each([
    ["image: alpine:3.20\ncommand: [sh, -c, x]", "sh", "ash"],
    ["image: debian:12\ncommand: [/bin/sh, -c, x]", "sh", "dash"],
    ["image: debian:12\ncommand: [/bin/bash, -c, x]", "bash", "bash"],
    ["image: amazon/aws-cli:2.1.1\ncommand: [sh, -c, x]", "sh", "bash"],
    ["image: acme:1\ncommand: [sh, -c, x]", "sh", undefined],
    ["image: acme:1\ncommand: [busybox, sh, -c, x]", "busybox", "ash"],
    ["image: acme:1\nargs: [sh, -c, x, name]", "sh", undefined],
  ])("of %j is %s, in truth %s", (container, name, family) => {
    const script = scriptIn(container);
    expect([script?.shell?.name, script?.shell?.family, script?.shell?.script.value]).toEqual([name, family, "x"]);
  });

  test.each(["image: acme:1", "command: [sh, -c, 'if true']", "command: [sh, -c, {}]", "command: []"])("nothing is known of %j", (container) => {
    expect(scriptIn(container)).toBeUndefined();
  });
});

test.each([
  ["x", "bash, -c", false, false],
  ["x", "bash, -ec", true, false],
  ["x", "bash, -eo, pipefail, -c", true, true],
  ["set -euo pipefail\nx", "bash, -c", true, true],
  ["set -o errexit -o pipefail; x", "bash, -c", true, true],
  ["set -e\nset +e\nx", "bash, -c", false, false],
  ["(set -e); x", "bash, -c", false, false],
  ["(set -o pipefail) 2>/dev/null && set -o pipefail; x", "sh, -c", false, true],
  ["echo set -e; x", "bash, -c", false, false],
  ["x; set -e", "bash, -c", false, false],
  ["trap 'exit 1' ERR; x", "bash, -c", true, false],
  ["set -x; x", "sh, -e, -c", true, false],
])("options in force in %j by %s", (script, start, errexit, pipefail) => {
  const found = shell(script, start);
  const at = found.commands.find(({ name }) => name === "x")?.start ?? -1;
  expect([found.isOn("errexit", at), found.isOn("pipefail", at)]).toEqual([errexit, pipefail]);
});

const circumstances: readonly (readonly [string, Partial<Circumstances>])[] = [
  ["x", { isTested: false, isConditional: false, isSubstituted: false, pipe: undefined }],
  ["if x; then y; fi", { isTested: true, isConditional: false }],
  ["if y; then x; fi", { isTested: false, isConditional: true }],
  ["while x; do y; done", { isTested: true, isInLoop: true }],
  ["for a in 1 2; do x; done", { isInLoop: true, isTested: false }],
  ["x || y", { isTested: true }],
  ["y || x", { isTested: false, isConditional: true }],
  ["x && y", { isTested: false }],
  ["x && y || z", { isTested: true }],
  ["! x", { isTested: true }],
  ["a=$(x)", { isSubstituted: true }],
  ["y <(x)", { isSubstituted: true }],
  ["x &", { isInBackground: true }],
  ["f() { x; }; f", { isDefinition: true }],
  ["(x)", { isInSubshell: true }],
  ["case $a in b) x;; esac", { isConditional: true }],
];

test.each(circumstances)("where x stands in %j", (script, expected) => {
  expect(named(script, "x").where).toMatchObject(expected);
});

test.each([
  ["x | y", 0, 2],
  ["y | x", 1, 2],
  ["y | while read -r a; do x; done", 1, 2],
  ["{ y; x; } | z", 0, 2],
])("the pipe of x in %j", (script, index, length) => {
  const { pipe } = named(script, "x").where;
  expect([pipe?.index, pipe?.pipeline.commands.length]).toEqual([index, length]);
});

test("words as far as they are known", () => {
  const script = shell('URL=https://example.com/v1\ncurl -s "$URL/jobs" "$@" $OTHER');
  const [, curl] = script.commands;
  expect(curl?.args.map(({ text, lead, isOpen }) => [text, lead, isOpen])).toEqual([
    ["-s", "-s", false],
    ["https://example.com/v1/jobs", "https://example.com/v1/jobs", false],
    [undefined, "", true],
    [undefined, "", true],
  ]);
});

test("a program behind others", () => {
  const { name, behind, args } = named("exec timeout -k 5 60 env A=1 curl -s x", "curl");
  expect([name, behind, args.map(({ text }) => text)]).toEqual(["curl", ["exec", "timeout", "env"], ["-s", "x"]]);
});
