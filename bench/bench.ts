/**
 * `npm run bench`: what kronlint costs, as ratios within one run. Absolute figures are the machine's, so no test looks
 * at them and none is kept.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { document, writeFiles, writeStream } from "./generate.js";
import { keystrokeCost } from "./keystroke.js";
import { type Command, type Cost, cost, environment, median, peakMiB, wallMs } from "./measure.js";
import { hasGo, type Peer, peers } from "./peers.js";
import { timeRulesCost } from "./time-rules.js";
import { verdictCost } from "./verdict.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "dist", "bin.cjs");
const count = 10_000;
const rounds = 3;
const starts = 25;
const kronlint = (...args: readonly string[]): Command => [process.execPath, bin, "--no-config", ...args];
const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

function say(label: string, ...values: readonly string[]): void {
  console.log(`  ${label.padEnd(46)}${values.map((value) => value.padStart(14)).join("")}`);
}

/** Interleaved, so that a machine that slows down slows all of them. */
function startUp(folder: string): void {
  const file = join(folder, "one.yaml");
  writeFileSync(file, document(0));
  const home = environment({ XDG_CACHE_HOME: join(folder, "cache"), LOCALAPPDATA: join(folder, "cache") });
  const cold = environment({ NODE_DISABLE_COMPILE_CACHE: "1" });
  wallMs(kronlint(file), home);
  const empty: number[] = [];
  const warm: number[] = [];
  const coldRuns: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    empty.push(wallMs([process.execPath, "-e", "0"], home));
    warm.push(wallMs(kronlint(file), home));
    coldRuns.push(wallMs(kronlint(file), cold));
  }
  console.log(`\nStart-up, one CronJob, as a multiple of \`node -e 0\` (median of ${String(starts)}, this run: ${median(empty).toFixed(1)} ms)`);
  say("with a warm code cache", times(median(warm) / median(empty)));
  say("without code cache", times(median(coldRuns) / median(empty)));
}

function cheapest(command: Command, env: NodeJS.ProcessEnv): Cost {
  const runs = Array.from({ length: rounds }, () => cost(command, env));
  // 1 says that there were findings; anything above that no document was judged.
  const broken = runs.find(({ status }) => status > 1);
  if (broken) throw new Error(`exit code ${String(broken.status)} of ${command.join(" ")}`);
  return runs.reduce((best, run) => (run.cpuSeconds < best.cpuSeconds ? run : best));
}

function throughput(folder: string, others: readonly Peer[]): void {
  const env = environment({ XDG_CACHE_HOME: join(folder, "cache"), LOCALAPPDATA: join(folder, "cache") });
  const files = join(folder, "files-10000");
  const stream = join(folder, "stream.yaml");
  const ours = { files: cheapest(kronlint(files), env), stream: cheapest(kronlint(stream), env) };
  console.log(`\nDocuments per CPU second, ${String(count)} documents, kronlint as a multiple of the other (best of ${String(rounds)})`);
  say("", `${String(count)} files`, "one file");
  say("kronlint, this run", perSecond(ours.files), perSecond(ours.stream));
  for (const peer of others) {
    const theirs = { files: cheapest(peer.files(files), env), stream: cheapest(peer.stream(stream), env) };
    say(peer.name, perSecond(theirs.files), perSecond(theirs.stream));
    const ratio = (mode: "files" | "stream"): string => times(theirs[mode].cpuSeconds / ours[mode].cpuSeconds);
    say(`kronlint against ${peer.name}`, ratio("files"), ratio("stream"));
  }
}

function perSecond({ cpuSeconds }: Cost): string {
  return `${(count / cpuSeconds).toFixed(0)}/s`;
}

function memory(folder: string): void {
  const env = environment({ XDG_CACHE_HOME: join(folder, "cache"), LOCALAPPDATA: join(folder, "cache") });
  const peak = (path: string): number => peakMiB(folder, kronlint(join(folder, path)).slice(1), env);
  const [one, thousand, tenThousand, stream] = [peak("one.yaml"), peak("files-1000"), peak("files-10000"), peak("stream.yaml")];
  console.log("\nPeak memory, as a multiple of one file's");
  say("1 file", `${one.toFixed(0)} MiB`);
  say("1,000 files", times(thousand / one), `${thousand.toFixed(0)} MiB`);
  say("10,000 files", times(tenThousand / one), `${tenThousand.toFixed(0)} MiB`);
  say("10,000 documents in one file", times(stream / one), `${stream.toFixed(0)} MiB`);
  say("10,000 files against 1,000", times(tenThousand / thousand));
}

function verdicts(): void {
  const { documents, rounds: measured, readingMs, oneVersion, allVersions } = verdictCost();
  const basis = `${documents.toLocaleString("en")} documents, median of ${String(measured)}, this run: ${readingMs.toFixed(0)} ms`;
  console.log(`\nThe server's verdict in a lint run, as a multiple of reading and parsing (${basis})`);
  say("one version", times(oneVersion));
  say("all versions", times(allVersions));
}

function timeRules(): void {
  const { documents, rounds: measured, rules, readingMs, share } = timeRulesCost();
  const basis = `${documents.toLocaleString("en")} documents, median of ${String(measured)}, this run: ${readingMs.toFixed(0)} ms`;
  console.log(`\nThe rules about time in a lint run, as a multiple of reading and parsing (${basis})`);
  say(`${String(rules)} rules; the aim is below 0.33 ×`, times(share));
}

async function keystrokes(folder: string): Promise<void> {
  console.log("\nLanguage server: milliseconds from a keystroke to its diagnostics, over the protocol (the aim is below 10)");
  say("", "first", "typical", "one in 20");
  for (const lines of [500, 5000]) {
    const { first, typical, slow } = await keystrokeCost(folder, lines);
    say(`${String(lines)} lines`, first.toFixed(0), typical.toFixed(1), slow.toFixed(1));
  }
  for (const shape of ["one script", "a List", "Markdown", "a template"] as const) {
    const { first, typical, slow } = await keystrokeCost(folder, 500, shape);
    say(`500 lines, ${shape}`, first.toFixed(0), typical.toFixed(1), slow.toFixed(1));
  }
}

async function main(): Promise<void> {
  const { status } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"], { stdio: ["ignore", 2, 2] });
  // A program that is not there is quick.
  if (status !== 0) throw new Error("the build failed, so there is nothing to measure");
  const folder = mkdtempSync(join(tmpdir(), "kronlint-bench-"));
  try {
    startUp(folder);
    verdicts();
    timeRules();
    writeFiles(join(folder, "files-1000"), count / 10);
    writeFiles(join(folder, "files-10000"), count);
    writeStream(join(folder, "stream.yaml"), count);
    const go = hasGo();
    throughput(folder, go ? peers(folder) : []);
    if (!go) console.log("  Go is not installed, so kubeconform and kube-score are left out");
    memory(folder);
    await keystrokes(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
