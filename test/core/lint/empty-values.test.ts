import { expect, test } from "vitest";
import { lintChart } from "../../../src/core/lint/chart.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { rules } from "../../../rules/index.js";

const input = { rules, settings: defaultFileSettings({ settings: { delivery: "helm" } }) };

/** What is said about a pod of a chart, but for advice. */
function said(values: string, ...pod: readonly string[]): readonly string[] {
  const template = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 1 * * *"
  concurrencyPolicy: Allow
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      template:
        spec:
${pod.map((line) => `          ${line}\n`).join("")}          containers:
            - { name: main, image: "registry.example.com/a:1", command: ["/run"] }
`;
  const files = { "Chart.yaml": "name: a\nversion: 1.0.0\n", "values.yaml": values, "templates/a.yaml": template };
  const all = Object.entries(files).map(([path, text]) => ({ path, source: { name: path, text } }));
  const chart = lintChart({ files: all, inputOf: () => input, release: "r" });
  const reports = all.flatMap(({ path, source }) => chart.of(path, source, input).reports);
  return reports.filter(({ severity }) => severity !== "info").map(({ rule }) => rule);
}

const branch = ["{{- with .Values.nodes }}", "nodeSelector:", "  {{- toYaml . | nindent 12 }}", "{{- end }}"];

test.each(["nodes: {}", "nodes: ''", "{}", "nodes: []", "nodes:"])("a value that is left empty, %s, hides nothing but the key that it is for", (values) => {
  expect(said(values, ...branch)).toEqual(["restart-policy-invalid"]);
  expect(said(values, "restartPolicy: Never", ...branch)).toEqual([]);
});

test("the key that it is for may come", () => {
  const policy = ["{{- with .Values.policy }}", "restartPolicy: {{ . }}", "{{- end }}"];
  expect(said("policy: ''", ...policy)).toEqual([]);
});

test("of two ways to fill in a volume, neither is refused beside the other", () => {
  const volume = [
    "restartPolicy: Never", "volumes:", "  - name: data",
    "    {{- if .Values.claim }}", "    persistentVolumeClaim: { claimName: {{ .Values.claim }} }", "    {{- end }}",
    "    {{- if not .Values.claim }}", "    emptyDir: {}", "    {{- end }}",
  ];
  expect(said("claim: ''", ...volume)).toEqual([]);
});

test("what stands in such a branch is looked at", () => {
  expect(said("dns: ''", "restartPolicy: Never", "{{- if .Values.dns }}", "dnsPolicy: Nobody", "{{- end }}")).toEqual(["value-unsupported"]);
});

test.each([
  ["a list at the column of its key", ["{{- with .Values.none }}", "tolerations:", "{{- toYaml . | nindent 10 }}", "{{- end }}"]],
  ["a list that is written there", ["{{- if .Values.none }}", "tolerations:", "- key: a", "  operator: Exists", "{{- end }}"]],
  ["one condition in another", ["{{- with .Values.none }}{{- with .inner }}", "securityContext:", "  {{- toYaml . | nindent 12 }}", "{{- end }}{{- end }}"]],
  ["a loop below a key", ["{{- if .Values.none }}", "nodeSelector:", "  {{- range $k, $v := .Values.none }}", "  {{ $k }}: {{ $v }}", "  {{- end }}", "{{- end }}"]],
])("%s hides nothing else either", (_, lines) => {
  expect(said("none: {}", ...lines)).toEqual(["restart-policy-invalid"]);
  expect(said("none: {}", "restartPolicy: Never", ...lines)).toEqual([]);
});

test("what is there by default is judged, though the same key may be switched on", () => {
  const two = ["{{- if .Values.q }}", "restartPolicy: Never", "{{- end }}", "{{- if not .Values.q }}", "restartPolicy: Sometimes", "{{- end }}"];
  for (const values of ["{}", "q: ''", "q:"]) expect(said(values, ...two)).toEqual(["restart-policy-invalid"]);
});

test("items of one name in two conditions are one or the other", () => {
  const volume = (guard: string, source: string): readonly string[] => [`  {{- if ${guard} }}`, "  - name: data", `    ${source}`, "  {{- end }}"];
  const both = ["restartPolicy: Never", "volumes:", ...volume(".Values.q", "emptyDir: {}"), ...volume("not .Values.q", "hostPath: { path: /data }")];
  for (const values of ["{}", "q: ''", "q: x", "q:"]) expect(said(values, ...both)).toEqual([]);
});

test("of a chain of conditions each way is looked at, whichever the values take", () => {
  const chain = ['{{- if eq .Values.m "a" }}', "dnsPolicy: ClusterFirst", '{{- else if eq .Values.m "b" }}', "dnsPolicy: Nobody", "{{- else }}", "dnsPolicy: Default", "{{- end }}"];
  for (const m of ["a", "b", "c"]) expect(said(`m: ${m}`, "restartPolicy: Never", ...chain)).toEqual(["value-unsupported"]);
});

test("what nobody knows is not hidden by a comment on whose line it begins", () => {
  const template = ["restartPolicy: Never", "volumes:", "  # more of them", '  {{- include "elsewhere" . | indent 10 }}'];
  expect(said("{}", ...template)).toEqual([]);
});
