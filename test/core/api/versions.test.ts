import { describe, expect, test } from "vitest";
import { minors, newestVersion, versionsBefore, versionsBetween, versionsOf, versionsText } from "../../../src/core/api/versions.js";
import { cronJob, decoded, job } from "./manifest.js";

describe("sets of minors", () => {
  test("in words", () => {
    expect(versionsText(versionsOf(["1.24"]))).toBe("1.24");
    expect(versionsText(versionsOf(["1.24", "1.25"]))).toBe("1.24 and 1.25");
    expect(versionsText(versionsOf(["1.24", "1.25", "1.26", "1.29", "1.36"]))).toBe("1.24 to 1.26, 1.29 and 1.36");
  });

  test("none that the data knows is the newest", () => {
    expect(versionsOf([])).toBe(newestVersion);
    expect(versionsOf(["1.3", "2.0"])).toBe(newestVersion);
  });

  test("ranges", () => {
    expect(versionsBetween("24-26")).toBe(versionsOf(["1.24", "1.25", "1.26"]));
    expect(versionsBetween("36")).toBe(newestVersion);
    expect(versionsBefore("1.25")).toBe(versionsOf(["1.24"]));
    expect(versionsBefore("1.21")).toBe(0);
  });
});

describe("fields that are too new", () => {
  test("refused below, dropped while the gate is off", () => {
    const [finding, ...others] = decoded(job({ job: "podReplacementPolicy: Failed" }), { versions: minors });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: "field-too-new",
      outcome: "rejected",
      versions: ["1.24", "1.25", "1.26", "1.27", "1.28"],
      message:
        "podReplacementPolicy is known from 1.28 on (alpha, gate JobPodReplacementPolicy off until 1.29): " +
        "1.24 to 1.27 refuse it, 1.28 drops it silently; remove it or target clusters that know it",
    });
  });

  test("dropped alone is a warning", () => {
    const [finding] = decoded(cronJob({ spec: "timeZone: Etc/UTC" }), { versions: ["1.24", "1.25"] });
    expect(finding).toMatchObject({ rule: "field-too-new", outcome: "dropped", severity: "warning", versions: ["1.24"] });
  });

  test("a gate that is off everywhere", () => {
    const [finding] = decoded(job({ item: "{ name: a, image: b, lifecycle: { stopSignal: SIGINT } }" }));
    expect(finding?.message).toBe(
      "stopSignal is known from 1.33 on (alpha, gate ContainerStopSignals off by default): the server drops it silently; remove it or turn the gate on",
    );
  });

  test("gone again", () => {
    const [finding] = decoded(job({ pod: "workloadRef: { name: a, podGroup: b }" }));
    expect(finding).toMatchObject({ rule: "field-too-new", outcome: "rejected" });
    expect(finding?.message).toMatch(/^workloadRef of the pod is known in 1\.35 only: 1\.36 refuses it/);
  });

  test("null is no use of a field", () => {
    expect(decoded(job({ item: "{ name: a, image: b, lifecycle: { stopSignal: null } }" }))).toEqual([]);
  });

  test("what a server drops it does not validate", () => {
    expect(decoded(cronJob({ spec: 'timeZone: ""' }), { versions: ["1.24"] })).toMatchObject([{ outcome: "dropped" }]);
  });
});

describe("restartPolicy of a container", () => {
  const main = job({ item: "{ name: a, image: b, restartPolicy: Always }" });
  const sidecar = job({ pod: "initContainers: [{ name: s, image: t, restartPolicy: Always }]" });
  const outcomes = (text: string): string[] =>
    minors.flatMap((version) => decoded(text, { versions: [version] }).map(({ rule, outcome }) => `${version} ${rule} ${outcome}`));

  test("of a main container", () => {
    expect(outcomes(main)).toEqual([
      ...["1.24", "1.25", "1.26", "1.27"].map((version) => `${version} field-too-new rejected`),
      ...["1.28", "1.29", "1.30", "1.31", "1.32", "1.33"].map((version) => `${version} field-forbidden rejected`),
      "1.34 field-too-new dropped",
    ]);
  });

  test("of a sidecar", () => {
    expect(outcomes(sidecar)).toEqual([
      ...["1.24", "1.25", "1.26", "1.27"].map((version) => `${version} field-too-new rejected`),
      "1.28 field-too-new dropped",
    ]);
  });

  test("Never in an init container", () => {
    const never = decoded(sidecar.replace("Always", "Never"), { versions: ["1.34", "1.35"] });
    expect(never).toMatchObject([{ rule: "field-too-new", outcome: "dropped", versions: ["1.34"] }]);
    expect(decoded(sidecar.replace("Always", "Never"), { versions: ["1.33"] })).toMatchObject([{ rule: "value-unsupported" }]);
  });
});

describe("API versions", () => {
  test("removed", () => {
    const text = cronJob().replace("batch/v1", "batch/v1beta1");
    const [finding] = decoded(text);
    expect(finding).toMatchObject({
      rule: "api-version-removed",
      message: "batch/v1beta1 CronJob was removed in Kubernetes 1.25; use batch/v1",
      fix: { safe: true, edits: [{ text: "batch/v1" }] },
    });
    expect(decoded(text, { versions: ["1.24"] })).toEqual([]);
    expect(decoded(text, { versions: ["1.24", "1.25"] })).toMatchObject([{ versions: ["1.25"] }]);
  });

  test.each([
    [cronJob().replace("batch/v1", "batch/v2alpha1"), "api-version-removed"],
    [cronJob().replace("batch/v1", "batch/v2"), "kind-not-served"],
    [job().replace("batch/v1", "batch/v1beta1"), "kind-not-served"],
    [job().replace("batch/v1", "null"), "kind-not-served"],
  ])("%#", (text, rule) => {
    expect(decoded(text)).toMatchObject([{ rule, field: "apiVersion" }]);
  });
});
