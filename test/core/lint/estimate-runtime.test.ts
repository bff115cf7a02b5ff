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
    most: 90,
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
