import { expect, test } from "vitest";
import { judgeUpdate } from "../../../../src/core/api/update/judge.js";
import { verdictOfUpdate } from "../../../../src/core/api/update/verdict.js";
import type { Verdict } from "../../../../src/core/api/verdict.js";
import { read } from "../../../../src/core/read/read.js";
import { textAt } from "../../../../src/core/text/place.js";

function judged(old: string, now: string, version = "1.36"): Verdict {
  return judgeUpdate({ name: "new.yaml", text: now }, { name: "old.yaml", text: old }, version);
}

/** `ok`, or the stage and what is refused. */
function said(old: string, now: string, version = "1.36"): string {
  const { stage, errors } = judged(old, now, version);
  const reasons = [...new Set(errors.map(({ type, field }) => `${(type ?? "").replace("FieldValue", "")} ${field ?? ""}`.trim()))].sort();
  return [stage, ...reasons].join(", ").replace(/, $/, "");
}

const pod = "restartPolicy: Never, containers: [{name: a, image: 'a:1'}]";

function job(spec: string, template = `{spec: {${pod}}}`, status = "{}"): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {${spec === "" ? "" : `${spec}, `}template: ${template}}\nstatus: ${status}\n`;
}

const inNamespace = (namespace: string): string => job("").replace("{name: j}", `{name: j, namespace: ${namespace}}`);

test.each([
  ["no namespace is the default", job(""), inNamespace("default"), "ok"],
  ["an empty namespace is the default", inNamespace("default"), inNamespace("''"), "ok"],
  ["an empty namespace stays", inNamespace("''"), inNamespace("''"), "ok"],
  ["an empty namespace goes", inNamespace("''"), job(""), "ok"],
  ["kubectl takes a namespace that is no text for none", job(""), inNamespace("1"), "ok"],
  ["another namespace is another object", inNamespace("x"), inNamespace("''"), "old"],
  ["an item without its key, for the live object has none", job("", `{spec: {${pod}, imagePullSecrets: [{name: ''}]}}`),
    job("", `{spec: {${pod}, imagePullSecrets: [{name: ''}]}}`), "decode"],
  ["a quantity beyond 64 bits is rounded in a patch", job("", bytes("9999999999999999999")),
    job("parallelism: 2", bytes("9999999999999999999")), "update, Invalid spec.template"],
  ["and one of 64 bits is not", job("", bytes("9223372036854775807")), job("parallelism: 2", bytes("9223372036854775807")), "ok"],
])("%s", (_, old, now, expected) => {
  expect(said(old, now)).toBe(expected);
});

function bytes(amount: string): string {
  return `{spec: {restartPolicy: Never, containers: [{name: a, image: a, resources: {limits: {memory: ${amount}}}}]}}`;
}

test.each([
  ["nothing changes", job(""), job(""), "ok"],
  ["the image", job(""), job("", "{spec: {restartPolicy: Never, containers: [{name: a, image: 'a:2'}]}}"), "update, Invalid spec.template"],
  ["an explicit default", job(""), job("", `{spec: {${pod}, dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30}}`), "ok"],
  ["what may change", job(""), job("parallelism: 3, suspend: true, backoffLimit: 2, ttlSecondsAfterFinished: 5, activeDeadlineSeconds: 9"), "ok"],
  ["completions", job("completions: 2"), job("completions: 3"), "update, Invalid spec.completions"],
  ["completions go", job("completions: 2"), job(""), "update, Invalid spec.completions"],
  [
    "completions of an indexed Job with parallelism",
    job("completionMode: Indexed, completions: 2, parallelism: 2"),
    job("completionMode: Indexed, completions: 3, parallelism: 3"),
    "ok",
  ],
  [
    "completions of an indexed Job alone",
    job("completionMode: Indexed, completions: 2, parallelism: 2"),
    job("completionMode: Indexed, completions: 3, parallelism: 2"),
    "update, Invalid spec.completions",
  ],
  ["managedBy", job(""), job("managedBy: a.example/b"), "update, Invalid spec.managedBy"],
  ["another name", job(""), job("").replace("name: j", "name: k"), "old"],
  ["an old manifest that is refused", job("parallelism: -1"), job(""), "old, Invalid spec.parallelism"],
  ["a field that no version has", job(""), job("sparallelism: 1"), "strict"],
  ["a wrong type", job(""), job("parallelism: [1]"), "decode"],
  ["a number beyond 32 bits, whose upper bits are lost", job(""), job("parallelism: 4294967296"), "ok"],
  ["an item without its key", job(""), job("", "{spec: {restartPolicy: Never, containers: [{image: 'a:1'}]}}"), "decode"],
  ["two documents", job(""), `${job("")}---\n${job("")}`, "yaml"],
])("an update of a Job: %s", (_, old, now, answer) => {
  expect(said(old, now)).toBe(answer);
});

test("equal quantities are no change, others are", () => {
  const limits = (cpu: string): string => job("", `{spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1', resources: {limits: {cpu: ${cpu}}}}]}}`);
  expect(said(limits("1"), limits("1000m"))).toBe("ok");
  expect(said(limits("1"), limits("1001m"))).toBe("update, Invalid spec.template");
});

test("completions of an indexed Job were fixed before 1.27", () => {
  const indexed = (count: number): string => job(`completionMode: Indexed, completions: ${String(count)}, parallelism: ${String(count)}`);
  expect(said(indexed(2), indexed(3), "1.26")).toBe("update, Invalid spec.completions");
  expect(said(indexed(2), indexed(3), "1.27")).toBe("ok");
});

