import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { estimateScript } from "../../../src/core/runtime/estimate.js";
import { parseScript } from "../../../src/core/runtime/parsed-script.js";
import { recorder } from "./recorded-sleep.js";

const recorded = recorder();
afterAll(() => recorded.remove());

const runs = Number(process.env["BRACKET_RUNS"] ?? 60);
const seed = Number(process.env["BRACKET_SEED"] ?? 7);

/** Loops in loops count with variables of their own, so that every run ends. */
function deeper(body: string): string {
  return body.replace(/\b(?:n+|m+|k+|(?:kl)+)\b/g, (name) => name + name.charAt(0));
}

/** Functions call no others and count with variables of their own. */
function asFunction(body: string): string {
  return body.replaceAll("@", ": ").replace(/\b(?:n|m)+\b/g, (name) => name.replaceAll("n", "k").replaceAll("m", "kl"));
}

/** Scripts that end, run one command after the other, and whose course hangs on variables, statuses and jumps. */
const { script } = fc.letrec<{ script: string; statement: string; condition: string; simple: string }>((tie) => ({
  simple: fc.oneof(
    { weight: 4, arbitrary: fc.nat(9).map((seconds) => `sleep ${seconds}`) },
    fc.constantFrom(
      "sleep $x", "sleep $((x + y))", "sleep ${y:-3}", "sleep $1", "sleep ${z:-4}", "x=$(sleep 1; echo 2)",
      "sleep $(echo 3)",
    ),
    fc.constantFrom(
      "x=1", "y=2", "x=$y", "y=$((x * 2))", "unset x", "x=$((x + 1))", "export y=4", "local x=5", "z=$x",
      "read x < /dev/null",
    ),
    fc.constantFrom("break", "continue", "break 2", "continue 2", "return 1", "return", "exit", "exit 0", "exit 3"),
    fc.constantFrom(
      "true", "false", "works", "fails", ":", "@f", "@f 2", "@g 1 && sleep 1", "set -e", "set +e", "set -u",
      "set -- 7", "shift",
    ),
    fc.constantFrom(
      "eval sleep 2", "trap 'sleep 1' EXIT", "trap - EXIT", "echo $none", "sleep 2 > out",
      "sleep 2 > /no/where", "sh -c 'sleep 2; exit 1'",
    ),
  ),
  condition: fc.oneof(
    fc.constantFrom(
      "true", "false", "works", "fails", "[ $x -lt 3 ]", '[ "$y" = 2 ]', '[ "$x" ]', "! works", "@f",
      "test $# -gt 0", "[ -d / ]",
    ),
    fc.tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition")).map((parts) => parts.join(" ")),
  ),
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: tie("simple") },
    fc.tuple(tie("condition"), tie("script"), tie("script")).map(([test, yes, no]) => `if ${test}; then\n${yes}\nelse\n${no}\nfi`),
    fc.tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("simple")).map((parts) => parts.join(" ")),
    tie("script").map((body) => `for i in 1 2 3; do\n${body}\ndone`),
    tie("script").map((body) => `for x in $y 1; do\n${body}\ndone`),
    tie("script").map((body) => `n=0; while [ $n -lt 3 ]; do n=$((n+1))\n${deeper(body)}\nn=$((n+1)); done`),
    tie("script").map((body) => `m=0; while true; do m=$((m+1)); [ $m -ge 3 ] && break\n${deeper(body)}\ndone`),
    fc.tuple(tie("script"), tie("script")).map(([one, other]) => `case $x in\n1) ${one};;\n2|3) ${other};;\n*) sleep 1;;\nesac`),
    tie("script").map((body) => `(\n${body}\n)`),
    tie("script").map((body) => `{\n${body}\n} > out`),
    tie("script").map((body) => `f() {\n${asFunction(body)}\n}`),
    tie("script").map((body) => `g() {\n${asFunction(body)}\n}`),
    tie("script").map((body) => `! {\n${body}\n}`),
  ),
  script: fc.array(tie("statement"), { minLength: 1, maxLength: 4, depthIdentifier: "script" }).map((list) => list.join("\n")),
}));

test.each(["sh", "bash"])("what a run in %s really sleeps lies within the estimate", (shell) => {
  const property = fc.property(fc.array(script, { minLength: 1, maxLength: 3 }), fc.boolean(), (parts, errexit) => {
    const text = parts.join("\n").replaceAll("@", "");
    const parsed = parseScript(text);
    if (parsed === undefined) throw new Error("does not parse");
    const flags = { errexit, nounset: false, pipefail: false, xtrace: false };
    const { least, leastOfSuccess, most } = estimateScript(parsed, { shell: shell === "bash" ? "bash" : "sh", flags });
    const { seconds, succeeded } = recorded.run(text, shell, errexit ? ["-e"] : []);
    expect(seconds).toBeGreaterThanOrEqual(succeeded ? leastOfSuccess : least);
    expect(seconds).toBeLessThanOrEqual(most ?? Infinity);
  });
  fc.assert(property, { numRuns: runs, seed });
});
