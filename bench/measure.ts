import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of the process and all that it started. */
  readonly cpuSeconds: number;
  readonly status: number;
}

export type Command = readonly [program: string, ...args: readonly string[]];

/** The environment for every measured process. An extra CA file costs Node 20 more than its whole start. */
export function environment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS, NODE_OPTIONS, ...rest } = process.env;
  return { ...rest, NO_COLOR: "1", ...added };
}

/** bash times its children to the millisecond; Node cannot ask for them. */
export function cost(command: Command, env: NodeJS.ProcessEnv): Cost {
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1; echo "$?"';
  const { stdout, error } = spawnSync("bash", ["-c", script, "bash", ...command], { encoding: "utf8", env });
  if (error) throw new Error(`bash is needed to measure: ${error.message}`);
  const [wall = NaN, user = NaN, system = NaN, status = NaN] = stdout.trim().split(/\s+/).map(Number);
  return { wallSeconds: wall, cpuSeconds: user + system, status };
}

/** Wall-clock milliseconds of one run, without a shell between. */
export function wallMs(command: Command, env: NodeJS.ProcessEnv): number {
  const [program, ...args] = command;
  const sink = openSync(join(tmpdir(), `kronlint-bench-${String(process.pid)}`), "w");
  const start = process.hrtime.bigint();
  spawnSync(program, args, { env, stdio: ["ignore", sink, sink] });
  const end = process.hrtime.bigint();
  closeSync(sink);
  return Number(end - start) / 1e6;
}

/** The most memory that a Node program held, in MiB; it says so itself on its way out. */
export function peakMiB(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
  const hook = join(folder, "peak.cjs");
  const output = join(folder, "peak.txt");
  writeFileSync(hook, `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(output)}, String(process.resourceUsage().maxRSS)));`);
  spawnSync(process.execPath, ["--require", hook, ...args], { env, stdio: "ignore" });
  const kilobytes = Number(readFileSync(output, "utf8"));
  rmSync(output);
  return kilobytes / 1024;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Time on the CPU: the machine may be at work for others. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
