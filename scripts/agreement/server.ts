/** Builds scripts/agreement/server against one Kubernetes release, and asks it. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { releases } from "../../schemas/kubernetes.js";
import type { RecordedVerdict } from "../conformance/cases.js";
import type { Question } from "./questions.js";

/** Why no server can be built here, where that is no fault: no Go, or modules that would have to be fetched. */
export class Lacking extends Error {}

const sources = fileURLToPath(new URL("./server/", import.meta.url));
const program = process.platform === "win32" ? "server.exe" : "server";
const builds = fileURLToPath(new URL("../../node_modules/.cache/kronlint/", import.meta.url));

/** Builds the program of a minor ("1.34") and returns its path. `offline` takes modules from Go's cache alone. */
export async function buildServer(minor: string, offline: boolean): Promise<string> {
  const release = Object.entries(releases).find(([known]) => known === minor)?.[1];
  if (release === undefined) throw new Error(`no release of Kubernetes ${minor} is known; choose from ${Object.keys(releases).join(", ")}`);
  const folder = join(builds, `server-${minor}`);
  mkdirSync(folder, { recursive: true });
  cpSync(sources, folder, { recursive: true });
  const download = await go(builds, ["mod", "download", "-json", `k8s.io/kubernetes@${release}`], offline);
  const { Dir } = JSON.parse(download) as { readonly Dir: string };
  writeFileSync(join(folder, "go.mod"), moduleOf(readFileSync(join(Dir, "go.mod"), "utf8"), release));
  writeFileSync(join(folder, "go.sum"), readFileSync(join(Dir, "go.sum"), "utf8"));
  await go(folder, ["build", "-mod=mod", "-o", program, "."], offline);
  return join(folder, program);
}

/**
 * The module file of Kubernetes, turned into one of a program that uses it: a release finds its own parts, k8s.io/api and the like, beside
 * itself; elsewhere they are modules of the version 0.34.4 for 1.34.4.
 */
function moduleOf(file: string, release: string): string {
  const parts = release.replace("v1.", "v0.");
  const own = file
    .replace(/^module .*$/m, "module server")
    .replace(/ v0\.0\.0(?=\s)/g, ` ${parts}`)
    .replace(/^(\s*)(\S+) => \.\/staging\/\S+$/gm, `$1$2 => $2 ${parts}`);
  return `${own}\nrequire k8s.io/kubernetes ${release}\n`;
}

/** Go's words for a module that it may not fetch, and for a Go that is too old. */
const cannotFetch = /disabled by GOPROXY=off|GOTOOLCHAIN=local/;

async function go(folder: string, args: readonly string[], offline: boolean): Promise<string> {
  const alone = offline ? { GOPROXY: "off", GOTOOLCHAIN: "local" } : {};
  const { code, output, errors } = await run("go", args, { cwd: folder, env: { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off", ...alone } });
  if (code === 0) return output;
  if (code === undefined) throw new Lacking("Go is missing");
  const reason = cannotFetch.exec(`${errors}${output}`);
  if (offline && reason) throw new Lacking("the modules of Kubernetes are not all in Go's module cache, or Go is too old for them");
  throw new Error(`go ${args.join(" ")}: ${errors.slice(-2000)}`);
}

/** Asks a built server; its verdicts come in the order of the questions. */
export async function ask(server: string, questions: readonly Question[]): Promise<readonly RecordedVerdict[]> {
  const lines = questions.map(({ id, yaml, old }) => JSON.stringify({ id, yaml, old }));
  const { code, output, errors } = await run(server, [], {}, lines.join("\n"));
  const verdicts = output.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as RecordedVerdict);
  if (code === 0 && verdicts.length === questions.length) return verdicts;
  throw new Error(`the server's code answered ${verdicts.length} of ${questions.length} questions: ${errors.slice(-2000)}`);
}

interface Ended {
  /** Undefined where the program could not be started. */
  readonly code: number | null | undefined;
  readonly output: string;
  readonly errors: string;
}

function run(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }, input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: "pipe" });
    const said: Buffer[] = [];
    const complained: Buffer[] = [];
    const end = (code: number | null | undefined): void => {
      resolve({ code, output: Buffer.concat(said).toString("utf8"), errors: Buffer.concat(complained).toString("utf8") });
    };
    child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complained.push(chunk));
    // A program that ends before it has read all closes the pipe; its exit code says so.
    child.stdin.on("error", () => undefined);
    child.on("error", () => { end(undefined); });
    child.on("close", end);
    child.stdin.end(input);
  });
}
