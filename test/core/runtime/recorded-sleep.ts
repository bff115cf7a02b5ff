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
  for (const [name, body] of Object.entries(standIns)) program(folder, name, body);
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

/** Runs scripts on the clock, where a second lasts `1 / speed` of one; also what runs side by side or is stopped then has its time. */
export function scaledSeconds(script: string, speed: number): number {
  const folder = mkdtempSync(join(tmpdir(), "kronlint-clock-"));
  const scale = `scaled() { echo "\${1%s}" | awk '{ m = 1; if (sub("m$", "")) m = 60; print $1 * m / ${String(speed)} }'; }`;
  program(folder, "sleep", `${scale}\nexec /bin/sleep "$(scaled "$1")"`);
  program(folder, "timeout", `${scale}\n${scaledTimeout}`);
  for (const [name, body] of Object.entries(standIns)) program(folder, name, body);
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  const before = performance.now();
  spawnSync("sh", ["-c", script], { env, stdio: "ignore", cwd: folder, timeout: 20_000 });
  const seconds = ((performance.now() - before) / 1000) * speed;
  rmSync(folder, { recursive: true, force: true });
  return seconds;
}

const scaledTimeout = `set -- "$@" --; options=
while :; do case "$1" in
  -k|--kill-after) options="$options -k $(scaled "$2")"; shift 2;;
  --kill-after=*) options="$options -k $(scaled "\${1#*=}")"; shift;;
  -s) options="$options -s $2"; shift 2;;
  *) break;;
esac; done
limit=$(scaled "$1"); shift
count=$#; while [ $count -gt 1 ]; do set -- "$@" "$1"; shift; count=$((count - 1)); done; shift
exec /usr/bin/timeout $options "$limit" "$@"`;

/** Programs that take the time that their documentation says, by the name of the host: works, refused, hangs, slow-N. */
const standIns: Readonly<Record<string, string>> = {
  python3: `sleep "$(echo "$2" | sed 's/.*(\\([0-9.]*\\)).*/\\1/')"`,
  wget: "exit 0",
  curl: `limit=0 retries=0 delay=0 whole=0 again=no urls= elapsed=0
while [ $# -gt 0 ]; do case "$1" in
  -m|--max-time|-fm) limit=$2; shift;;
  --retry) retries=$2; shift;;
  --retry-delay) delay=$2; shift;;
  --retry-max-time) whole=$2; shift;;
  --retry-connrefused) again=yes;;
  --connect-timeout|-o|-H) shift;;
  -*) ;;
  *) urls="$urls $1";;
esac; shift; done
pass() { [ "$1" -eq 0 ] || sleep "$1"; elapsed=$((elapsed + $1)); }
for url in $urls; do
  wait=1 left=$retries elapsed=0
  while :; do
    status=0
    case $url in
      *refused*) status=7;;
      *hangs*) pass "$limit"; status=28;;
      *slow-*) n=\${url##*slow-}; n=\${n%/}
        if [ "$limit" -gt 0 ] && [ "$n" -gt "$limit" ]; then pass "$limit"; status=28; else pass "$n"; fi;;
    esac
    [ $status -eq 0 ] && break
    [ $status -eq 7 ] && [ $again = no ] && break
    [ "$left" -eq 0 ] && break
    [ "$whole" -gt 0 ] && [ $elapsed -ge "$whole" ] && break
    left=$((left - 1))
    if [ "$delay" -gt 0 ]; then pass "$delay"; else pass $wait; wait=$((wait * 2)); fi
  done
done
exit $status`,
};

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
