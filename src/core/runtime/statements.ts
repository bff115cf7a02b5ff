import { evaluate } from "./arithmetic.js";
import { both, either } from "./clock.js";
import type { Clock } from "./clock.js";
import { runSimple } from "./commands.js";
import { compare, opposite } from "./comparison.js";
import { changesShell, isSpent, runArithmeticFor, runFor, runWhile } from "./loops.js";
import { notRun, runRedirects } from "./redirects.js";
import { literal } from "./script.js";
import type {
  AndOr,
  ArithmeticCommand,
  Case,
  CaseItem,
  Command,
  Condition,
  Coprocess,
  FunctionDefinition,
  Group,
  If,
  Pipeline,
  Redirected,
  Statement,
  Word,
} from "./script.js";
import { become, copy, isAlive, mayFail, merged, resume, subshell } from "./state.js";
import type { Frame, State, Status, SubshellEnd } from "./state.js";
import { background, expand } from "./words.js";

/** Follows statements in order, as one shell runs them. */
export function runStatements(statements: readonly Statement[], state: State, outer: Frame): void {
  for (const [index, statement] of statements.entries()) {
    if (!state.alive || isSpent(state, outer)) return;
    const frame = outer.last && index < statements.length - 1 ? { ...outer, last: false } : outer;
    if (statement.background) {
      background(state, frame, (inner, within) => runCommand(statement.command, inner, within));
      state.status = "ok";
    } else {
      runCommand(statement.command, state, frame);
      if (isAlive(state)) heedErrexit(statement.command, state, frame);
    }
  }
}

const endedByErrexit: ReadonlySet<Command["kind"]> = new Set(["simple", "pipeline", "subshell", "condition", "arithmetic", "redirected"]);

function heedErrexit(command: Command, state: State, frame: Frame): void {
  if (frame.guarded || state.errexit === "off" || state.status === "ok") return;
  mayFail(frame, state);
  const sure = state.errexit === "on" && endedByErrexit.has(command.kind) && !(command.kind === "pipeline" && command.negated);
  if (sure && state.status === "fail") state.alive = false;
  else if (sure) state.status = "ok";
}

function runCommand(command: Command, state: State, frame: Frame): void {
  if (!state.alive || isSpent(state, frame)) return;
  switch (command.kind) {
    case "simple":
      return runSimple(command, state, frame);
    case "pipeline":
      return runPipeline(command, state, frame);
    case "and-or":
      return runAndOr(command, state, frame);
    case "if":
      return runIf(command, 0, state, frame);
    case "while":
      return runWhile(command, state, frame);
    case "for":
      return runFor(command, state, frame);
    case "arithmetic-for":
      return runArithmeticFor(command, state, frame);
    case "case":
      return runCase(command, state, frame);
    default:
      return runOther(command, state, frame);
  }
}

type Other = Group | FunctionDefinition | Condition | ArithmeticCommand | Coprocess | Redirected;

function runOther(command: Other, state: State, frame: Frame): void {
  switch (command.kind) {
    case "function":
      changesShell(state, frame);
      state.functions.set(command.name, command.body);
      state.status = "ok";
      return;
    case "condition":
      return runCondition(command, state, frame);
    case "arithmetic": {
      const value = command.expression && evaluate(command.expression, state, frame);
      state.status = value === undefined || frame.bash !== true ? "either" : value === 0 ? "fail" : "ok";
      return;
    }
    case "coprocess":
      return background(state, frame, (inner, within) => runCommand(command.body, inner, within));
    case "redirected":
      return runRedirected(command, state, frame);
    case "group":
      return runStatements(command.body, state, frame);
    case "subshell":
      return resume(
        state,
        subshell(state, frame, (inner, within) => runStatements(command.body, inner, within)),
      );
  }
}

function runRedirected({ redirects, command }: Redirected, state: State, frame: Frame): void {
  const opens = runRedirects(redirects, state, frame);
  const skipped = opens ? undefined : notRun(state, frame);
  runCommand(command, state, frame);
  if (!opens && state.alive) state.status = "either";
  if (skipped !== undefined) become(state, merged(skipped, state));
}

