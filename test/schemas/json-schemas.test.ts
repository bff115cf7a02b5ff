import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import { jsonSchemas } from "../../scripts/json-schemas.js";
import { cronJob, decoded, job, kindOf, plain, rootOf } from "../core/api/manifest.js";

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });

function validator(name: string): ValidateFunction {
  const text = readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
  return ajv.compile(JSON.parse(text) as object);
}

const validators = { Job: validator("job"), CronJob: validator("cronjob") };
const either = validator("kronlint");

test.each(jsonSchemas())("$path is what the table says", ({ path, content }) => {
  expect(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8") === content, "run: npm run generate").toBe(true);
});

const item = (fields: string): string => job({ item: `{ name: a, image: b, ${fields} }` });

const good: readonly string[] = [
  cronJob(),
  job(),
  cronJob({ spec: "timeZone: Europe/Berlin" }),
  cronJob({ spec: "suspend: null" }),
  cronJob({ spec: "concurrencyPolicy: Forbid" }),
  cronJob({ spec: "startingDeadlineSeconds: 300" }),
  cronJob({ template: "metadata: { labels: { app: report }, ownerReferences: [{ kind: X }] }" }),
  cronJob({ job: "ttlSecondsAfterFinished: 0" }),
  cronJob({ job: "podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }] }" }),
  cronJob({ job: "podFailurePolicy: { rules: [] }" }),
  job({ job: "completionMode: Indexed\n  completions: 3" }),
  job({ job: "completionMode: Indexed\n  completions: 3\n  successPolicy: { rules: [{ succeededCount: 1 }] }" }),
  job({ job: "backoffLimit: 1.0" }),
  job({ pod: "terminationGracePeriodSeconds: 30" }),
  job({ pod: "volumes: [{ name: v, emptyDir: {} }, { name: w, configMap: { name: c, defaultMode: 0555 } }]" }),
  job({ pod: "initContainers: [{ name: s, image: t, restartPolicy: Always }]" }),
  job({ pod: "tolerations: [{ operator: Exists }]" }),
  job({ pod: "securityContext: { runAsUser: 1000, sysctls: [{ name: a, value: '' }] }" }),
  item("resources: { limits: { cpu: 0.5, memory: 2Gi }, requests: { cpu: 250m } }"),
  item("ports: [{ containerPort: 80 }]"),
  item("livenessProbe: { httpGet: { port: http, path: / } }"),
  item("livenessProbe: { httpGet: { port: 80 } }"),
  item("args: [a, null]"),
  item("env: [{ name: A }, { name: B, value: null }]"),
  job().replace("name: report }", "generateName: report- }"),
  job().replace("name: report }", "name: report, creationTimestamp: null }"),
  `${job()}status: { conditions: [{ type: Complete }] }\n`,
];

const bad: readonly string[] = [
  cronJob({ spec: "timezone: Etc/UTC" }),
  cronJob({ spec: "backoffLimit: 3" }),
  cronJob({ spec: "concurrencyPolicy: forbid" }),
  cronJob({ spec: 'suspend: "true"' }),
  cronJob({ spec: "startingDeadlineSeconds: -1" }),
  cronJob({ spec: "failedJobsHistoryLimit: 1.5" }),
  cronJob({ template: "suspend: true" }),
  cronJob().replace("schedule:", "Schedule:"),
  cronJob().replace('"0 5 * * *"', '""'),
  cronJob().replace('"0 5 * * *"', "5"),
  cronJob().replace("batch/v1", "batch/v1beta1"),
  cronJob().replace("metadata: { name: report }\n", ""),
  cronJob().replace("{ name: report }", "{ labels: { a: b } }"),
  cronJob().replace("{ name: report }", '{ name: "" }'),
  cronJob().replace(/ {2}jobTemplate:[^]*/, ""),
  job({ job: 'backoffLimit: "3"' }),
  job({ job: "backoffLimit: 2147483648" }),
  job({ job: "completionMode: indexed" }),
  job({ job: "successPolicy: { rules: [] }" }),
  job({ job: "podFailurePolicy: { rules: [{ onExitCodes: { operator: In, values: [1] } }] }" }),
  job({ job: "restartPolicy: Never" }),
  job({ pod: "dnsPolicy: clusterFirst" }),
  job({ pod: "nodeSelector: { a: 1 }" }),
  job({ pod: "nodeSelector: [a]" }),
  job({ pod: "tolerations: [{ operator: Lt, key: a, value: '1' }]" }),
  job({ pod: "activeDeadlineSeconds: 0" }),
  job({ pod: "volumes: [{ emptyDir: {} }]" }),
  job({ pod: "volumes: [{ name: w, configMap: { name: c, defaultMode: 555 } }]" }),
  job().replace("Never", "Always"),
  job().replace(/ *restartPolicy.*\n/, ""),
  job().replace(/containers:[^]*/, "containers: []\n"),
  job().replace(/containers:[^]*/, "containers: [null]\n"),
  job({ item: "{ name: a }" }),
  job({ item: "{ image: a }" }),
  item("imagePullPolicy: always"),
  item("command: sh"),
  item("args: [1]"),
  item("env: [{ name: A, value: 1 }]"),
  item("env: { A: b }"),
  item("resources: { limits: { memory: 2GB } }"),
  item("ports: [{ containerPort: 70000 }]"),
  item("volumeMounts: [{ name: v }]"),
  item("frobnicate: 1"),
  `${job()}status: { active: many }\n`,
];

describe.each([
  ["good", good, true],
  ["bad", bad, false],
] as const)("%s objects", (_, texts, expected) => {
  test.each(texts)("%#: schema and decoder agree", (text) => {
    const root = rootOf(text);
    const object = plain(root);
    expect(decoded(text).filter(({ outcome }) => outcome === "rejected").length === 0).toBe(expected);
    expect(validators[kindOf(root)](object)).toBe(expected);
    expect(either(object)).toBe(expected);
  });
});

test("neither kind is the other's", () => {
  expect(validators.Job(plain(rootOf(cronJob())))).toBe(false);
  expect(either({ apiVersion: "apps/v1", kind: "Deployment" })).toBe(false);
});
