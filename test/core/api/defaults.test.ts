import { expect, test } from "vitest";
import { checkFor } from "../../../src/core/api/check.js";
import { applyDefaults } from "../../../src/core/api/defaults.js";
import { isLatest } from "../../../src/core/api/image-name.js";
import { lower } from "../../../src/core/api/lower.js";
import type { Typed } from "../../../src/core/api/typed.js";
import { versionsOf } from "../../../src/core/api/versions.js";
import { read } from "../../../src/core/read/read.js";

function plain(typed: Typed): unknown {
  switch (typed.kind) {
    case "scalar":
      return typed.value;
    case "unknown":
      return "?";
    case "list":
      return typed.items.map(plain);
    case "map":
      return Object.fromEntries([...typed.entries].map(([key, value]) => [key, plain(value)]));
    case "object":
      return Object.fromEntries([...typed.fields].map(([key, value]) => [key, plain(value)]));
  }
}

function defaulted(text: string, version: string, kind: "Job" | "CronJob" = "Job"): unknown {
  const { documents } = read({ name: "case.yaml", text: `apiVersion: batch/v1\nkind: ${kind}\n${text}` }, { prose: "never" });
  const [document] = documents;
  if (!document) throw new Error("no document");
  const { object } = lower(document.root, kind, { version: versionsOf([version]), patch: false });
  applyDefaults(checkFor(version, kind), object);
  return plain(object);
}

test("a Job gets its numbers, the structs that Go always has, and its template's labels", () => {
  expect(defaulted("spec: {template: {metadata: {labels: {a: b}}}}", "1.36")).toMatchObject({
    metadata: { labels: { a: "b" } },
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: "NonIndexed",
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: "TerminatingOrFailed",
      template: { spec: { restartPolicy: "Always", dnsPolicy: "ClusterFirst", terminationGracePeriodSeconds: 30, securityContext: {} } },
    },
  });
});

test("completions stay open where only parallelism is written", () => {
  expect(defaulted("spec: {parallelism: 2}", "1.36")).not.toHaveProperty("spec.completions");
});

test.each([
  ["1.24", 6],
  ["1.28", 2147483647],
])("the limit of retries with one per index in %s", (version, limit) => {
  expect(defaulted("spec: {backoffLimitPerIndex: 1}", version)).toHaveProperty("spec.backoffLimit", limit);
});

test("a CronJob's template gets no numbers of a Job", () => {
  const object = defaulted("spec: {schedule: '@daily'}", "1.36", "CronJob");
  expect(object).toMatchObject({ spec: { concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 } });
  expect(object).not.toHaveProperty("spec.jobTemplate.spec.backoffLimit");
  expect(object).toHaveProperty("spec.jobTemplate.spec.template.spec.schedulerName", "default-scheduler");
});

test.each([
  ["1.33", "CronJob", undefined],
  ["1.34", "CronJob", "True"],
  ["1.26", "Job", "True"],
] as const)("a condition's status in %s for a %s", (version, kind, status) => {
  const rule = "{podFailurePolicy: {rules: [{onPodConditions: [{type: A}]}]}}";
  const job = kind === "Job" ? `spec: ${rule}` : `spec: {jobTemplate: {spec: ${rule}}}`;
  const path = kind === "Job" ? "spec" : "spec.jobTemplate.spec";
  const pattern: unknown = status === undefined ? { type: "A" } : { type: "A", status };
  expect(defaulted(job, version, kind)).toHaveProperty(`${path}.podFailurePolicy.rules[0].onPodConditions[0]`, pattern);
});

function container(text: string, version = "1.36", pod = ""): unknown {
  const object = defaulted(`spec: {template: {spec: {${pod} containers: [${text}]}}}`, version) as {
    spec: { template: { spec: { containers: unknown[] } } };
  };
  return object.spec.template.spec.containers[0];
}

test("0 and the empty text count as absent where the field is no pointer", () => {
  const found = container("{image: a:1, terminationMessagePath: '', livenessProbe: {periodSeconds: 0, grpc: {port: 1, service: x}}}");
  expect(found).toMatchObject({
    imagePullPolicy: "IfNotPresent",
    terminationMessagePath: "/dev/termination-log",
    livenessProbe: { periodSeconds: 10, timeoutSeconds: 1, grpc: { service: "x" } },
  });
});

test("resources are rounded up to thousandths", () => {
  const found = container("{resources: {limits: {cpu: 0.0001, memory: 1.5Gi}, requests: {cpu: 100u}}}");
  expect(found).toHaveProperty("resources", { limits: { cpu: "1m", memory: "1.5Gi" }, requests: { cpu: "1m" } });
});

test.each([
  ["1.27", { containerPort: 80, hostPort: 80, protocol: "TCP" }],
  ["1.28", { containerPort: 80, protocol: "TCP" }],
])("ports of the host's network in %s", (version, port) => {
  expect(container("{ports: [{containerPort: 80}]}", version, "hostNetwork: true,")).toHaveProperty("ports[0]", port);
});

test("what a template may write stays unknown", () => {
  const found = container("{image: '{{ .image }}'}");
  expect(found).toHaveProperty("imagePullPolicy", "?");
});

test("a volume without a source is an empty directory, the old account name the new one", () => {
  const object = defaulted("spec: {template: {spec: {serviceAccount: robot, volumes: [{name: a}, {name: b, secret: {secretName: c}}]}}}", "1.36");
  expect(object).toMatchObject({
    spec: {
      template: {
        spec: { serviceAccountName: "robot", volumes: [{ name: "a", emptyDir: {} }, { name: "b", secret: { defaultMode: 420 } }] },
      },
    },
  });
});

test.each([
  ["busybox", true],
  ["busybox:latest", true],
  ["localhost:5000/a/b", true],
  ["Registry.example/a", true],
  ["busybox:1", false],
  [`busybox@sha256:${"a".repeat(64)}`, false],
  [`busybox:latest@sha256:${"a".repeat(64)}`, true],
  ["busybox:latest@sha256:12", false],
  ["Busybox", false],
  ["a".repeat(64), false],
  ["a//b", false],
  ["", false],
])("%s is latest: %s", (image, latest) => {
  expect(isLatest(image)).toBe(latest);
});
