import { both, either, unbounded, upTo } from "./clock.js";
import type { Clock, Site } from "./clock.js";
import { compare } from "./comparison.js";
import { changesShell } from "./loops.js";
import { runProgram } from "./programs.js";
import { literal } from "./script.js";
import { parseScript } from "./parsed-script.js";
import { sleepSeconds } from "./sleeping.js";
import { anything, copy, exits, mayFail, mayStop, merged } from "./state.js";
import type { Frame, Loop, State, Status } from "./state.js";
import { forgetArguments, setVariable } from "./variables.js";
import { jobMark } from "./words.js";

export type Words = readonly (string | undefined)[];

/** One command with its words expanded. */
export interface Call {
  /** Undefined words are not known; undefined words at all: not even the name is. */
  readonly words: Words | undefined;
  /** False when more words may follow than those that are known. */
  readonly complete: boolean;
  readonly site: Site;
  /** How the command before ended. */
  readonly before: Status;
  readonly ownInput: boolean;
  readonly state: State;
  readonly frame: Frame;
}

type Builtin = (call: Call) => void;

/** Builtins of shells, with what they do to the shell; their words begin after the name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["exit", exit],
  ["return", returns],
  ["break", (call) => leaveLoop(call, "broken")],
  ["continue", (call) => leaveLoop(call, "continued")],
  ["set", set],
  ["shift", shift],
  ["export", declare],
  ["readonly", (call) => declare({ ...call, readonly: true })],
  ["local", local],
  ["declare", declare],
  ["typeset", declare],
  ["unset", unset],
  ["read", read],
  ["mapfile", read],
  ["readarray", read],
  ["getopts", forget],
  ["let", forget],
  ["eval", ({ state, frame }) => anything(frame, state)],
  [".", ({ state, frame }) => anything(frame, state)],
  ["source", ({ state, frame }) => anything(frame, state)],
  ["alias", ({ state, frame }) => anything(frame, state)],
  ["enable", ({ state, frame }) => anything(frame, state)],
  ["shopt", ({ state }) => void (state.status = "either")],
  ["exec", exec],
  ["command", viaCommand],
  ["builtin", viaCommand],
  ["trap", trap],
  ["wait", wait],
  ["kill", kill],
  ["printf", printf],
  ["test", test],
  ["[", ({ words, ...call }) => test({ ...call, words: words?.at(-1) === "]" ? words.slice(0, -1) : [undefined] })],
  ["cd", ({ state }) => void (state.status = "either")],
  ["umask", ({ state }) => void (state.status = "ok")],
  ["ulimit", ({ state }) => void (state.status = "either")],
  ["hash", ({ state }) => void (state.status = "either")],
  ["type", ({ state }) => void (state.status = "either")],
]);

function statusOf(word: string | undefined, otherwise: Status): Status {
  if (word === undefined) return otherwise;
  if (/^0+$/.test(word)) return "ok";
  return /^\d{1,2}$/.test(word) ? "fail" : "either";
}

function ending({ words, complete, before }: Call): Status {
  const none = words?.length === 0 && complete;
  return statusOf(words?.[0], none ? before : "either");
}

function exit(call: Call): void {
  call.state.status = ending(call);
  exits(call.frame, call.state);
  call.state.alive = false;
}

function returns(call: Call): void {
  const { state, frame } = call;
  state.status = ending(call);
  if (frame.call === undefined) {
    // Ends the script in some shells, and is an error that Bash passes over.
    exits(frame, state);
    state.status = "either";
    return;
  }
  frame.call.returned = merged(frame.call.returned, copy(state, frame.work));
  state.alive = false;
}

function leaveLoop({ words, complete, state, frame }: Call, way: "broken" | "continued"): void {
  state.status = "ok";
  if (frame.loop === undefined) return exits(frame, state);
  const levels = words?.length === 0 && complete ? 1 : Number(words?.[0] ?? NaN);
  const sure = complete && Number.isInteger(levels) && levels > 0 && frame.call === undefined;
  let level = 1;
  for (let loop: Loop | undefined = frame.loop; loop !== undefined; loop = loop.outer) {
    const isTarget = level === levels || loop.outer === undefined;
    if (!sure || isTarget) loop[way] = merged(loop[way], copy(state, frame.work));
    if (sure && isTarget) break;
    // A `continue 2` ends the inner loop as a `break` does.
    level++;
  }
  const inOwnLoop = frame.call !== undefined && frame.loop !== frame.call.loop;
  if (sure || inOwnLoop) state.alive = false;
}

/** Options of every shell; at others, `pipefail` in older dash, a shell ends. */
const everywhere = new Set([..."aefnuvxCbm", "errexit", "nounset", "xtrace", "verbose", "noglob", "noexec", "allexport", "noclobber"]);

