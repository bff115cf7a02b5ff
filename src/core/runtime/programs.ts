import type { Call, Words } from "./builtins.js";
import { cut, passed, unbounded } from "./clock.js";
import { baseName, shellScript, wrappers } from "./invocation.js";
import type { Shell, ShellScript } from "./invocation.js";
import type { Script } from "./script.js";
import { parseScript } from "./shell.js";
import { sleepSeconds, timeLimit } from "./sleeping.js";
import { mayFail, mayStop, resume, subshell } from "./state.js";
import type { Frame, State, Status } from "./state.js";

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
  if (words === undefined || !call.complete) return unknown(state, programStatus(call));
  if (name === "sleep") return sleep(call, words.slice(1));
  if (name === "timeout") return timeout(call, words.slice(1));
  const script = shellScript(words.slice(0, 64));
  if (script !== undefined && isShellHere(words, script)) return nestedShell(call, script, words);
  const status = programStatus(call);
  const skip = name === "busybox" ? (_: Words, index: number) => index : wrappers.get(name);
  const rest = skip === undefined ? [] : words.slice(skip(words, 1));
  if (rest.length === 0 || rest.length === words.length) return unknown(state, status);
  runProgram({ ...call, words: rest });
}

/** A script behind wrappers is reached by way of them. */
function isShellHere(words: Words, script: ShellScript): boolean {
  const name = baseName(words[0]) ?? "";
  return script.index > 0 && !wrappers.has(name);
}

function unknown(state: State, status: Status | undefined): void {
  if (status === undefined) state.clock = unbounded(state.clock);
  state.status = status ?? "either";
}

function sleep({ state, site }: Call, operands: Words): void {
  let total = 0;
  for (const operand of operands) {
    const seconds = sleepSeconds(operand);
    if (seconds === undefined) return unknown(state, undefined);
    total += seconds;
  }
  state.status = operands.length === 0 ? "fail" : "ok";
  state.clock = passed(state.clock, Math.round(total * 1000) / 1000, "sleep", site);
}

function timeout(call: Call, operands: Words): void {
  const { state, frame, site } = call;
  const limit = timeLimit(operands);
  if (limit === undefined || limit.rest.length === 0) return unknown(state, undefined);
  const from = state.clock;
  const end = subshell(state, frame, (inner, within) => runProgram({ ...call, words: limit.rest, state: inner, frame: within }));
  if (limit.seconds === 0 || end === undefined) return resume(state, end);
  // A program that is not known may ignore the signal to end; one that only sleeps does not.
  const grace = end.clock.most === Infinity && end.clock.least < Infinity ? limit.grace : 0;
  state.clock = cut(end.clock, from, { seconds: limit.seconds, grace }, site);
  state.status = end.clock.most - from.least < limit.seconds ? end.status : "either";
}

function nestedShell(call: Call, { index, shell, flags }: ShellScript, words: Words): void {
  const { state, frame } = call;
  const text = words[index];
  const script = text === undefined || frame.work.depth >= deepest ? undefined : parseScript(text);
  frame.work.budget -= 1 + ((text ?? "").length >> 4);
  if (script === undefined) return unknown(state, undefined);
  frame.work.depth++;
  const end = subshell(state, frame, (inner, within) => {
    inner.variables.clear();
    inner.functions.clear();
    inner.sourced = false;
    inner.errexit = flags.errexit ? "on" : "off";
    inner.nounset = flags.nounset ? "on" : "off";
    runShell(script, inner, { ...within, bash: isBash(shell), guarded: false, at: call.site.word === undefined ? call.site : undefined });
  });
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
