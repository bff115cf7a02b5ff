import { describe, expect, test } from "vitest";
import { jobOfWorkload, workloadOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";
import { type KnownRunTimes, type RunTime, runTimeOf } from "../../../src/core/runtime/run-time.js";
import { waitsBetweenPods, waitsBetweenRestarts } from "../../../src/core/runtime/retries.js";

interface Parts {
  readonly job?: string;
  readonly pod?: string;
  readonly containers?: string;
  readonly annotations?: string;
}

const sleeping = (seconds: number, more = ""): string => `{ name: s${String(seconds)}, image: busybox:1.37, command: [sleep, "${String(seconds)}"]${more} }`;

function manifest({ job = "", pod = "", containers = sleeping(10), annotations = "" }: Parts): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: report, namespace: shop, annotations: { ${annotations} } }
spec: { ${job === "" ? "" : `${job}, `}template: { spec: { restartPolicy: ${pod.includes("!") ? "OnFailure" : "Never"}, ${pod.replace("!", "")}
  containers: [${containers}] } } }
`;
}

function runTime(parts: Parts, known: KnownRunTimes = { runtimes: {} }): RunTime {
  const [document] = read({ name: "job.yaml", text: manifest(parts) }).documents;
  const workload = document && workloadOf(document, new Set());
  if (workload === undefined) throw new Error("no Job");
  return runTimeOf(jobOfWorkload(workload), known);
}

type Row = readonly [what: string, parts: Parts, least: number, most: number | null, worst: number | null];

const init = (list: string): string => `initContainers: [${list}],`;

test.each<Row>([
  ["one pod", {}, 10, 10, 70 + 630],
  ["no retries", { job: "backoffLimit: 0" }, 10, 10, 10],
  ["one retry", { job: "backoffLimit: 1" }, 10, 10, 10 + 10 + 10],
  ["restarts in the pod", { pod: "!" }, 10, 10, 60 + 310 + 30],
  ["one restart is none", { job: "backoffLimit: 1", pod: "!" }, 10, 10, 10 + 30],
  ["another grace period", { job: "backoffLimit: 1", pod: "! terminationGracePeriodSeconds: 5," }, 10, 10, 15],
  ["completions", { job: "completions: 5, backoffLimit: 0" }, 50, 50, 50],
  ["completions and parallelism", { job: "completions: 5, parallelism: 2, backoffLimit: 0" }, 30, 30, 30 + 30],
  ["parallelism alone", { job: "parallelism: 3, backoffLimit: 0" }, 10, 10, 10 + 30],
  ["no pods at all", { job: "completions: 0, backoffLimit: 0" }, 0, 0, 0],
  ["Indexed with retries per index", { job: "completions: 4, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 2" }, 20, 20, 2 * (30 + 30) + 30],
  ["a success policy", { job: "completions: 4, completionMode: Indexed, successPolicy: { rules: [{ succeededCount: 1 }] }" }, 10, 40, 100 + 630],
  ["templated completions", { job: "completions: \"${N}\"" }, 10, null, null],
  ["templated limit", { job: "backoffLimit: \"${N}\"" }, 10, 10, null],
  ["init containers first", { job: "backoffLimit: 0", pod: init(`${sleeping(2)}, ${sleeping(3)}`) }, 15, 15, 15],
  ["a sidecar ends after the others", { job: "backoffLimit: 0", pod: init(sleeping(999, ", restartPolicy: Always")) }, 10, 40, 40],
  ["the longest container", { job: "backoffLimit: 0", containers: `${sleeping(4)}, ${sleeping(9)}` }, 9, 9, 9],
  ["a container that is not known", { containers: `${sleeping(4)}, { name: a, image: app:1 }` }, 4, null, null],
  ["a deadline that is not reached", { job: "backoffLimit: 0, activeDeadlineSeconds: 60" }, 10, 10, 10],
  ["a deadline amid the retries", { job: "activeDeadlineSeconds: 60" }, 10, 10, 90],
  ["a deadline amid the run", { job: "activeDeadlineSeconds: 4" }, 4, 4, 34],
  ["a deadline of 0", { job: "activeDeadlineSeconds: 0" }, 0, 0, 30],
  ["a deadline bounds what is not known", { job: "activeDeadlineSeconds: 60", containers: "{ name: a, image: app:1 }" }, 0, 60, 90],
  ["a deadline of the pod", { job: "backoffLimit: 1", pod: "activeDeadlineSeconds: 60,", containers: "{ name: a, image: app:1 }" }, 0, 60, 90 + 10 + 90],
  ["restarts until the pod's deadline", { job: "backoffLimit: 1", pod: "! activeDeadlineSeconds: 60,", containers: "{ name: a, image: app:1 }" }, 0, 60, 190],
  ["suspended", { job: "suspend: true" }, 10, 10, null],
  ["no parallelism", { job: "parallelism: 0" }, 10, 10, null],
  ["another controller", { job: "managedBy: kueue.x-k8s.io/multikueue, completions: 2" }, 20, null, null],
  ["every failure is final", { job: "podFailurePolicy: { rules: [{ action: FailJob, onExitCodes: { operator: NotIn, values: [0] } }] }" }, 10, 10, 10],
  ["some failures are final", { job: "podFailurePolicy: { rules: [{ action: FailJob, onExitCodes: { operator: In, values: [2] } }] }" }, 10, 10, 700],
  ["some failures do not count", { job: "podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }] }" }, 10, 10, null],
  ["never ends", { containers: sleeping(1).replace('"1"', "infinity") }, Infinity, null, null],
  ["a hook that is waited for", { containers: sleeping(1, ", lifecycle: { postStart: { exec: { command: [warm-up] } } }") }, 1, null, null],
])("%s: %o takes %d to %o s, at worst %o s", (_, parts, least, most, worst) => {
  const run = runTime(parts);
  expect([run.least, run.most, run.worst.seconds]).toEqual([least, most, worst]);
});

test.each([
  ["sh, -c, \"set -e; test -d /a; sleep 60\"", 0, 60, 60],
  ["sh, -c, \"curl -m 5 http://a; sleep 60\"", 60, 60, 65],
  ["sh, -c, \"curl -m 5 http://a && sleep 60\"", 0, 60, 65],
] as const)("a run of [%s] that fails may be shorter", (command, shortest, least, most) => {
  const run = runTime({ containers: `{ name: a, image: app:1, command: [${command}] }` });
  expect([run.shortest, run.least, run.most]).toEqual([shortest, least, most]);
});

test("an init container that may fail may end the pod before the others start", () => {
  const fetch = '{ name: fetch, image: curl:8, command: [curl, -fm, "5", "http://a"] }';
  const run = runTime({ pod: init(fetch) });
  expect([run.shortest, run.least, run.most]).toEqual([0, 10, 15]);
});

test("a script sees the container's environment", () => {
  const script = (value: string): string => `{ name: a, image: app:1, command: [sh, -c, sleep $DELAY], env: [{ name: DELAY, value: "${value}" }] }`;
  expect(runTime({ containers: script("25") })).toMatchObject({ least: 25, most: 25 });
  expect(runTime({ containers: script("$(OTHER)") })).toMatchObject({ least: 0, most: null });
  expect(runTime({ containers: script("25").replace("$DELAY", "$(DELAY)") })).toMatchObject({ least: 0, most: null });
});

test("the waits are the controller's", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(waitsBetweenPods)).toEqual([0, 10, 30, 70, 150, 310, 630, 1230, 1830, 2430, 3030]);
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(waitsBetweenRestarts)).toEqual([0, 10, 30, 70, 150, 310, 610, 910, 1210, 1510]);
});

describe("evidence", () => {
  test("stands where the manifest says it", () => {
    const parts = { job: "backoffLimit: 2, activeDeadlineSeconds: 600", containers: '{ name: a, image: app:1, command: [sh, -c, "curl -m 5 http://a; sleep 7"] }' };
    const { evidence, bounds, worst } = runTime(parts);
    const shown = [evidence, bounds, worst.evidence].map((list) =>
      list.map(({ text, seconds, place }) => [place && manifest(parts).slice(place.start, place.end), text, seconds]),
    );
    expect(shown).toEqual([
      [["sleep 7", "the script sleeps 7 s", 7]],
      [["curl -m 5 http://a", "the script takes up to 5 s", 5], ["sleep 7", "the script sleeps 7 s", 7]],
      [["2", "backoffLimit 2: 3 attempts of up to 12 s", 36], ["2", "the waits between them add up to 30 s", 30]],
    ]);
  });

  test("names the deadline that bounds", () => {
    const { bounds, worst } = runTime({ job: "activeDeadlineSeconds: 60", containers: "{ name: a, image: app:1 }" });
    expect(bounds.map(({ text }) => text)).toEqual(["activeDeadlineSeconds ends the Job after 60 s"]);
    expect(worst.evidence.map(({ text }) => text)).toEqual(["activeDeadlineSeconds ends the Job after 60 s", "its pods have up to 30 s to end"]);
  });
});

describe("what is known otherwise", () => {
  test("the annotation comes before the settings, and these before the script", () => {
    const annotations = 'kronlint/expected-runtime: "20m"';
    const known = { runtimes: { "shop/report": 90 } };
    expect(runTime({ annotations }, known)).toMatchObject({ least: 1200, most: 1200, from: "annotation" });
    expect(runTime({}, known)).toMatchObject({ least: 90, most: 90, from: "settings" });
    expect(runTime({}, { runtimes: { other: 90 } })).toMatchObject({ least: 10, most: 10, from: "script" });
  });
});
