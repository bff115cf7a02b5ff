import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { estimateCommand, estimateScript } from "../../../src/core/runtime/estimate.js";
import { parseScript } from "../../../src/core/runtime/parsed-script.js";
import { recorder } from "./recorded-sleep.js";

const recorded = recorder();
afterAll(() => recorded.remove());

const never = Infinity;

type Row = readonly [script: string, least: number, leastOfSuccess: number, most: number | null];

/** One after the other, so that what was recorded adds up to the time. */
const sequential: readonly Row[] = [
  ["", 0, 0, 0],
  ["# nothing", 0, 0, 0],
  ["sleep 100", 100, 100, 100],
  ["sleep 1m 30s", 90, 90, 90],
  ["sleep 0.5; sleep .25", 0.75, 0.75, 0.75],
  ["sleep 1h", 3600, 3600, 3600],
  ["echo start; date; sleep 5 && echo done", 5, 5, 5],
  ["N=100; sleep $N", 100, 100, 100],
  ["N=60; M=$N; sleep ${M}", 60, 60, 60],
  ["N=1; N=$UNKNOWN; sleep $N", 0, 0, null],
  ["unset X; sleep ${X:-5}", 0, 0, null],
  ["N=; sleep ${N:-5}", 5, 5, 5],
  ["sleep $((60*5))", 300, 300, 300],
  ["N=4; N=$((N * 2 + 1)); sleep $N", 9, 9, 9],
  ["for i in 1 2 3; do sleep 5; done", 15, 15, 15],
  ["for i in $(seq 1 10); do sleep $i; done", 55, 55, 55],
  ["for i in $(seq 5); do sleep 2; done", 10, 10, 10],
  ["for i in {1..10}; do sleep 2; done", 2, 2, 20],
  ["L='1 2 3'; for i in $L; do sleep $i; done", 6, 6, 6],
  ["IFS=,; L='1,2,3'; for i in $L; do sleep $i; done", 6, 6, 6],
  ["IFS=,; L='1 2'; for i in $L; do sleep 3; done", 3, 3, 3],
  ["IFS=': '; L=' 1 : 2 3'; for i in $L; do sleep $i; done", 6, 6, 6],
  ["IFS=; L='1 2'; for i in $L; do sleep 4; done", 4, 4, 4],
  ["IFS=$UNKNOWN; L='1,2'; for i in $L; do sleep 1; done; sleep 2", 2, 2, null],
  ["[ -f /x ] && IFS=,; L='1,2'; for i in $L; do sleep 1; done; sleep 2", 2, 2, null],
  ["OLD=$IFS; IFS=,; unset IFS; L='1 2'; for i in $L; do sleep $i; done", 3, 3, 3],
  ["PATH=/nonexistent; sleep 100", 0, 0, null],
  ["PATH=$PATH:/app; sleep 10", 10, 10, 10],
  ["unset PATH; sleep 10", 0, 0, null],
  ["set -n; sleep 10", 0, 0, 10],
  ["readonly x=1; sleep 5; x=50; sleep 5", 5, 10, 10],
  ["for f in /*; do sleep 1; done", 0, 0, null],
  ["i=0; while [ $i -lt 10 ]; do sleep 2; i=$((i+1)); done", 20, 20, 20],
  ["i=0; until [ \"$i\" = 3 ]; do i=$((i+1)); sleep 7; done; sleep 1", 22, 22, 22],
  ["i=5; while [ $i -gt 0 ]; do : $((i -= 1)); sleep 1; done", 5, 5, 5],
  ["i=0; while true; do i=$((i+1)); sleep 1; if [ $i -ge 5 ]; then break; fi; done; sleep 2", 7, 7, 7],
  ["for i in 1 2 3; do [ $i -eq 2 ] && continue; sleep 10; done", 20, 20, 20],
  ["for i in 1 2; do for j in 1 2; do sleep 1; [ $j = 1 ] && continue 2; sleep 50; done; done", 2, 2, 2],
  ["for i in 1 2; do for j in 1 2; do sleep 1; break 2; done; sleep 50; done; sleep 3", 4, 4, 4],
  ["for i in 1 2 3; do works && break; sleep 5; done", 0, 0, null],
  ["for i in 1 2 3; do test -f /nowhere && break; sleep 5; done", 0, 0, 15],
  ["if works; then sleep 5; else sleep 9; fi", 5, 5, null],
  ["if [ -f /nowhere ]; then sleep 5; elif true; then sleep 6; else sleep 9; fi", 5, 5, 6],
  ["if false; then sleep 5; fi", 0, 0, 0],
  ["! false && sleep 3; ! true || sleep 4", 7, 7, 7],
  ["works && sleep 5", 0, 5, null],
  ["works && sleep 5 || true", 0, 0, null],
  ["works && sleep 5; true", 0, 0, null],
  ["echo $(works && sleep 5)", 0, 0, null],
  ["true && sleep 5 || sleep 6", 5, 5, 5],
  ["false && sleep 5 || sleep 6", 6, 6, 6],
  ["cd / && sleep 5", 0, 5, 5],
  ["fails || exit 1; sleep 60", 0, 60, null],
  ["sleep 3; exit 0; sleep 100", 3, 3, 3],
  ["set -e; fails; sleep 60", 0, 60, null],
  ["set -e; false; sleep 60", 0, 0, 0],
  ["set -e; false || sleep 2; sleep 60", 62, 62, 62],
  ["set -e; if false; then :; fi; export X=$(false); sleep 4", 4, 4, 4],
  ["set -euo pipefail; sleep 1", 0, 1, 1],
  ["set -u; sleep 2; echo $NOT_SET; sleep 3", 2, 5, 5],
  ["echo ${NOT_SET:?must be set}; sleep 3", 0, 3, 3],
  ["case a in b) sleep 1;; a|c) sleep 2;; *) sleep 3;; esac", 2, 2, 2],
  ["case $HOSTNAME in a) sleep 1;; b) sleep 2;; esac", 0, 0, 2],
  ["case $HOSTNAME in a) sleep 1;; *) sleep 2;; esac", 1, 1, 2],
  ["f() { sleep 5; }; f; f", 10, 10, 10],
  ["f() { sleep $1; }; f 3; f 4", 7, 7, 7],
  ["f() { sleep 1; return 0; sleep 50; }; f && sleep 2", 3, 3, 3],
  ["f() { local n=7; sleep $n; }; n=2; f; sleep 1", 8, 8, 8],
  ["f() { exit 0; }; f; sleep 9", 0, 0, 0],
  ["f() { f; }; if false; then f; fi; sleep 1", 1, 1, 1],
  ["sleep() { :; }; sleep 100", 0, 0, 0],
  ["(sleep 5; exit 1) || sleep 6", 11, 11, 11],
  ["(exit 0); { sleep 2; }", 2, 2, 2],
  ["X=$(sleep 4; echo hi); sleep 1", 5, 5, 5],
  ["echo `sleep 4`", 4, 4, 4],
  ["exec sleep 5; sleep 6", 5, 5, 5],
  ["exec 2>&1; sleep 6", 6, 6, 6],
  ["eval 'sleep 5'; sleep 6", 0, 0, null],
  ["eval 'sleep 5; exit'; sleep 6", 0, 0, null],
  [". ./missing; sleep 6", 0, 0, null],
  ["echo 'sleep 5'; echo \"sleep 6\" # sleep 7", 0, 0, 0],
  ["cat <<END\nsleep 5\n$(sleep 2)\nEND\nsleep 1", 3, 3, 3],
  ["cat <<'END'\n$(sleep 2)\nEND\nsleep 1", 1, 1, 1],
  ["sh -c 'sleep 5; sleep 6'; sleep 1", 12, 12, 12],
  ["env A=1 nice -n 5 sleep 5", 5, 5, 5],
  ["trap 'sleep 3' EXIT; sleep 5", 5, 5, null],
  ["trap 'exit 1' TERM; sleep 5", 5, 5, 5],
  ["kill $$; sleep 5", 0, 0, null],
  ["sleep 5 > /dev/null 2>&1; sleep 6 > /nowhere/file", 5, 5, 11],
  ["set -e; sleep 6 > /nowhere/file", 0, 6, 6],
  ["sleep; sleep x; sleep 5", 5, 5, null],
  ["works; sleep 5; works", 5, 5, null],
  ["SECONDS=0; if [ $SECONDS -lt 60 ]; then sleep 4; fi", 0, 0, 4],
  ["i=0; while [ $i -lt 3600 ]; do sleep 1; i=$((i+60)); done", 60, 60, 60],
];

