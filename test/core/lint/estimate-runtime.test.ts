import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { estimateRuntime } from "../../../src/core/lint/estimate-runtime.js";

const estimate = (text: string): ReturnType<typeof estimateRuntime> => estimateRuntime({ name: "job.yaml", text });

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: poll
spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      activeDeadlineSeconds: 200
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: poll
              image: curl:8
              command: [sh, -c]
              args:
                - |
                  curl -fsS --max-time 30 http://shop/ || exit 1
                  sleep 60
`;

test("a CronJob's run, with evidence by line and column", () => {
  expect(estimate(cronJob)).toEqual({
    least: 0,
    leastOfSuccess: 60,
    most: 230,
    worst: 230,
    evidence: [
      { text: "the script sleeps 60 s", seconds: 60, line: 20, column: 19, of: "least" },
      { text: "the script takes up to 30 s", seconds: 30, line: 19, column: 19, of: "most" },
      { text: "activeDeadlineSeconds ends the Job after 200 s", seconds: 200, line: 9, column: 30, of: "worst" },
      { text: "its pods have up to 30 s to end", seconds: 30, line: 11, column: 9, of: "worst" },
    ],
  });
});

test("JSON is as good as YAML", () => {
  const containers = [{ name: "a", image: "busybox:1.37", command: ["sh", "-c", "sleep 5; sleep 6"] }];
  const object = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec: { backoffLimit: 0, template: { spec: { restartPolicy: "Never", containers } } } };
  expect(estimate(JSON.stringify(object, null, 2))).toMatchObject({ least: 11, most: 11, worst: 11 });
});

test("without a Job there is nothing to estimate, and of an unknown image nothing is known", () => {
  expect(estimate("kind: Service")).toBeUndefined();
  expect(estimate("")).toBeUndefined();
  expect(estimate(cronJob.replace(/ {6}activeDeadlineSeconds: 200\n/, "").replace(/ {14}command[^]*/, ""))).toEqual({
    least: 0, leastOfSuccess: 0, most: null, worst: null, evidence: [],
  });
});

function job(script: string, spec: object = {}, container: object = {}): string {
  const containers = [{ name: "a", image: "busybox:1.37", command: ["sh", "-c", script], ...container }];
  const template = { spec: { restartPolicy: "Never", containers } };
  return JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec: { ...spec, template } });
}

test.each([
  ["sleep 10; exit 1", { backoffLimit: 3 }, 110, 110],
  ["sleep 10; exit 1", { backoffLimit: 0 }, 10, 10],
  ["sleep 10; exit 1", {}, 10, 700],
  ["sleep 100", { activeDeadlineSeconds: 5 }, 5, 35],
  ["sleep 100", { activeDeadlineSeconds: 90, backoffLimit: 6 }, 90, 120],
  ["sleep 100", { parallelism: 0 }, 100, null],
  ["sleep 100", { suspend: true }, 100, null],
  ["sleep 100", {}, 100, 100],
] as const)("%s with %o takes %d to %o s with retries and grace", (script, spec, least, most) => {
  expect(estimate(job(script, spec))).toMatchObject({ least, most });
});

test("a probe may have a container killed before its script ends", () => {
  const livenessProbe = { exec: { command: ["false"] }, periodSeconds: 5, failureThreshold: 2 };
  expect(estimate(job("sleep 1000", {}, { livenessProbe }))).toMatchObject({ least: 5, leastOfSuccess: 1000 });
});

interface Measured {
  readonly script: string;
  readonly shell: string;
  readonly seconds: number;
}

const measured = JSON.parse(readFileSync(new URL("../../../fixtures/runtime/measured.json", import.meta.url), "utf8")) as readonly Measured[];

test.each(measured)("as a Job, $script in $shell takes $seconds s", ({ script, shell, seconds }) => {
  const containers = [{ name: "a", image: "app:1", command: [shell, "-c", script] }];
  const spec = { template: { spec: { restartPolicy: "Never", containers } } };
  const found = estimate(JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec }));
  expect(found?.least).toBeLessThanOrEqual(seconds);
  expect(found?.most ?? Infinity).toBeGreaterThanOrEqual(seconds);
});
