import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { breachesOf, checks, checksOf, type Standard } from "../../rules/lib/pod-security.js";
import { jobOfWorkload, type PodTemplate, workloadOf } from "../../src/core/model/workload.js";
import { read } from "../../src/core/read/read.js";

interface Recorded {
  readonly template: unknown;
  readonly verdict: string;
}

const path = new URL("../../fixtures/pod-security/verdicts.ndjson", import.meta.url);
const recorded = readFileSync(path, "utf8").trim().split("\n").map((line): Recorded => JSON.parse(line) as Recorded);
const minors = Array.from({ length: 18 }, (_, index) => 19 + index);

function podOf(template: unknown): PodTemplate | undefined {
  const text = JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec: { template } });
  const [document] = read({ name: "a.json", text }).documents;
  const workload = document && workloadOf(document, new Set());
  return workload && jobOfWorkload(workload).pod;
}

function verdict(pod: PodTemplate, standard: Standard): string {
  const failed = new Set(breachesOf(pod).map(({ check }) => checks[check]));
  return minors.map((minor) => (checksOf(standard, minor).some((check) => failed.has(check)) ? "x" : ".")).join("");
}

test("says of every pod what Kubernetes' own checks say, for each version of both standards", () => {
  const different = recorded.filter(({ template, verdict: expected }) => {
    const pod = podOf(template);
    return !pod || verdict(pod, "baseline") + verdict(pod, "restricted") !== expected;
  });
  expect(recorded.length).toBeGreaterThan(200);
  expect(different).toEqual([]);
});
