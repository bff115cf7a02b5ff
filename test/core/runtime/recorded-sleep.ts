import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Recording {
  /** Undefined when the run did not end by itself. */
  readonly seconds: number | undefined;
  readonly succeeded: boolean;
}

/** Runs scripts where `sleep` only writes down how long it should sleep, `works` succeeds, and `fails` fails. */
export interface Recorder {
  run(script: string, shell: string, options?: readonly string[]): Recording;
  remove(): void;
}

export function recorder(): Recorder {
  const folder = mkdtempSync(join(tmpdir(), "kronlint-sleep-"));
  let runs = 0;
  program(folder, "sleep", 'echo "$*" >> "$SLEEP_LOG"');
  program(folder, "works", "exit 0");
  program(folder, "fails", "exit 1");
  return {
    run(script, shell, options = []) {
      // A job that outlives its script may not write into the record of the next.
      const log = join(folder, `log-${++runs}`);
      const env = { PATH: `${folder}:/usr/bin:/bin`, SLEEP_LOG: log };
      // It kills the whole process group, not only the shell, should a script run wild.
      const limited = ["-s", "KILL", "5", shell, ...options, "-c", script];
      const { status } = spawnSync("timeout", limited, { env, stdio: "ignore", cwd: folder });
      if (status === null || status > 128) return { seconds: undefined, succeeded: false };
      const words = existsSync(log) ? readFileSync(log, "utf8").split(/\s+/) : [];
      return { seconds: words.reduce((sum, word) => sum + secondsOf(word), 0), succeeded: status === 0 };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function program(folder: string, name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

function secondsOf(word: string): number {
  const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
  const unit = units[word.slice(-1)];
  const seconds = unit === undefined ? Number(word) : Number(word.slice(0, -1)) * unit;
  return Number.isNaN(seconds) ? 0 : seconds;
}
