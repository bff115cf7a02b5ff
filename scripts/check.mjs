// Everything that CI checks. The last line counts: every test, and each of the other checks as one.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./setup.mjs";

const bin = (name, file) => join(root, "node_modules", name, file);
const tsc = bin("typescript", "bin/tsc");

const types = [
  { name: "types of core and rules", args: [tsc, "-p", "tsconfig.pure.json"] },
  { name: "types of the rest", args: [tsc, "-p", "tsconfig.node.json"] },
];
const sources = [
  { name: "build", args: [join(root, "scripts", "build.mjs")] },
  { name: "eslint", args: [bin("eslint", "bin/eslint.js"), "--max-warnings=0", "."] },
];

const pages = [{ name: "pages in a browser", args: [join(root, "scripts", "browser.mjs")] }];

/** Resolves to the exit code. */
export async function check() {
  const lanes = await Promise.all([inTurn(types), inTurn(sources)]);
  const outcomes = [...lanes.flat(), ...(await inTurn(pages)), await tests()];
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function inTurn(steps) {
  const outcomes = [];
  for (const { name, args } of steps) {
    const { code, output } = await run(args, "pipe");
    const isSkipped = code === 0 && output.startsWith("skipped");
    console.log(`${isSkipped ? "–" : code === 0 ? "✓" : "✗"} ${name}`);
    if (code !== 0 || isSkipped) console.log(output.trimEnd());
    outcomes.push({ passed: code === 0 && !isSkipped ? 1 : 0, failed: code === 0 ? 0 : 1 });
  }
  return outcomes;
}

async function tests() {
  const folder = mkdtempSync(join(tmpdir(), "kronlint-check-"));
  const report = join(folder, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const { code } = await run([bin("vitest", "vitest.mjs"), "run", ...reporters], "inherit");
    return countTests(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report, code) {
  const { passed, failed, skipped } = readCounts(report);
  if (skipped > 0) console.log(`skipped: ${skipped} tests that cannot run here (no Go, another system, or root)`);
  // A file that does not load, or an error outside of tests, fails the run without a failed test.
  const unseen = code !== 0 && failed === 0 ? 1 : 0;
  const none = code === 0 && passed === 0 ? 1 : 0;
  if (none === 1) console.log("✗ no test ran");
  return { passed, failed: failed + unseen + none };
}

function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function run(args, output) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", output, output] });
    let text = "";
    child.stdout?.on("data", (chunk) => (text += chunk));
    child.stderr?.on("data", (chunk) => (text += chunk));
    child.on("close", (code) => resolve({ code: code ?? 1, output: text }));
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await check();
