import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { questions } from "../scripts/agreement/questions.js";
import { verdictCases } from "../scripts/conformance/cases.js";
import { comparedVerdicts } from "../scripts/conformance/verdicts.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const cases = verdictCases(fileURLToPath(new URL("../fixtures/conformance/agreement.ndjson", import.meta.url)));

test.each(cases)("what once disagreed agrees: $id ($mutation)", (recorded) => {
  const compared = [...comparedVerdicts(recorded)];
  expect(compared.length).toBeGreaterThan(0);
  for (const { version, parts } of compared) {
    const { accept, stage, errors } = parts;
    expect({ version, accept, stage, errors }).toEqual({ version, accept: undefined, stage: undefined, errors: undefined });
  }
});

test("the same seed makes the same manifests, another one others", () => {
  const made = (seed: number, kind: "create" | "update") => [...questions(200, seed, kind)];
  expect(made(5, "create")).toEqual(made(5, "create"));
  const texts = new Set([...made(5, "create"), ...made(6, "create")].map(({ yaml }) => yaml));
  expect(texts.size).toBeGreaterThan(380);
  expect(made(5, "update").every(({ old }) => old !== undefined && old !== "")).toBe(true);
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function agreement(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["scripts/run.mjs", "scripts/agreement.ts", ...args], { cwd: root, env });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (code) => { resolve({ code, output }); });
  });
}

/** Other manifests every day, and the same ones all day long; the output names the seed. */
const today = Math.floor(Date.now() / 86_400_000);

test("kronlint accepts and rejects what Kubernetes' own code does: 2,000 manifests of the day", { timeout: 600_000 }, async ({ skip }) => {
  const { code, output } = await agreement(["--offline", "--count", "2000", "--seed", String(today), "--version", "1.36"]);
  console.log(output.trimEnd());
  skip(output.startsWith("skipped: "));
  expect(code, output).toBe(0);
  expect(output).toMatch(/^1\.36: \d+ accepted; 0 differ in accept of 2000 creates/m);
});

test("where Go is missing, that is said", async () => {
  const { code, output } = await agreement(["--offline", "--count", "1"], { ...process.env, PATH: "" });
  expect({ code, output: output.trim() }).toEqual({ code: 0, output: "skipped: nothing is compared with Kubernetes' own code; Go is missing" });
});
