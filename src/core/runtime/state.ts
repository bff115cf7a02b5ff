import { anyTime, either } from "./clock.js";
import type { Clock, Site } from "./clock.js";
import type { Command, Statement } from "./script.js";

/** How a command ended, as far as can be told. */
export type Status = "ok" | "fail" | "either";

/** What a shell knows at one point of a script; changed in place while statements are followed. */
export interface State {
  clock: Clock;
  /** False once this point cannot be reached. */
  alive: boolean;
  status: Status;
  /** Known values; a name that is missing may have any value or none. */
  variables: Map<string, string>;
  functions: Map<string, Command>;
  /** Variables that cannot be set any more; a shell may end where they are. */
  constants: ReadonlySet<string>;
  /** Unknown commands may be functions that were read from a file. */
  sourced: boolean;
  /** Also when a trap may end the shell at a failing command. */
  errexit: Switch;
  nounset: Switch;
  jobs: readonly Job[];
}

export type Switch = "on" | "off" | "maybe";

/** Asked anew after anything ran: what runs may end the shell. */
export function isAlive(state: State): boolean {
  return state.alive;
}

export function statusOf(state: State): Status {
  return state.status;
}

export interface Job {
  readonly id: number;
  readonly end: Clock;
}

/** Where control can go other than to the next statement. */
export interface Frame {
  readonly work: Work;
  readonly shell: ShellEnd;
  readonly loop: Loop | undefined;
  readonly call: Call | undefined;
  /** In a condition, where a failing command does not end the script. */
  readonly guarded: boolean;
  /** At the last statement of the script: if it fails, the run fails. */
  readonly last: boolean;
  /** The command's input ends when the commands before it in a pipeline end. */
  readonly piped: boolean;
  /** The place to name for commands whose own text is not the script's. */
  readonly at: Site | undefined;
  /** Whether the shell is Bash; undefined for `sh`, which it may be. */
  readonly bash: boolean | undefined;
}

/** How a shell or subshell may have ended before its last statement. */
export interface ShellEnd {
  readonly outermost: boolean;
  exited: { readonly clock: Clock; readonly status: Status } | undefined;
  /** A signal that may end every shell of the script. */
  stopped: Clock | undefined;
  /** Something still runs when the shell ends. */
  trapped: boolean;
}

export interface Loop {
  broken: State | undefined;
  continued: State | undefined;
  readonly outer: Loop | undefined;
}

export interface Call {
  returned: State | undefined;
  readonly locals: Set<string>;
  /** The loop around the call; shells differ on whether \`break\` in a function reaches it. */
  readonly loop: Loop | undefined;
}

/** What all shells of one estimate share. */
export interface Work {
  budget: number;
  nextJob: number;
  depth: number;
  /** Above zero while a loop's body stands for any of its rounds. */
  anyRound: number;
  /** Count runs that fail, not only those that succeed. */
  readonly failures: boolean;
  /** Whether that made a difference, or would. */
  failed: boolean;
  /** Something runs that may not end at a signal. */
  stubborn: boolean;
  readonly run: (statements: readonly Statement[], state: State, frame: Frame) => void;
}

export function copy(state: State, work: Work): State {
  work.budget -= 1 + (state.variables.size >> 3);
  return { ...state, variables: new Map(state.variables), functions: new Map(state.functions) };
}

/** What is known when either state may be the true one. */
export function merged(one: State | undefined, other: State): State {
  if (one?.alive !== true) return other;
  if (!other.alive) return one;
  const functions = common(one.functions, other.functions);
  return {
    clock: either(one.clock, other.clock),
    alive: true,
    status: one.status === other.status ? one.status : "either",
    variables: commonVariables(one.variables, other.variables),
    functions,
    constants: one.constants === other.constants ? one.constants : new Set([...one.constants, ...other.constants]),
    // A function of one branch only is, after both, a command that may be a function.
    sourced: one.sourced || other.sourced || functions.size < Math.max(one.functions.size, other.functions.size),
    errexit: one.errexit === other.errexit ? one.errexit : "maybe",
    nounset: one.nounset === other.nounset ? one.nounset : "maybe",
    jobs: mergedJobs(one.jobs, other.jobs),
  };
}