const elsewhere = `{spec: {${pod}, nodeSelector: {disk: ssd}}}`;
const started = "{startTime: '2024-01-01T00:00:00Z'}";
const parked = "{startTime: '2024-01-01T00:00:00Z', conditions: [{type: Suspended, status: 'True'}]}";

test.each([
  ["1.35", "suspend: true", "{}", "ok"],
  ["1.35", "suspend: true", started, "update, Invalid spec.template"],
  ["1.35", "suspend: true", parked, "update, Invalid spec.template"],
  ["1.36", "suspend: true", started, "update, Invalid spec.template"],
  ["1.36", "suspend: true", parked, "ok"],
  ["1.36", "suspend: false", "{}", "update, Invalid spec.template"],
])("scheduling in %s of a Job with %s and the status %s", (version, spec, status, answer) => {
  expect(said(job(spec, undefined, status), job(spec, elsewhere), version)).toBe(answer);
});

test("resources of a suspended Job change from 1.36 on", () => {
  const more = "{spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1', resources: {limits: {cpu: 2}}}]}}";
  expect(said(job("suspend: true"), job("suspend: true", more), "1.35")).toBe("update, Invalid spec.template");
  expect(said(job("suspend: true"), job("suspend: true", more), "1.36")).toBe("ok");
});

test("labels that the old template had take the generated ones with them", () => {
  const old = job("", `{metadata: {labels: {a: b}}, spec: {${pod}}}`);
  expect(said(old, job(""))).toBe(
    [
      "update",
      "Invalid spec.template",
      "Invalid spec.template.metadata.labels",
      ...["batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name", "controller-uid", "job-name"].map(
        (key) => `Required spec.template.metadata.labels[${key}]`,
      ),
    ].join(", "),
  );
});

test("ports of the same number: what the second one loses, the first one loses", () => {
  const ports = (second: string): string =>
    job("", `{spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1', ports: [{containerPort: 53, protocol: UDP}, ${second}]}]}}`);
  expect(said(ports("{containerPort: 53, protocol: TCP}"), ports("{containerPort: 53, protocol: TCP}"))).toBe("ok");
  expect(said(ports("{containerPort: 53, protocol: TCP}"), ports("{containerPort: 53}"))).toBe("update, Invalid spec.template");
});

function cronJob(schedule: string, containers: string): string {
  const template = `{spec: {template: {spec: {restartPolicy: Never, containers: ${containers}}}}}`;
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {schedule: '${schedule}', jobTemplate: ${template}}\n`;
}

test("a CronJob's template changes freely, and is validated", () => {
  const old = cronJob("@daily", "[{name: a, image: 'a:1'}]");
  expect(said(old, cronJob("@hourly", "[{name: b, image: 'b:2'}]"))).toBe("ok");
  expect(said(old, cronJob("@hourly", "[{name: B, image: 'b:2'}]"))).toBe("update, Invalid spec.jobTemplate.spec.template.spec.containers[0].name");
  expect(said(old, cronJob("TZ=UTC * * * * *", "[{name: a, image: 'a:1'}]"), "1.29")).toBe("update, Invalid spec.schedule");
});

test("zones in a schedule are warned about where something changes", () => {
  const old = cronJob("TZ=UTC * * * * *", "[{name: a, image: 'a:1'}]");
  expect(judged(old, old, "1.24").warnings).toHaveLength(0);
  expect(judged(old, cronJob("TZ=UTC 1 * * * *", "[{name: a, image: 'a:1'}]"), "1.24").warnings).toHaveLength(1);
});

function documentOf(text: string, name: string): ReturnType<typeof read>["documents"][number] {
  const [document] = read({ name, text }, { prose: "never" }).documents;
  if (!document) throw new Error("no document");
  return document;
}

test("every place is in the new manifest", () => {
  const now = job("", "{spec: {restartPolicy: Never, containers: [{name: a, image: 'a:2'}]}}");
  const { errors } = verdictOfUpdate(documentOf(now, "new.yaml"), documentOf(job("completions: 2"), "old.yaml"), "Job", "1.36");
  expect(errors.map(({ at }) => [at.source.name, textAt(at)])).toEqual([
    ["new.yaml", "spec"],
    ["new.yaml", "'a:2'"],
  ]);
});

test("what a template decides is not refused", () => {
  const now = job("", "{spec: {restartPolicy: Never, containers: [{name: a, image: '{{ .Values.image }}'}]}}");
  expect(verdictOfUpdate(documentOf(now, "new.yaml"), documentOf(job(""), "old.yaml"), "Job", "1.36").stage).toBe("ok");
});

test("repeated items in great number take linear time", () => {
  const many = (value: string): string => Array.from({ length: 20_000 }, (_, index) => `{name: A${String(index % 9_000)}, value: ${value}}`).join(", ");
  const containers = (value: string): string => `[{name: a, image: 'a:1', env: [${many(value)}]}]`;
  expect(judged(cronJob("@daily", containers("b")), cronJob("@daily", containers("c"))).stage).not.toBe("panic");
}, 10_000);

test("clusterName is lost, so that every apply brings it and its warning again", () => {
  const text = job("").replace("{name: j}", "{name: j, clusterName: x}");
  expect(judged(text, text, "1.24").warnings).toHaveLength(1);
  expect(judged(text, job(""), "1.24").warnings).toEqual([]);
});
