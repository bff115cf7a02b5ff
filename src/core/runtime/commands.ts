import { builtins } from "./builtins.js";
import type { Call, Words } from "./builtins.js";
import { unbounded } from "./clock.js";
import { runProgram } from "./programs.js";
import { hasOwnInput, notRun, runRedirects } from "./redirects.js";
import type { Command, SimpleCommand } from "./script.js";
import { anything, become, exits, isAlive, mayFail, merged, statusOf } from "./state.js";
import type { Frame, State } from "./state.js";
import { forgetArguments, isPositional, setVariable } from "./variables.js";
import { expand, expandAll } from "./words.js";

const deepest = 20;

const mostPositional = 9;

const specialBuiltins = new Set(
  "break : continue . eval exec exit export readonly return set shift times trap unset".split(" "),
);

export function runSimple(command: SimpleCommand, state: State, frame: Frame): void {
  const { start, end, redirects } = command;
  const before = state.status;
  state.status = "ok";
  const [first, ...others] = command.words;
  const name = first && expand(first, state, frame).fields;
  const more = name === undefined ? undefined : expandAll(others, state, frame);
  const opens = runRedirects(redirects, state, frame);
  runAssignments(command, state, frame);
  if (first === undefined) {
    if (!opens) state.status = "either";
    return;
  }
  const words = name === undefined || more === undefined ? name?.slice(0, 1) : [...name, ...more];
  const site = frame.at ?? { start, end };
  const call: Call = { words, complete: more !== undefined, site, before, ownInput: hasOwnInput(redirects), state, frame };
  const skipped = opens ? undefined : notRun(state, frame);
  runWords(call);
  if (!opens && isAlive(state) && statusOf(state) === "ok") state.status = "either";
  if (skipped === undefined) return;
  // The standard ends the shell when a special builtin cannot be redirected.
  mayFail(frame, skipped);
  become(state, merged(skipped, state));
}

function runAssignments(command: SimpleCommand, state: State, frame: Frame): void {
  for (const { name, value, expanded } of command.assignments) {
    const texts = expanded.map((word) => expand(word, state, frame).text);
    // Before a command's name they hold for the command only, or not, as shells differ.
    const kept = command.words.length === 0 && value !== undefined;
    if (state.constants.has(name)) refused(name, state, frame);
    else setVariable(state, name, kept ? texts[0] : undefined);
  }
}

/** A read-only variable keeps its value: dash ends there, and Bash leaves out the rest of the line. */
function refused(name: string, state: State, frame: Frame): void {
  exits(frame, { ...state, status: "fail" });
  state.variables.delete(name);
}

function runWords(call: Call): void {
  const { state, frame } = call;
  const name = call.words?.[0];
  state.status = "either";
  if (name === undefined) return anything(frame, state);
  const body = state.functions.get(name);
  // The standard looks for special builtins first, Bash for functions.
  if (body !== undefined && specialBuiltins.has(name) && frame.bash !== true) return anything(frame, state);
  if (body !== undefined) return runFunction(body, call);
  const builtin = builtins.get(name);
  if (builtin !== undefined) return builtin({ ...call, words: call.words?.slice(1) });
  runProgram(call);
  if (state.sourced && state.alive && state.clock.most === Infinity) mayBeFunction(call);
}

/** After a file has been read in, any command may be a function of that file, and may end the script. */
function mayBeFunction({ state, frame }: Call): void {
  state.variables.clear();
  exits(frame, { ...state, status: "either" });
}

function runFunction(body: Command, call: Call): void {
  const { state, frame } = call;
  if (frame.work.depth >= deepest) {
    state.clock = unbounded(state.clock);
    return anything(frame, state);
  }
  const positional = [...state.variables].filter(([name]) => isPositional(name));
  setPositional(state, call.complete ? call.words?.slice(1) : undefined);
  const own = { returned: undefined, locals: new Set<string>(), loop: frame.loop };
  const within: Frame = { ...frame, call: own, piped: false };
  frame.work.depth++;
  frame.work.run([{ start: 0, end: 0, command: body, background: false }], state, within);
  frame.work.depth--;
  if (within.call?.returned !== undefined) become(state, merged(within.call.returned, state));
  for (const name of own.locals) state.variables.delete(name);
  setPositional(state, undefined);
  for (const [name, value] of positional) state.variables.set(name, value);
}

/** Sets `$1`, `$2` and so on; undefined when they are not known. */
function setPositional(state: State, words: Words | undefined): void {
  forgetArguments(state);
  words?.slice(0, mostPositional).forEach((word, index) => {
    if (word !== undefined) state.variables.set(String(index + 1), word);
  });
  if (words !== undefined && words.length <= mostPositional) state.variables.set("#", String(words.length));
}