function common<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): Map<string, T> {
  const result = new Map<string, T>();
  for (const [name, value] of one) if (other.get(name) === value) result.set(name, value);
  return result;
}

/** Fields are split as usual only where no branch says otherwise. */
function commonVariables(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Map<string, string> {
  const result = common(one, other);
  if (one.get("IFS") !== other.get("IFS")) result.set("IFS", anyIfs);
  return result;
}

function mergedJobs(one: readonly Job[], other: readonly Job[]): readonly Job[] {
  if (one === other) return one;
  return (one.length > other.length ? one : other).map((job) => ({ ...job, end: anyTime }));
}

/** Stands for an IFS that is not known, since a missing one means the usual. */
export const anyIfs = "\u0002";

/** Replaces what `state` knows. */
export function become(state: State, next: State): void {
  Object.assign(state, next);
}

export function exits(frame: Frame, state: State): void {
  if (!state.alive) return;
  const { exited, outermost } = frame.shell;
  if (state.status === "fail") frame.work.failed = true;
  if (outermost && state.status === "fail" && !frame.work.failures && !frame.shell.trapped) return;
  const { clock, status } = state;
  frame.shell.exited =
    exited === undefined ? { clock, status } : { clock: either(exited.clock, clock), status: exited.status === status ? status : "either" };
}

/** The shell may end here because something failed: an unset variable, a redirection, a failing command under errexit. */
export function mayFail(frame: Frame, state: State): void {
  // A subshell that fails need not fail the run.
  if (frame.work.failures || !frame.shell.outermost) exits(frame, { ...state, status: "fail" });
}

export function mayStop(frame: Frame, clock: Clock): void {
  const stop = { ...clock, most: Infinity };
  frame.shell.stopped = frame.shell.stopped === undefined ? stop : either(frame.shell.stopped, stop);
}

/** Anything may have happened: the command is not known, and the shell itself runs it. */
export function anything(frame: Frame, state: State): void {
  state.clock = { ...state.clock, most: Infinity };
  state.status = "either";
  state.variables.clear();
  state.sourced = true;
  frame.work.stubborn = true;
  if (state.errexit === "off") state.errexit = "maybe";
  state.jobs = state.jobs.map((job) => ({ ...job, end: anyTime }));
  exits(frame, state);
  for (let { loop } = frame; loop !== undefined; loop = loop.outer) loop.broken = merged(loop.broken, copy(state, frame.work));
  if (frame.call !== undefined) frame.call.returned = merged(frame.call.returned, copy(state, frame.work));
}

export interface SubshellEnd {
  readonly clock: Clock;
  readonly status: Status;
}

/** Follows a subshell that begins now; undefined when it has no end of its own. */
export function subshell(
  state: State,
  frame: Frame,
  run: (state: State, frame: Frame) => void,
  outermost = false,
): SubshellEnd | undefined {
  const shell: ShellEnd = { outermost, exited: undefined, stopped: undefined, trapped: false };
  const inner = { ...copy(state, frame.work), jobs: [] };
  const within = { ...frame, shell, loop: undefined, call: undefined, piped: false };
  run(inner, within);
  exits(within, inner);
  if (shell.stopped !== undefined) mayStop(frame, shell.stopped);
  const { exited } = shell;
  return exited !== undefined && shell.trapped ? { ...exited, clock: { ...exited.clock, most: Infinity } } : exited;
}

/** Continues after a subshell that was waited for. */
export function resume(state: State, end: SubshellEnd | undefined): void {
  if (end === undefined) {
    state.alive = false;
    return;
  }
  state.clock = end.clock;
  state.status = end.status;
}