function estimate(script: string, shell?: "bash"): readonly [number, number, number | null] {
  const parsed = parseScript(script);
  if (parsed === undefined) throw new Error("does not parse");
  const { least, leastOfSuccess, most } = estimateScript(parsed, shell && { shell });
  return [least, leastOfSuccess, most];
}

test.each(sequential)("%j takes from %d (%d when it succeeds) to %o seconds", (script, least, leastOfSuccess, most) => {
  expect(estimate(script)).toEqual([least, leastOfSuccess, most]);
  const { seconds: took, succeeded } = recorded.run(script, "sh");
  if (script !== "kill $$; sleep 5") expect(took).toBeDefined();
  expect(took ?? 0).toBeGreaterThanOrEqual(succeeded ? leastOfSuccess : least);
  expect(took ?? 0).toBeLessThanOrEqual(most ?? Infinity);
});

test("programs are found where PATH leads to the usual folders too", () => {
  expect(estimate("PATH=/app/bin:/usr/bin:/bin; sleep 10")).toEqual([10, 10, 10]);
});

test.each([
  ["timeout -s KILL 60 ./app", 60],
  ["timeout -k 5 60 ./app", 65],
  ["timeout 60 ./app", null],
])("%j ends within %o s", (script, most) => {
  expect(estimate(script)[2]).toBe(most);
});

