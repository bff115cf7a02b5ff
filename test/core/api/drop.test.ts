import { expect, test } from "vitest";
import { podVerdict } from "./validate/pod-errors.js";

const withVolumes = `volumes: [{ name: model, image: { reference: a } }, { name: work, emptyDir: {} }]`;
const hook = "preStop: { sleep: { seconds: 1 } }";
const mounted = "volumeMounts: [{ name: model, mountPath: /a }, { name: work, mountPath: /b }]";

test.each([
  ["a sidecar's policy", "initContainers: [{ name: b, image: b:1, restartPolicy: Always }]", "1.28", ["initContainers[0].restartPolicy"]],
  ["a policy with its rules", "initContainers: [{ name: b, image: b:1, restartPolicy: Never, restartPolicyRules: [{}] }]", "1.34", [
    "initContainers[0].restartPolicyRules",
    "initContainers[0].restartPolicy",
  ]],
  ["a sidecar's rules", "initContainers: [{ name: b, image: b:1, restartPolicy: Always, restartPolicyRules: [{}] }]", "1.34", [
    "initContainers[0].restartPolicyRules",
  ]],
  ["a lifecycle with nothing left in it", "containers: [{ name: a, image: a:1, lifecycle: { stopSignal: SIGINT } }]", "1.36", [
    "containers[0].lifecycle",
  ]],
  ["a lifecycle with something left in it", `containers: [{ name: a, image: a:1, lifecycle: { stopSignal: SIGINT, ${hook} } }]`, "1.36", [
    "containers[0].lifecycle.stopSignal",
  ]],
  ["a volume and its mounts", `containers: [{ name: a, image: a:1, ${mounted} }]\n${withVolumes}`, "1.34", [
    "volumes",
    "containers[0].volumeMounts",
  ]],
  ["a pod's resources as one", "resources: { requests: { cpu: 1 }, claims: [{ name: a }] }", "1.32", ["resources"]],
  ["an empty list", "containers: [{ name: a, image: a:1, resizePolicy: [] }]", "1.29", []],
  ["procMount, set back", "containers: [{ name: a, image: a:1, securityContext: { procMount: other } }]", "1.29", []],
])("%s", (_, pod, version, dropped) => {
  const main = /^containers/m.test(pod) ? "" : "containers: [{ name: a, image: a:1 }]\n";
  const verdict = podVerdict(main + pod, version);
  expect(verdict.errors).toEqual([]);
  expect(verdict.dropped).toEqual(dropped.map((field) => `spec.template.spec.${field}`));
});

test("what stands behind a dropped volume moves up", () => {
  const pod = `containers: [{ name: a, image: a:1, volumeMounts: [{ name: model, mountPath: /a }, { name: other, mountPath: /b }] }]\n${withVolumes}`;
  const fields = (version: string): readonly unknown[] => podVerdict(pod, version).errors.map(({ field }) => field);
  expect(fields("1.36")).toEqual(["spec.template.spec.containers[0].volumeMounts[1].name"]);
  expect(fields("1.34")).toEqual(["spec.template.spec.containers[0].volumeMounts[0].name"]);
});

test("a readiness probe keeps the grace period that others lose", () => {
  const probe = (name: string): string =>
    `containers: [{ name: a, image: a:1, ${name}: { exec: { command: [a] }, terminationGracePeriodSeconds: 5 } }]`;
  expect(podVerdict(probe("livenessProbe"), "1.24").dropped).toHaveLength(1);
  expect(podVerdict(probe("readinessProbe"), "1.24").accept).toBe(false);
});
