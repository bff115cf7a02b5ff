import fc from "fast-check";
import { expect, test } from "vitest";
import { observedHistory } from "../../../src/core/lint/observed-history.js";
import { jobOfWorkload, workloadOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";
import type { ObservedRuns } from "../../../src/core/runtime/observed.js";
import { type RunTime, runTimeOf } from "../../../src/core/runtime/run-time.js";

const start = Date.UTC(2026, 2, 1, 3);
const time = (seconds: number): string => new Date(start + seconds * 1000).toISOString().replace(".000Z", "Z");

interface Run {
  readonly name?: string;
  /** Null: none. */
  readonly owner?: object | null;
  readonly status: object;
}

const nightly = { apiVersion: "batch/v1", kind: "CronJob", name: "nightly", uid: "1", controller: true };

function job({ name = "nightly-29539620", owner, status }: Run, namespace = "shop"): object {
  const ownerReferences = owner === null ? {} : { ownerReferences: [owner ?? nightly] };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace, ...ownerReferences }, spec: {}, status };
}

const took = (seconds: number): object => ({
  startTime: time(0), completionTime: time(seconds), conditions: [{ type: "Complete", status: "True", lastTransitionTime: time(seconds) }],
});
const failed = { startTime: time(0), conditions: [{ type: "Failed", status: "True", lastTransitionTime: time(50) }] };

function history(items: readonly unknown[]): ReadonlyMap<string, ObservedRuns> {
  return observedHistory({ name: "observed.json", text: JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 4) });
}

test("runs are counted and measured by CronJob", () => {
  const lengths = Array.from({ length: 40 }, (_, index) => 40 - index);
  const items = [...lengths.map((seconds) => job({ status: took(seconds) })), job({ status: failed }), job({ status: { startTime: time(0) } })];
  expect([...history(items)]).toEqual([
    [
      "shop/nightly",
      {
        namespace: "shop", name: "nightly", succeeded: 40, failed: 1, unfinished: 1,
        seconds: { shortest: 1, median: 20.5, percentile95: 38, longest: 40 },
      },
    ],
  ]);
});

test("one run is all there is to say", () => {
  expect(history([job({ status: took(61) })]).get("shop/nightly")?.seconds).toEqual({ shortest: 61, median: 61, percentile95: 61, longest: 61 });
});

test("a CronJob without Jobs, and one whose runs all failed, have no length", () => {
  const cronJob = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "weekly", namespace: "shop" }, spec: {} };
  const found = history([cronJob, job({ status: failed })]);
  expect(found.get("shop/weekly")).toEqual({ namespace: "shop", name: "weekly", succeeded: 0, failed: 0, unfinished: 0 });
  expect(found.get("shop/nightly")).toEqual({ namespace: "shop", name: "nightly", succeeded: 0, failed: 1, unfinished: 0 });
});

const minute = start / 60_000;

test.each([
  ["an owner", { owner: nightly, name: "by-hand", status: took(5) }, ["shop/nightly"]],
  ["another controller", { owner: { ...nightly, kind: "Workflow" }, status: took(5) }, []],
  ["the minute in its name", { owner: null, name: `nightly-${String(minute)}`, status: took(5) }, ["shop/nightly"]],
  ["a number that is no such minute", { owner: null, name: "import-20260301", status: took(5) }, []],
  ["a minute long before", { owner: null, name: `nightly-${String(minute - 20_000)}`, status: took(5) }, []],
  ["nothing", { owner: null, name: "migrate", status: took(5) }, []],
] as const)("a Job with %s belongs to %o", (_, run, expected) => {
  expect([...history([job(run)]).keys()]).toEqual(expected);
});

test("YAML and a condition in place of completionTime do as well", () => {
  const text = `apiVersion: v1
kind: List
items:
- apiVersion: batch/v1
  kind: Job
  metadata:
    name: nightly-29539620
    namespace: shop
    ownerReferences:
    - {apiVersion: batch/v1, kind: CronJob, name: nightly, controller: true}
  status:
    conditions:
    - {type: Complete, status: "True", lastTransitionTime: "2026-03-01T03:02:00Z"}
    startTime: "2026-03-01T03:00:00Z"
`;
  expect(observedHistory({ name: "o.yaml", text }).get("shop/nightly")).toMatchObject({ succeeded: 1, seconds: { longest: 120 } });
});

test.each([
  ["no time at all", { startTime: "yesterday", completionTime: 5 }],
  ["an end before the start", { startTime: time(60), completionTime: time(0) }],
  ["the wrong types", { startTime: [], conditions: { type: "Complete" } }],
])("%s is no length", (_, status) => {
  expect(history([job({ status })]).get("shop/nightly")).toEqual({ namespace: "shop", name: "nightly", succeeded: 0, failed: 0, unfinished: 1 });
});

test("names that mean something to JavaScript are names", () => {
  const status = took(5);
  const found = history(["toString", "constructor"].map((name) => job({ owner: { ...nightly, name }, status })));
  expect([...found.keys()]).toEqual(["shop/toString", "shop/constructor"]);
});

test("nothing makes it throw", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 3 }), (metadata, status) => {
      const items = [{ apiVersion: "batch/v1", kind: "Job", metadata, status }, { kind: "Job", metadata: { ...nightly, ownerReferences: metadata }, status }];
      expect(history(items).size).toBeLessThanOrEqual(2);
    }),
    { numRuns: 200, seed: 5 },
  );
});

function runTimeWith(observed: ReadonlyMap<string, ObservedRuns>, namespace = ", namespace: shop"): RunTime {
  const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly${namespace} }
spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: app:1 }] } } } } }
`;
  const [document] = read({ name: "c.yaml", text }).documents;
  const workload = document && workloadOf(document, new Set());
  if (workload === undefined) throw new Error("no CronJob");
  return runTimeOf(jobOfWorkload(workload), { runtimes: {}, observed });
}

test("a manifest finds the runs of its CronJob, without a namespace if only one has its name", () => {
  const observed = history([job({ status: took(40) }), job({ status: took(61) }), job({ status: took(45) })]);
  const text = "the 3 runs seen in the cluster took 40 to 61 s, 45 s at the median and 61 s at the 95th percentile";
  const expected = { least: 40, most: 61, from: "observed", evidence: [{ text, seconds: 40 }], worst: { seconds: null } };
  expect(runTimeWith(observed)).toMatchObject(expected);
  expect(runTimeWith(observed, "")).toMatchObject(expected);
  expect(runTimeWith(observed, ", namespace: other")).toMatchObject({ least: 0, most: null, from: "script" });
  const twice = history([job({ status: took(40) }), job({ status: took(40) }, "other")]);
  expect(runTimeWith(twice, "")).toMatchObject({ least: 0, most: null, from: "script" });
});