test("a function named like a special builtin is called by Bash alone", () => {
  expect(estimate("exit() { sleep 5; }; exit; sleep 2", "bash")).toEqual([7, 7, 7]);
  expect(estimate("exit() { sleep 5; }; exit; sleep 2")).toEqual([0, 0, null]);
});

test.each<Row>([
  ["for i in {1..10}; do sleep 2; done", 20, 20, 20],
  ["for i in {0..60..20}; do sleep 1; done", 4, 4, 4],
  ["for ((i=0; i<3; i++)); do sleep 2; done", 6, 6, 6],
  ["i=0; while (( i < 4 )); do sleep 1; ((i++)); done", 4, 4, 4],
  ["i=0; while [[ $i -lt 4 ]]; do sleep 1; i=$((i+1)); done", 4, 4, 4],
  ["function f { sleep 3; }; f", 3, 3, 3],
])("in Bash %j takes from %d (%d) to %o seconds", (script, least, leastOfSuccess, most) => {
  expect(estimate(script, "bash")).toEqual([least, leastOfSuccess, most]);
  expect(recorded.run(script, "bash").seconds).toBe(most);
});

test.each<Row>([
  ["while true; do date; sleep 10; done", never, never, null],
  ["while :; do works; sleep 10; done; echo never", never, never, null],
  ["until false; do sleep 10; done", never, never, null],
  ["sleep infinity", never, never, null],
  ["sleep 5; exec sleep inf", never, never, null],
  ["while true; do fails && exit 0; sleep 5; done", 0, 0, null],
  ["while true; do fails || break; sleep 5; done; sleep 3", 3, 3, null],
  ["set -e; while true; do works; sleep 10; done", 0, never, null],
  ["until works; do sleep 5; done; sleep 7", 7, 7, null],
  ["while ! works; do sleep 5; done", 0, 0, null],
  ["while read line; do sleep 1; done < /dev/null", 0, 0, null],
  ["timeout 5 sleep 10; sleep 1", 6, 6, 6],
  ["timeout 1m sleep 10", 10, 10, 10],
  ["timeout -k 5 60 works", 0, 0, 65],
  ["timeout 60 works", 0, 0, null],
  ["timeout -s KILL 60 works", 0, 0, 60],
  ["timeout 0 sleep 5", 5, 5, 5],
  ["timeout 9 sh -c 'while true; do sleep 1; done'", 9, 9, 9],
])("%j, which is not run, takes from %d (%d when it succeeds) to %o seconds", (script, least, leastOfSuccess, most) => {
  expect(estimate(script)).toEqual([least, leastOfSuccess, most]);
});

