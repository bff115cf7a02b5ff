import { expect, test } from "vitest";
import { jobOfWorkload, workloadOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";
import { type ContainerScript, scriptOf, templatedScriptOf } from "../../../src/core/runtime/container-script.js";
import { textAt } from "../../../src/core/text/place.js";

function scriptIn(command: string): ContainerScript | undefined {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: a }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: bash:5
          command: ${command}
`;
  const [document] = read({ name: "a.yaml", text }).documents;
  const workload = document && workloadOf(document, new Set());
  const [container] = workload ? jobOfWorkload(workload).pod.written : [];
  if (container === undefined) throw new Error("no container");
  if (text.includes("{{")) expect(scriptOf(container)).toBeUndefined();
  return templatedScriptOf(container);
}

function block(...lines: readonly string[]): string {
  const text = lines.map((line) => `${" ".repeat(14)}${line}\n`).join("");
  return `\n            - bash\n            - -c\n            - |\n${text}`;
}

function shown(script: ContainerScript | undefined): readonly string[] | undefined {
  return script?.commands.map((one) => `${one.name ?? "?"} ${one.args.map(({ text }) => text ?? "?").join(" ")}`.trim());
}

test("a word that a template writes is unknown, and what stands around it is known to the character", () => {
  const script = scriptIn('[bash, -ec, "pg_dump {{ .Values.db }} | gzip > {{ .Values.to | quote }}"]');
  expect(shown(script)).toEqual(["pg_dump ?", "gzip"]);
  expect(script?.commands.map((one) => one.program && textAt(script.at(one.program)))).toEqual(["pg_dump", "gzip"]);
  expect(script?.commands[0]?.args.map((word) => textAt(script.at(word)))).toEqual(["{{ .Values.db }}"]);
  expect([script?.isWhole, script?.isOn("errexit", 30), script?.isOn("pipefail", 30)]).toEqual([true, true, false]);
});

test("from a command that a template writes on, every option may be set", () => {
  const script = scriptIn(block("./first", "{{ .Values.prelude }}", "./second"));
  expect(shown(script)).toEqual(["first", "?", "second"]);
  const [first, , second] = script?.commands ?? [];
  expect([first, second].map((one) => script?.isOn("pipefail", one?.start ?? 0))).toEqual([false, true]);
  expect(script?.isWhole).toBe(false);
});

test("flags of set that a template writes are unknown", () => {
  const script = scriptIn(block("set -e{{ if .Values.debug }}x{{ end }}", "./second"));
  expect(script?.isOn("pipefail", script.commands[1]?.start ?? 0)).toBe(true);
});

test("conditions on lines of their own write nothing, but leave out what they enclose", () => {
  const script = scriptIn(block("curl -s \\", "  {{- if .Values.user }}", "  -u me \\", "  {{- end }}", "  http://shop", "./next"));
  expect(shown(script)).toEqual(["curl -s -u me http://shop", "next"]);
  expect(script?.isWhole).toBe(false);
  expect(script?.commands.map((one) => script.isOn("pipefail", one.start))).toEqual([false, false]);
});

test.each([
  '[bash, "-{{ .Values.flags }}c", "./run"]',
  "{{ toYaml .Values.command | nindent 12 }}",
  block("./run", "if {{ .Values.really }}; then"),
])("nothing is known of %s", (command) => {
  expect(shown(scriptIn(command))?.filter((one) => one.includes("run")) ?? []).toEqual([]);
});