function runCondition({ words, single }: Condition, state: State, frame: Frame): void {
  const operands = words.map((word) => (typeof word === "string" ? word : expand(word, state, frame).text));
  const pattern = operands.some((operand) => operand !== undefined && /[*?[\\(]/.test(operand));
  // Other shells have no such command, and then it fails.
  state.status = single && !pattern && frame.bash === true ? compare(operands) : "either";
}

function runPipeline({ commands, negated }: Pipeline, state: State, frame: Frame): void {
  const [only, ...others] = commands;
  if (only !== undefined && others.length === 0) {
    runCommand(only, state, negated ? { ...frame, guarded: true } : frame);
  } else {
    const each = { ...frame, last: false };
    const { nextJob } = frame.work;
    const ends = commands.map((command, index) =>
      subshell(state, each, (inner, within) => {
        // What was started with `&` may keep the pipe open longer.
        const piped = index > 0 && command.kind === "simple" && frame.work.nextJob === nextJob;
        runCommand(command, inner, { ...within, piped });
      }),
    );
    resume(state, together(commands, ends, state.clock));
  }
  if (negated) state.status = opposite(state.status);
}

/** A shell waits for all commands of a pipeline; those that write end early when no one reads on. */
function together(commands: readonly Command[], ends: readonly (SubshellEnd | undefined)[], from: Clock): SubshellEnd | undefined {
  const lastWithoutDrain = commands.findLastIndex((command) => !drains(command));
  let clock = from;
  let status: Status = "ok";
  for (const [index, end] of ends.entries()) {
    if (end === undefined) return undefined;
    const command = commands[index];
    const lasts = index === ends.length - 1 || index >= lastWithoutDrain || (command !== undefined && isSilent(command));
    clock = both(clock, lasts ? end.clock : either(end.clock, { ...from, most: from.least }));
    if (end.status !== "ok") status = "either";
  }
  return { clock, status };
}

const silent = new Set(["sleep", "true", ":", "test", "["]);
const draining = new Set(["cat", "tee", "sort", "wc", "gzip", "logger"]);

function isSilent(command: Command): boolean {
  return command.kind === "simple" && silent.has(literal(command.words[0]) ?? "");
}

function drains(command: Command): boolean {
  if (command.kind !== "simple" || command.redirects.some(({ operator }) => operator.startsWith("<"))) return false;
  const name = literal(command.words[0]) ?? "";
  return draining.has(name) && (name === "tee" || command.words.slice(1).every((word) => literal(word)?.startsWith("-") === true));
}

function runAndOr({ first, rest }: AndOr, state: State, frame: Frame): void {
  const guarded = { ...frame, guarded: true };
  // What follows a success and what follows a failure never both run.
  const ways = new Map<Status, State>();
  runWay(first, copy(state, frame.work), guarded, ways);
  for (const [index, { operator, command }] of rest.entries()) {
    const wanted = operator === "&&" ? "ok" : "fail";
    if (ways.has("fail") && failsTheRun(rest.slice(index), frame)) ways.delete("fail");
    const way = ways.get(wanted);
    ways.delete(wanted);
    if (way !== undefined) runWay(command, way, index === rest.length - 1 ? frame : guarded, ways);
  }
  const [one, other] = [...ways.values()];
  if (one === undefined) state.alive = false;
  else become(state, other === undefined ? one : merged(one, other));
}

/** Runs a command of a list and sorts what is known then by how it ended. */
function runWay(command: Command, state: State, frame: Frame, ways: Map<Status, State>): void {
  runCommand(command, state, frame);
  if (!state.alive) return;
  for (const status of ["ok", "fail"] as const) {
    if (state.status !== status && state.status !== "either") continue;
    const end = { ...copy(state, frame.work), status };
    ways.set(status, merged(ways.get(status), end));
  }
}

/** Whether the run fails when the rest of the list is skipped: nothing of it would still run, and nothing follows it. */
function failsTheRun(rest: AndOr["rest"], { last, guarded, shell, work }: Frame): boolean {
  if (!last || guarded || shell.trapped || rest.some(({ operator }) => operator !== "&&")) return false;
  work.failed = true;
  return !work.failures;
}

function runIf(command: If, index: number, state: State, frame: Frame): void {
  const branch = command.branches[index];
  if (branch === undefined) {
    state.status = "ok";
    return runStatements(command.otherwise ?? [], state, frame);
  }
  runStatements(branch.condition, state, { ...frame, guarded: true });
  if (!state.alive) return;
  if (state.status === "fail") return runIf(command, index + 1, state, frame);
  const other = state.status === "either" ? copy(state, frame.work) : undefined;
  runStatements(branch.body, state, frame);
  if (other === undefined) return;
  runIf(command, index + 1, other, frame);
  become(state, merged(other, state));
}

function runCase({ word, items }: Case, state: State, frame: Frame): void {
  const { text } = expand(word, state, frame);
  const chained = items.some((item) => item.fallsThrough);
  let ended: State | undefined;
  state.status = "ok";
  for (const item of items) {
    if (!state.alive || isSpent(state, frame)) break;
    const match = chained ? "either" : matches(item, text, state, frame);
    if (match === "fail") continue;
    const unmatched: State = { ...copy(state, frame.work), alive: match === "either" };
    runStatements(item.body, state, frame);
    if (chained) become(state, merged(unmatched, state));
    else {
      ended = merged(ended, copy(state, frame.work));
      become(state, unmatched);
    }
  }
  if (ended !== undefined) become(state, merged(ended, state));
}

function matches(item: CaseItem, text: string | undefined, state: State, frame: Frame): Status {
  const found = item.patterns.map((pattern) => matchesPattern(pattern, text, state, frame));
  if (found.includes("ok")) return "ok";
  return found.includes("either") ? "either" : "fail";
}

function matchesPattern(pattern: Word, text: string | undefined, state: State, frame: Frame): Status {
  const [part, ...others] = pattern.parts;
  if (part?.kind === "glob" && part.text === "*" && others.length === 0) return "ok";
  const value = expand(pattern, state, frame).text;
  if (value === undefined || text === undefined || /[*?[\\]/.test(value)) return "either";
  return value === text ? "ok" : "fail";
}

