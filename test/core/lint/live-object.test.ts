import { expect, test } from "vitest";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { rules } from "../../../rules/index.js";

function fixes(text: string, settings: object = {}): readonly string[] {
  const { reports } = lintReports({ name: "a.yaml", text }, { rules, settings: defaultFileSettings({ settings, now: 0 }) });
  return reports.flatMap(({ rule, fix }) => (fix ? [`${rule}: ${fix.safe ? "safe" : "unsafe"} ${fix.title}`] : [])).filter((one) => one.startsWith(asked));
}

const asked = "unschedulable-constraints: ";

const pod = `
    metadata: { labels: { app: a } }
    spec:
      restartPolicy: Never
      containers: [{ name: a, image: "a:1" }]
      nodeSelector:
        kubernetes.io/arch: aarch64
`;

const job = (metadata: string, more = ""): string => `apiVersion: batch/v1
kind: Job
metadata: ${metadata}
spec:${more}
  template:${pod}`;

test("what stands in the template of a Job that exists is not safe to mend", () => {
  expect(fixes(job("{ name: a }"))).toEqual([`${asked}unsafe write arm64; a Job that exists must be replaced`]);
});

test.each([
  ["a Job that gets a name each time", job("{ generateName: a- }")],
  ["a hook that is deleted before it is created", job('{ name: a, annotations: { helm.sh/hook: pre-upgrade } }')],
  ["a Job that Argo CD replaces", job('{ name: a, annotations: { argocd.argoproj.io/sync-options: "Force=true,Replace=true" } }')],
  ["a Job that the server refuses", job("{ name: a }", "\n  backoffLimit: -1")],
])("%s has no former self", (_, text) => {
  expect(fixes(text)).toEqual([`${asked}safe write arm64`]);
});

test("a hook that stays has one", () => {
  const annotations = "{ helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded }";
  expect(fixes(job(`{ name: a, annotations: ${annotations} }`))).toEqual([`${asked}unsafe write arm64; a Job that exists must be replaced`]);
});

test("a CronJob's next Job has the template as it is then", () => {
  const inside = `      template:${pod}`.replaceAll("\n    ", "\n        ");
  const text = `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n${inside}`;
  expect(fixes(text)).toEqual([`${asked}safe write arm64`]);
});

const scaled = (more: string): string => `apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: a }
spec:${more}
  jobTargetRef:
    template:${pod.replaceAll("\n", "\n  ")}`;

test("KEDA ends the Jobs that run when a ScaledJob changes, unless it is told otherwise", () => {
  expect(fixes(scaled(""))).toEqual([`${asked}unsafe write arm64; KEDA then deletes the Jobs that run`]);
  expect(fixes(scaled("\n  rollout: { strategy: gradual }"))).toEqual([`${asked}safe write arm64`]);
});

test.each([
  ["behind the template", "\n"],
  ["behind the template, at the end of the file", ""],
])("a field of the Job is inserted safely %s", (_, end) => {
  const text = `${job("{ name: a }").trimEnd()}${end}`;
  const { reports } = lintReports({ name: "a.yaml", text }, { rules, settings: defaultFileSettings({ now: 0 }) });
  const fix = reports.find(({ rule }) => rule === "backoff-default-never")?.fix;
  expect(fix).toMatchObject({ safe: true, title: "write the default out: backoffLimit: 6" });
});

test("a new field that is fixed is told as one", () => {
  const text = job("{ name: a }", "\n  backoffLimit: 0");
  const { reports } = lintReports({ name: "a.yaml", text }, { rules, settings: defaultFileSettings({ now: 0 }) });
  const fix = reports.find(({ rule }) => rule === "disruption-counts-as-failure")?.fix;
  expect(fix?.title).toMatch(/; a Job that exists must be replaced$/);
});
