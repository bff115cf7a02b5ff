import type { Call, Words } from "./builtins.js";
import { cut, either, passed, unbounded, upTo } from "./clock.js";
import type { Clock } from "./clock.js";
import { endlessness, sleepingProgram } from "./endless.js";
import { isFilter, obedient } from "./filters.js";
import { baseName, shellScript, wrappers } from "./invocation.js";
import type { Shell, ShellScript } from "./invocation.js";
import type { Script } from "./script.js";
import { parseScript } from "./parsed-script.js";
import { sleepSeconds, timeLimit } from "./sleeping.js";
import { mayFail, mayStop, resume, subshell } from "./state.js";
import type { Frame, State, Status, SubshellEnd } from "./state.js";
import { longestTransfer } from "./transfers.js";

/** Programs that are done at once, and how they end. */
const quick: ReadonlyMap<string, Status> = new Map<string, Status>([
  [":", "ok"],
  ["true", "ok"],
  ["false", "fail"],
  ["echo", "ok"],
  ["printf", "ok"],
  ["pwd", "ok"],
  ["test", "either"],
  ["[", "either"],
  ["date", "either"],
  ["mkdir", "either"],
  ["touch", "either"],
  ["basename", "either"],
  ["dirname", "either"],
  ["hostname", "either"],
  ["whoami", "either"],
  ["id", "either"],
  ["uname", "either"],
  ["env", "either"],
  ["printenv", "either"],
  ["seq", "either"],
  ["expr", "either"],
  ["mktemp", "either"],
  ["ln", "either"],
  ["rmdir", "either"],
  ["readlink", "either"],
  ["realpath", "either"],
  ["which", "either"],
  ["nproc", "either"],
]);

const signalling = new Set(["kill", "killall", "killall5", "pkill", "reboot", "poweroff", "halt", "shutdown"]);

const deepest = 8;

/** How a program that is done at once ends; undefined for those that are not known. */
export function programStatus({ words, ownInput, complete }: Call): Status | undefined {
  const name = baseName(words?.[0]) ?? "";
  if (name === "cat" && complete && ownInput && words?.length === 1) return "ok";
  if (name === "cat" && complete && words?.length === 2 && words[1] === "/dev/null") return "ok";
  return quick.get(name);
}

/** Follows a program that is not a function or builtin of the shell. */
export function runProgram(call: Call): void {
  const { words, state, frame } = call;
  const name = baseName(words?.[0]) ?? "";
  if (signalling.has(name)) mayStop(frame, state.clock);
  if (words === undefined || !call.complete) return unknown(call, programStatus(call));
  if (mayBeMissing(words[0], state)) return unknown(call, undefined);
  const timed = programs.get(name);
  if (timed !== undefined) return timed(call, words.slice(1));
  if (frame.piped && isFilter(name, words.slice(1))) return unknown(call, "either");
  if (runsAsTold(call, words)) return;
  const script = shellScript(words.slice(0, 64));
  if (script !== undefined && isShellHere(words, script)) return nestedShell(call, script, words);
  const status = programStatus(call);
  const skip = name === "busybox" ? (_: Words, index: number) => index : wrappers.get(name);
  const rest = skip === undefined ? [] : words.slice(skip(words, 1));
  if (rest.length === 0 || rest.length === words.length) return unknown(call, status);
  runProgram({ ...call, words: rest });
}

const usualFolder = /^(?:\/usr(?:\/local)?)?\/s?bin\/?$/;

/** Where PATH is known and leads past the usual folders, a program may not be found. */
function mayBeMissing(name: string | undefined, { variables }: State): boolean {
  const path = variables.get("PATH");
  return path !== undefined && name?.includes("/") !== true && !path.split(":").some((folder) => usualFolder.test(folder));
}

/** Programs whose arguments say how long they take. */
const programs: ReadonlyMap<string, (call: Call, operands: Words) => void> = new Map([
  ["sleep", sleep],
  ["timeout", timeout],
  ["curl", transfer],
]);

function transfer(call: Call, operands: Words): void {
  const seconds = longestTransfer(operands);
  call.state.clock = seconds === Infinity ? unbounded(call.state.clock) : upTo(call.state.clock, seconds, call.site);
  call.state.status = "either";
}