function set({ words, complete, state, frame }: Call): void {
  state.status = "ok";
  if (!complete) forgetArguments(state);
  changesShell(state, frame);
  for (let index = 0; index < (words?.length ?? 0); index++) {
    const word = words?.[index];
    if (word === undefined || word === "--" || !/^[-+]/.test(word)) return unknownSet(word, state);
    const value = word.startsWith("-") ? "on" : "off";
    for (const letter of word.slice(1)) {
      const name = letter === "o" ? words?.[++index] : letter;
      if (frame.bash !== true && !everywhere.has(name ?? "")) mayFail(frame, state);
      if (name === "e" || name === "errexit") state.errexit = value;
      // Turned on inside a condition, Bash heeds it there, others do not.
      if (state.errexit === "on" && frame.guarded) mayFail(frame, state);
      if (name === "u" || name === "nounset") state.nounset = value;
      // Nothing that follows runs in most shells.
      if (value === "on" && (name === "n" || name === "noexec")) exits(frame, { ...state, status: "either" });
    }
  }
}

function unknownSet(word: string | undefined, state: State): void {
  forgetArguments(state);
  if (word === undefined) state.errexit = state.nounset = "maybe";
}

function shift({ state, frame }: Call): void {
  forgetArguments(state);
  state.status = "either";
  // With nothing left to shift dash ends and Bash goes on.
  if (frame.bash !== true) mayFail(frame, state);
}

function declare(call: Call & { readonly readonly?: boolean }): void {
  const { words, complete, state, frame } = call;
  state.status = "ok";
  const options = words?.some((word) => word?.startsWith("-") === true) === true;
  if (!complete || words === undefined || words.includes(undefined)) state.variables.clear();
  for (const word of words ?? []) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(word ?? "") ?? [];
    if (name === undefined) {
      if (word?.includes("=") === true) state.variables.delete(word.slice(0, word.indexOf("+=")));
      continue;
    }
    if (call.readonly === true) state.constants = new Set([...state.constants, name]);
    if (frame.call !== undefined) frame.call.locals.add(name);
    if (value !== undefined) setVariable(state, name, options ? undefined : value);
    else if (options || frame.call !== undefined) state.variables.delete(name);
  }
}

function local(call: Call): void {
  // Outside a function dash ends and Bash goes on.
  if (call.frame.call === undefined && call.frame.bash !== true) mayFail(call.frame, call.state);
  declare(call);
  if (call.frame.call !== undefined) return;
  call.state.status = "either";
  for (const word of call.words ?? []) call.state.variables.delete(word?.split("=", 1)[0] ?? "");
}

function unset({ words, complete, state }: Call): void {
  state.status = "either";
  if (!complete || words?.includes(undefined) === true) state.variables.clear();
  for (const word of words ?? []) {
    state.variables.delete(word ?? "");
    if (state.functions.delete(word ?? "")) state.sourced = true;
    // Nothing is found then, or what the shell looks for without it.
    if (word === "PATH") state.variables.set(word, "");
  }
}

function read(call: Call): void {
  const { words, complete, state, ownInput } = call;
  state.status = "either";
  if (!ownInput) state.clock = waitsForInput(call);
  if (!complete || words?.includes(undefined) === true) state.variables.clear();
  for (const word of words ?? []) state.variables.delete(word ?? "");
}

