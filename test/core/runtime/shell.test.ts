import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateCommand, estimateScript } from "../../../src/core/runtime/estimate.js";
import { literal } from "../../../src/core/runtime/script.js";
import { longestScript, readScript as parseScript } from "../../../src/core/runtime/shell.js";

describe("the tree of a script", () => {
  test("has places in the text", () => {
    const text = "echo hi\nif true; then sleep 5 & fi";
    const [echo, choice] = parseScript(text)?.statements ?? [];
    expect(echo).toMatchObject({ start: 0, end: 7, background: false, command: { kind: "simple" } });
    if (choice?.command.kind !== "if") throw new Error("no if");
    const [inner] = choice.command.branches[0]?.body ?? [];
    expect(text.slice(inner?.start, inner?.end)).toBe("sleep 5 &");
    expect(inner).toMatchObject({ background: true, command: { kind: "simple" } });
  });

  test("knows what is literal", () => {
    const [statement] = parseScript(`a 'b'"c" "$d" e\\ f *g`)?.statements ?? [];
    if (statement?.command.kind !== "simple") throw new Error("no command");
    expect(statement.command.words.map(literal)).toEqual(["a", "bc", undefined, "e f", undefined]);
  });

  test.each(["if true; then", "case x in", "echo $(", "fi", "a | | b", "echo $(if)", "for ((;;"])("of %j does not exist", (text) => {
    expect(parseScript(text)).toBeUndefined();
  });

  test.each([
    ["for ((i=0;i<3;i++)); do :; done", true],
    ["a=(1 2)", true],
    ["cat <(echo)", true],
    ["function f { :; }", true],
    ["f() { :; }; for i in 1; do :; done", false],
  ])("of %j needs Bash: %s", (text, needsBash) => {
    expect(parseScript(text)?.needsBash).toBe(needsBash);
  });
});

const fragments = [
  "sleep 5", "sleep $X", "X=5", "X=$((X+1))", "while", "until", "for i in 1 2 {1..3} *", "do", "done", "if", "then", "else",
  "fi", "case $X in", "a)", ";;", "esac", "{", "}", "(", ")", "f() {", "f", ";", "\n", "&", "&&", "||", "|", "!", "true",
  "false", "break", "continue 2", "exit", "return", "set -e", "wait", "$(", "`", "${X:-", "$((", "))", "[[", "]]", "((", '"',
  "'", "<<E", "E\n", "> x", "timeout 5", "sh -c", "eval", "exec", "trap x EXIT",
];

function follow(text: string): void {
  const script = parseScript(text);
  if (script === undefined) return;
  const { least, leastOfSuccess, most, evidence } = estimateScript(script);
  expect(least).toBeGreaterThanOrEqual(0);
  expect(leastOfSuccess).toBeGreaterThanOrEqual(least);
  if (most !== null) expect(most).toBeGreaterThanOrEqual(least);
  expect(evidence.every(({ start, end }) => start >= 0 && end > start && end <= text.length)).toBe(true);
}

test("no text makes it throw", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), follow), { numRuns: 500, seed: 1 });
});

test("no mixture of shell syntax makes it throw", () => {
  const mixture = fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((parts) => parts.join(" "));
  fc.assert(fc.property(mixture, follow), { numRuns: 3000, seed: 2 });
});

test("no words of a command make it throw", () => {
  const word = fc.oneof(fc.constantFrom("sh", "-c", "timeout", "5", "env", "busybox", "sleep", "--", "-o", "toString"), fc.string());
  const words = fc.array(word, { maxLength: 8 });
  const property = fc.property(words, words, (command, args) => void estimateCommand(command, args));
  fc.assert(property, { numRuns: 1000, seed: 3 });
});

function shellInShell(depth: number): string {
  return depth === 0 ? "x" : `for i in 1 2 3 4; do sh -c ${JSON.stringify(shellInShell(depth - 1))}; done`;
}

const many = (text: string, size = longestScript): string => text.repeat(Math.floor(size / text.length));

test.each([
  ["a megabyte", many("sleep 1;", 1_000_000)],
  ["many commands", many("sleep 1;")],
  ["many jobs", many("sleep 1&\n")],
  ["many variables", Array.from({ length: 9000 }, (_, index) => `v${index}=1`).join("\n") + many("\nif x; then y; fi", 30_000)],
  ["many functions", Array.from({ length: 5000 }, (_, index) => `f${index}(){ f${index + 1}; }`).join("\n") + "\nf0"],
  ["a function that calls itself twice", "f() { f; f; }; f"],
  ["nested loops", "while x; do ".repeat(45) + "sleep 1" + "; done".repeat(45)],
  ["nested endless loops", "while true; do ".repeat(45) + "sleep 1" + "; done".repeat(45)],
  ["nested counted loops", "for i in 1 2 3 4 5 6 7 8 9; do ".repeat(45) + "sleep 1" + "; done".repeat(45)],
  ["nested choices", "if x; then ".repeat(45) + "sleep 1" + "; fi".repeat(45)],
  ["choices in a row", many("if x; then y=1; else y=2; fi;")],
  ["nested substitutions", "$(echo ".repeat(90) + "1" + ")".repeat(90)],
  ["deep substitutions", "$(".repeat(60_000)],
  ["deep parentheses", "(".repeat(60_000) + ")".repeat(60_000)],
  ["deep arithmetic", `sleep $((${"(".repeat(30_000)}1${")".repeat(30_000)}))`],
  ["long arithmetic", `sleep $((1${"+1".repeat(60_000)}))`],
  ["a long list", `x ${"&& x ".repeat(20_000)}`],
  ["a long pipeline", `x ${"| x ".repeat(20_000)}`],
  ["many cases", `case $x in ${"a) y;; ".repeat(15_000)} esac`],
  ["doubling", `a=xxxxxxxxxx\n${'a="$a$a"\n'.repeat(64)}`],
  ["doubling fields", `a="x x x x"\n${'a="$a $a"\n'.repeat(64)}for i in $a; do sleep 1; done`],
  ["counting to a million", "i=0; while [ $i -lt 1000000 ]; do sleep 1; i=$((i+1)); done"],
  ["a large sequence", "for i in $(seq 1 999999999); do sleep 1; done"],
  ["large braces", "for i in {1..999999999}; do sleep 1; done"],
  ["shells in shells", shellInShell(10)],
  ["a parsed script in a long loop", `for i in $(seq 1 10000); do sh -c '${many("x;", 100_000)}'; done`],
])("%s is quick", (_, text) => {
  follow(text);
});