function runsAsTold({ state, site }: Call, words: Words): boolean {
  const endless = endlessness(words);
  const seconds = endless === undefined ? sleepingProgram(words) : Infinity;
  if (seconds === undefined) return false;
  const after = passed(state.clock, seconds, endless === undefined ? "sleep" : "endless", site);
  state.clock = endless === "unless" ? either(state.clock, after) : after;
  state.status = endless === "unless" ? "fail" : "ok";
  return true;
}

/** A script behind wrappers is reached by way of them. */
function isShellHere(words: Words, script: ShellScript): boolean {
  const name = baseName(words[0]) ?? "";
  return script.index > 0 && !wrappers.has(name);
}

function unknown({ words, state, frame }: Call, status: Status | undefined): void {
  if (status === undefined) {
    state.clock = unbounded(state.clock);
    if (!obedient.has(baseName(words?.[0]) ?? "")) frame.work.stubborn = true;
  }
  state.status = status ?? "either";
}

function sleep(call: Call, operands: Words): void {
  const { state, site } = call;
  let total = 0;
  for (const operand of operands) {
    const seconds = sleepSeconds(operand);
    if (seconds === undefined) return unknown(call, undefined);
    total += seconds;
  }
  state.status = operands.length === 0 ? "fail" : "ok";
  state.clock = passed(state.clock, Math.round(total * 1000) / 1000, "sleep", site);
}

function timeout(call: Call, operands: Words): void {
  const { state, frame, site } = call;
  const limit = timeLimit(operands);
  if (limit === undefined || limit.rest.length === 0) return unknown(call, undefined);
  const from = state.clock;
  const { stubborn } = frame.work;
  frame.work.stubborn = false;
  const end = subshell(state, frame, (inner, within) => runProgram({ ...call, words: limit.rest, state: inner, frame: within }));
  // A program that is not known may ignore the signal to end; one that only sleeps does not.
  const grace = isStubborn(frame) || !limit.ends ? limit.grace : 0;
  frame.work.stubborn ||= stubborn;
  if (limit.seconds === 0 || end === undefined) return resume(state, end);
  state.clock = cut(end.clock, from, { seconds: limit.seconds, grace }, site);
  state.status = statusUnder(limit.seconds, end, from);
  if (!limit.optional) return;
  state.clock = either(from, state.clock);
  state.status = "either";
}

/** A limit that is reached for certain makes `timeout` fail. */
function statusUnder(limit: number, { clock, status }: SubshellEnd, from: Clock): Status {
  if (clock.most - from.least < limit) return status;
  return clock.least - from.most > limit ? "fail" : "either";
}

/** Asked anew after anything ran. */
function isStubborn({ work }: Frame): boolean {
  return work.stubborn;
}

function nestedShell(call: Call, { index, shell, flags }: ShellScript, words: Words): void {
  const { state, frame } = call;
  const text = words[index];
  const script = text === undefined || frame.work.depth >= deepest ? undefined : parseScript(text);
  frame.work.budget -= 1 + ((text ?? "").length >> 4);
  if (script === undefined) return unknown(call, undefined);
  frame.work.depth++;
  // As the container's own command it fails or succeeds for the container.
  const outermost = frame.shell.outermost && call.site.word !== undefined;
  const run = (inner: State, within: Frame): void => {
    // Only the container's own environment is handed down for certain.
    if (call.site.word === undefined) inner.variables.clear();
    inner.functions.clear();
    inner.sourced = false;
    inner.errexit = flags.errexit ? "on" : "off";
    inner.nounset = flags.nounset ? "on" : "off";
    runShell(script, inner, { ...within, bash: isBash(shell), guarded: false, at: call.site.word === undefined ? call.site : undefined });
  };
  const end = subshell(state, frame, run, outermost);
  frame.work.depth--;
  resume(state, end);
}

/** Whether a shell reads Bash's syntax; undefined for `sh`, which is another shell on every system. */
export function isBash(shell: Shell): boolean | undefined {
  if (shell === "sh") return undefined;
  return shell === "bash" || shell === "zsh" || shell === "ksh";
}

/** Follows a whole script in a shell of its own. */
export function runShell(script: Script, state: State, frame: Frame): void {
  // Shells without such syntax stop at the line it stands in, which may be the first.
  if (script.needsBash && frame.bash !== true) mayFail(frame, state);
  frame.work.run(script.statements, state, frame);
}