/** `read -t` waits no longer than told. */
function waitsForInput({ words, site, state, frame }: Call): Clock {
  const seconds = words?.[0] === "-t" && frame.bash === true ? sleepSeconds(words[1]) : undefined;
  return seconds === undefined ? unbounded(state.clock) : upTo(state.clock, seconds, site);
}

function forget({ state }: Call): void {
  state.variables.clear();
  state.status = "either";
}

function exec(call: Call): void {
  if (call.words?.length === 0 && call.complete) return;
  runProgram(call);
  exits(call.frame, call.state);
  call.state.alive = false;
}

function viaCommand(call: Call): void {
  const { words, state, frame } = call;
  const name = words?.[0];
  if (name === "-v" || name === "-V") return void (state.status = "either");
  const rest = name === "-p" || name === "--" ? words?.slice(1) : words;
  if (rest?.[0] === undefined) return anything(frame, state);
  const builtin = builtins.get(rest[0]);
  if (builtin === undefined) runProgram({ ...call, words: rest });
  else builtin({ ...call, words: rest.slice(1) });
}

const sentFromOutside = new Set(["TERM", "INT", "HUP", "QUIT", "PIPE", "TSTP", "15", "2", "1", "3", "13"]);

function trap({ words, complete, state, frame }: Call): void {
  const [action, ...signals] = words?.[0] === "--" ? words.slice(1) : (words ?? []);
  state.status = "ok";
  const harmless = complete && (words?.length === 0 || /^(?:-.*|)$/.test(action ?? "?"));
  // What ignores a signal hands that down to all that it starts.
  if (action === "" || !complete) frame.work.stubborn = true;
  if (harmless) return;
  for (const signal of signals.length === 0 || !complete ? [undefined] : signals) {
    const name = signal?.replace(/^SIG/i, "").toUpperCase();
    if (name !== "EXIT" && name !== "0" && name !== "ERR") frame.work.stubborn = true;
    if (name === "EXIT" || name === "0") frame.shell.trapped ||= !isQuick(action, state);
    else if (name === "ERR" && /^(?!.*(?:exit|return|kill|exec))/.test(action ?? "exit")) frame.shell.trapped = true;
    else if (name === undefined || !sentFromOutside.has(name)) mayStop(frame, state.clock);
  }
}

const speaking = new Set(["echo", "printf", "date", "true", ":"]);

/** Whether a trap only says something, which takes no time. */
function isQuick(action: string | undefined, { functions }: State): boolean {
  const script = action === undefined ? undefined : parseScript(action);
  return script?.statements.every(({ command, background }) => {
    if (background || command.kind !== "simple" || command.assignments.length > 0 || command.redirects.length > 0) return false;
    const name = literal(command.words[0]) ?? "";
    const plain = command.words.every(({ parts }) => parts.every(({ kind }) => kind === "text" || kind === "variable"));
    return plain && speaking.has(name) && !functions.has(name);
  }) === true;
}

function wait({ words, complete, state }: Call): void {
  const all = words?.length === 0 && complete;
  const named = state.jobs.filter(({ id }) => words?.includes(`${jobMark}${id}`) === true);
  const known = all || (complete && named.length > 0 && named.length === words?.length);
  state.status = all ? "ok" : "either";
  for (const { end } of known && !all ? named : state.jobs) {
    const waited = both(state.clock, end);
    state.clock = known ? waited : { ...state.clock, most: waited.most };
  }
}

function kill(call: Call): void {
  const { words, state, frame } = call;
  state.status = "either";
  if (words?.[0] === "-0") return;
  state.jobs = state.jobs.map((job) => ({ ...job, end: either(job.end, state.clock) }));
  mayStop(frame, state.clock);
}

function printf({ words, state }: Call): void {
  if (words?.[0] === "-v" || words?.[0] === undefined) state.variables.clear();
  state.status = "ok";
}

function test({ words, complete, state }: Call): void {
  state.status = complete && words !== undefined ? compare(words) : "either";
}
