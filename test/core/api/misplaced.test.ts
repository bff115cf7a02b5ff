import { describe, expect, test } from "vitest";
import { cronJob, decoded, job } from "./manifest.js";

const jobSpec = "spec.jobTemplate.spec";
const podSpec = `${jobSpec}.template.spec`;

describe("right field, wrong level", () => {
  test.each([
    ["ttlSecondsAfterFinished in the CronJob spec", cronJob({ spec: "ttlSecondsAfterFinished: 60" }), [jobSpec]],
    ["backoffLimit in the CronJob spec", cronJob({ spec: "backoffLimit: 1" }), [jobSpec]],
    ["activeDeadlineSeconds in the CronJob spec", cronJob({ spec: "activeDeadlineSeconds: 60" }), [jobSpec, podSpec]],
    ["suspend in the jobTemplate", cronJob({ template: "suspend: true" }), ["spec", jobSpec]],
    ["concurrencyPolicy in the jobTemplate", cronJob({ template: "concurrencyPolicy: Forbid" }), ["spec"]],
    ["timeZone in the Job spec", cronJob({ job: "timeZone: Etc/UTC" }), ["spec"]],
    ["history limits in the Job spec", cronJob({ job: "failedJobsHistoryLimit: 1" }), ["spec"]],
    ["backoffLimit in the pod spec", cronJob({ pod: "backoffLimit: 1" }), [jobSpec]],
    ["env in the pod spec", cronJob({ pod: "env: [{ name: A, value: b }]" }), [`${podSpec}.containers[0]`]],
    ["volumes in a container", job({ item: "{ name: a, image: b, volumes: [] }" }), ["spec.template.spec"]],
    ["labels in the Job spec", job({ job: "labels: { a: b }" }), ["metadata"]],
    ["labels in the pod spec", job({ pod: "labels: { a: b }" }), ["spec.template.metadata"]],
    ["requests in a container", job({ item: "{ name: a, image: b, requests: { cpu: 1 } }" }), ["spec.template.spec.containers[0].resources"]],
    ["runAsUser in the pod spec", job({ pod: "runAsUser: 1000" }), ["spec.template.spec.securityContext"]],
    ["privileged in the pod's securityContext", job({ pod: "securityContext: { privileged: true }" }),
      ["spec.template.spec.containers[0].securityContext"]],
    ["secretKeyRef beside valueFrom", job({ item: "{ name: a, image: b, env: [{ name: X, secretKeyRef: { name: s, key: k } }] }" }),
      ["spec.template.spec.containers[0].env[0].valueFrom"]],
    ["periodSeconds in an httpGet", job({ item: "{ name: a, image: b, livenessProbe: { httpGet: { port: 80, periodSeconds: 5 } } }" }),
      ["spec.template.spec.containers[0].livenessProbe"]],
  ])("%s", (_, text, homes) => {
    const [finding, ...others] = decoded(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "misplaced-field", outcome: "rejected" });
    expect(finding?.move?.to.map(({ path }) => path)).toEqual(homes);
    for (const home of homes) expect(finding?.message).toContain(home);
  });

  test("containers beside the pod's spec", () => {
    const text = job().replace(/ {4}spec:\n.*\n {6}containers:\n {8}/, "    containers:\n      ");
    const [finding] = decoded(text);
    expect(finding).toMatchObject({ rule: "misplaced-field", field: "spec.template.containers" });
    expect(finding?.move?.to[0].mapping).toBeUndefined();
  });

  test("a field that its home has already", () => {
    const [finding] = decoded(job({ job: "restartPolicy: Never" }));
    expect(finding?.message).toBe("restartPolicy is no field of the Job spec; spec.template.spec has it already, so remove this one");
    expect(finding?.move?.to[0].taken).toBe(true);
  });

  test("with two containers nobody knows which", () => {
    const [finding] = decoded(job({ pod: "command: [a]", item: "{ name: a, image: b }\n        - { name: c, image: d }" }));
    expect(finding?.message).toBe("command is no field of the pod spec; move it to spec.template.spec.containers[]");
    expect(finding?.move?.to[0].mapping).toBeUndefined();
  });

  test("misspelt as well", () => {
    const [finding] = decoded(cronJob({ spec: "backOffLimit: 1" }));
    expect(finding).toMatchObject({ rule: "misplaced-field", message: `backOffLimit is no field of the CronJob spec; move it as backoffLimit to ${jobSpec}` });
    expect(finding?.move).toBeUndefined();
  });

  test.each(["name", "spec", "status", "key", "path"])("%s says nothing about where it belongs", (name) => {
    expect(decoded(job({ item: "{ name: a, image: b, resources: { NAME: x } }".replace("NAME", name) }))).toMatchObject([{ rule: "unknown-field" }]);
  });
});