/** Really slept, a tenth of a second being the unit. */
test.each<Row>([
  ["sleep 0.3 & sleep 0.1; wait", 0.3, 0.3, 0.3],
  ["sleep 0.3 & sleep 0.1", 0.1, 0.1, 0.1],
  ["sleep 0.1 & sleep 0.4 & wait; sleep 0.1", 0.5, 0.5, 0.5],
  ["sleep 0.1 & A=$!; sleep 0.5 & wait $A; sleep 0.1", 0.2, 0.2, 0.2],
  ["sleep 0.5 & A=$!; kill $A; wait $A", 0, 0, null],
  ["sleep 0.3 | sleep 0.2", 0.3, 0.3, 0.3],
  ["sleep 0.3 | cat", 0.3, 0.3, 0.3],
  ["while true; do echo y; sleep 0.1; done | head -1", 0, 0, null],
  ["(sleep 0.2 & sleep 0.3; wait) & wait", 0.3, 0.3, 0.3],
])("%j takes from %d (%d) to %o seconds on the clock", (script, least, leastOfSuccess, most) => {
  expect(estimate(script)).toEqual([least, leastOfSuccess, most]);
  const before = performance.now();
  try {
    execFileSync("sh", ["-c", script], { stdio: "ignore" });
  } catch {
    // A killed job's status.
  }
  const took = (performance.now() - before) / 1000;
  expect(took).toBeGreaterThanOrEqual(least - 0.01);
  // Starting a shell takes a while on a busy machine.
  expect(took).toBeLessThanOrEqual((most ?? Infinity) + 2);
});

describe("evidence", () => {
  test.each([
    ["echo a; sleep 100", [["sleep 100", "sleeps 100 s", 100]]],
    ["for i in 1 2 3; do sleep 5; done", [["sleep 5", "sleeps 5 s 3 times", 15]]],
    ["for i in 1 2 3; do sleep $i; done", [["sleep $i", "sleeps 6 s in 3 parts", 6]]],
    ["sleep 9 & sleep 4; wait", [["sleep 9", "sleeps 9 s", 9]]],
    ["sleep 0.1; sleep 0.2", [["sleep 0.1", "sleeps 0.1 s", 0.1], ["sleep 0.2", "sleeps 0.2 s", 0.2]]],
    ["timeout 5 sleep 10", [["timeout 5 sleep 10", "runs into its timeout of 5 s", 5]]],
    ["while :; do sleep 1; done", [["while :; do sleep 1; done", "loops for ever", Infinity]]],
    ["sleep infinity", [["sleep infinity", "sleeps for ever", Infinity]]],
    ["sleep $X", []],
  ])("of %j", (text, expected) => {
    const script = parseScript(text);
    const { evidence } = estimateScript(script ?? { text: "", start: 0, end: 0, statements: [], needsBash: false });
    expect(evidence.map(({ start, end, ...rest }) => [text.slice(start, end), rest.text, rest.seconds])).toEqual(expected);
  });

  test.each(sequential)("adds up for %j", (text) => {
    const script = parseScript(text);
    if (script === undefined) throw new Error("does not parse");
    const { evidence, leastOfSuccess } = estimateScript(script);
    expect(evidence.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(leastOfSuccess, 9);
  });
});

describe("a container's command", () => {
  test("that only sleeps", () => {
    expect(estimateCommand(["sleep"], ["100"])).toMatchObject({
      least: 100,
      most: 100,
      evidence: [{ text: "sleeps 100 s", start: 0, end: 3, place: { list: "args", index: 0 } }],
    });
  });

  test("with a script has its evidence in the script", () => {
    const text = "echo hi\nsleep 30\n";
    const found = estimateCommand(["/bin/bash", "-euo", "pipefail", "-c"], [text]);
    expect(found).toMatchObject({ least: 30, most: 30, evidence: [{ start: 8, end: 16, place: { list: "args", index: 0 } }] });
  });

  test("under a timeout names the timeout", () => {
    const found = estimateCommand(["timeout", "60", "sh", "-c", "sleep 300"], undefined);
    expect(found).toMatchObject({ least: 60, most: 60, evidence: [{ seconds: 60, place: { list: "command", index: 1 } }] });
  });

  test("heeds the shell's options", () => {
    expect(estimateCommand(["sh", "-ec", "false; sleep 5"], undefined)).toMatchObject({ least: 0, most: 0 });
    expect(estimateCommand(["sh", "-c", "false; sleep 5"], undefined)).toMatchObject({ least: 5, most: 5 });
  });

  test("that the kubelet rewrites takes any time", () => {
    expect(estimateCommand(["sh", "-c", "sleep $$N; sleep 5"], undefined)).toMatchObject({ least: 0, most: null, evidence: [] });
  });

  test("that is not known takes any time", () => {
    expect(estimateCommand(["/app/report"], ["--all"])).toMatchObject({ least: 0, most: null, evidence: [] });
    expect(estimateCommand(undefined, undefined)).toBeUndefined();
  });
});
