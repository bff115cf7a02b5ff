import { expect, test } from "vitest";
import { lint } from "../../../src/index.js";

function job(...pod: readonly string[]): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: load }
spec:
  activeDeadlineSeconds: 60
  template:
    spec:
      restartPolicy: Never
${pod.map((line) => `      ${line}\n`).join("")}`;
}

const refused = (...pod: readonly string[]): readonly string[] =>
  lint(job(...pod), { file: "templates/job.yaml" }).filter(({ severity }) => severity === "error").map(({ line, rule }) => `${String(line)} ${rule}`);

const container = ["containers:", "  - name: main", "    image: registry.example.com/a:1"];

test.each([
  ["if and else", "{{- else }}"],
  ["if and if not", "{{- end }}\n          {{- if not .Values.a }}"],
  ["if and else if", "{{- else if .Values.b }}"],
])("what %s write into one mapping is not refused for being there twice", (_, between) => {
  const volume = ["volumes:", "  - name: data", "    {{- if .Values.a }}", "    persistentVolumeClaim: { claimName: a }", `    ${between}`, "    emptyDir: {}", "    {{- end }}"];
  expect(refused(...container, ...volume)).toEqual([]);
  const variable = ["    env:", "      - name: A", "        {{- if .Values.a }}", "        value: x", `        ${between}`];
  expect(refused(...container, ...variable, "        valueFrom: { secretKeyRef: { name: a, key: b } }", "        {{- end }}")).toEqual([]);
});

test.each(["{{- else }}", "{{- end }}\n        {{- if not .Values.a }}"])("nor are items of one name, with %s between them", (between) => {
  const volumes = ["volumes:", "  {{- if .Values.a }}", "  - name: data", "    emptyDir: {}", `  ${between}`, "  - name: data", "    hostPath: { path: /data }", "  {{- end }}"];
  expect(refused(...container, ...volumes)).toEqual([]);
});

test("each way is looked at", () => {
  const ways = ["{{- if .Values.a }}", "dnsPolicy: Nobody", "{{- else }}", "hostNetwork: sometimes", "{{- end }}"];
  expect(refused(...ways, ...container)).toEqual(["10 value-unsupported", "12 type-mismatch"]);
  const items = ["volumes:", "  {{- if .Values.a }}", "  - { name: a, emptyDir: {}, hostPath: { path: /a } }", "  {{- else }}", "  - { name: A, emptyDir: {} }", "  {{- end }}"];
  expect(refused(...container, ...items)).toEqual(["14 field-forbidden", "16 field-invalid"]);
});

test("what stands in no condition, or in one and the same, is refused as ever", () => {
  expect(refused(...container, "volumes:", "  - { name: a, emptyDir: {} }", "  - { name: a, emptyDir: {} }")).toEqual(["14 field-duplicate"]);
  const both = ["volumes:", "  {{- if .Values.a }}", "  - { name: a, emptyDir: {} }", "  - { name: a, emptyDir: {} }", "  {{- end }}"];
  expect(refused(...container, ...both)).toEqual(["15 field-duplicate"]);
});

test("a key that both ways write has the faults of each", () => {
  expect(refused(...container, "{{- if .Values.a }}", "dnsPolicy: Nobody", "{{- else }}", "dnsPolicy: Default", "{{- end }}")).toEqual(["13 value-unsupported"]);
  expect(refused(...container, "{{- if .Values.a }}", "dnsPolicy: Default", "{{- else }}", "dnsPolicy: Nobody", "{{- end }}")).toEqual(["15 value-unsupported"]);
  expect(refused(...container, "{{- if .Values.a }}", "dnsPolicy: None", "{{- else }}", "dnsPolicy: Default", "{{- end }}")).toEqual([]);
});

test("lists that ways write are not mixed with what other ways write elsewhere", () => {
  const mounts = ["    env:", "      {{- if .Values.e }}", "      - { name: A, value: x }", "      {{- end }}", "    {{- if .Values.f }}", "    tty: true", "    {{- end }}"];
  const mine = ["    {{- if .Values.a }}", "    volumeMounts: [{ name: a, mountPath: /a }]", "    {{- else }}", "    volumeMounts: [{ name: b, mountPath: /b }]", "    {{- end }}"];
  const volumes = ["{{- if .Values.a }}", "volumes: [{ name: a, emptyDir: {} }]", "{{- else }}", "volumes: [{ name: b, emptyDir: {} }]", "{{- end }}"];
  expect(refused(...container, ...mounts, ...mine, ...volumes)).toEqual([]);
});
