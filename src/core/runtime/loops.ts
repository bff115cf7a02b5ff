import { evaluate } from "./arithmetic.js";
import { anyTime, passed, unbounded } from "./clock.js";
import type { ArithmeticFor, Extent, For, Statement, While, Word } from "./script.js";
import { anything, become, copy, exits, isAlive, merged } from "./state.js";
import type { Frame, Job, Loop, State, Status } from "./state.js";
import { positionalArguments } from "./variables.js";
import { braces, expandAll } from "./words.js";

/** A loop of any kind: whether another round comes, what it does, and what follows it. */
interface Rounds extends Extent {
  readonly advance: (state: State, frame: Frame) => Status;
  readonly body: readonly Statement[];
  readonly update: (state: State, frame: Frame) => void;
}

export function runWhile(loop: While, state: State, frame: Frame): void {
  const { start, end, body, condition, until } = loop;
  const advance = (inner: State, within: Frame): Status => {
    frame.work.run(condition, inner, { ...within, guarded: true });
    if (condition.length === 0 || inner.status === "either") return "either";
    return (inner.status === "ok") === until ? "fail" : "ok";
  };
  follow({ start, end, advance, body, update: nothing }, state, frame);
  if (state.alive) state.status = "either";
}

export function runArithmeticFor(loop: ArithmeticFor, state: State, frame: Frame): void {
  const { start, end, body, initialize, test, update } = loop;
  if (initialize !== undefined) evaluate(initialize, state, frame);
  const advance = (inner: State, within: Frame): Status => {
    const value = test === undefined ? 1 : evaluate(test, inner, within);
    if (value === undefined) return "either";
    return value === 0 ? "fail" : "ok";
  };
  const after = (inner: State, within: Frame): void => {
    if (update !== undefined) evaluate(update, inner, within);
  };
  follow({ start, end, advance, body, update: after }, state, frame);
  if (state.alive) state.status = "either";
}

export function runFor(loop: For, state: State, frame: Frame): void {
  const { words, interactive } = loop;
  state.status = "ok";
  if (words === undefined || interactive) {
    state.clock = interactive ? unbounded(state.clock) : state.clock;
    return forEach(loop, interactive ? undefined : positionalArguments(state), state, frame);
  }
  const expanded = words.map(braced);
  const plain = words.map((word) => literalBraces(word));
  if (frame.bash === undefined && expanded.some((word, index) => word !== plain[index])) {
    const other = copy(state, frame.work);
    forEach(loop, expandAll(plain, other, frame), other, frame);
    forEach(loop, expandAll(expanded.flat(), state, frame), state, frame);
    return become(state, merged(state, other));
  }
  forEach(loop, expandAll(frame.bash === false ? plain : expanded.flat(), state, frame), state, frame);
}

function braced(word: Word): readonly Word[] | Word {
  const [part, ...others] = word.parts;
  const list = part?.kind === "braces" && others.length === 0 ? braces(part.text) : undefined;
  return list?.map((value) => ({ ...word, parts: [{ kind: "text", value, quoted: true }] })) ?? word;
}

/** Only Bash and its like expand braces; to others they are text. */
function literalBraces(word: Word): Word {
  const [part, ...others] = word.parts;
  if (part?.kind !== "braces" || others.length > 0) return word;
  return { ...word, parts: [{ kind: "text", value: part.text, quoted: true }] };
}

function forEach(loop: For, fields: readonly (string | undefined)[] | undefined, state: State, frame: Frame): void {
  let next = 0;
  const advance = (inner: State): Status => {
    if (fields !== undefined && next >= fields.length) return "fail";
    const value = fields?.[next++];
    if (value === undefined) inner.variables.delete(loop.name);
    else inner.variables.set(loop.name, value);
    return fields === undefined ? "either" : "ok";
  };
  rounds({ start: loop.start, end: loop.end, advance, body: loop.body, update: nothing }, state, frame);
}

function nothing(): void {
  // A loop without a third expression.
}

function follow(loop: Rounds, state: State, frame: Frame): void {
  if (isEndless(loop, state, frame)) state.clock = passed(state.clock, Infinity, "loop", frame.at ?? loop);
  else rounds(loop, state, frame);
}

/** Whether every round is followed by another, whatever the variables are. */
function isEndless(loop: Rounds, state: State, frame: Frame): boolean {
  const trial = forgetful(copy(state, frame.work));
  const outer = apart(frame);
  const own: Loop = { broken: undefined, continued: undefined, outer: outer.loop };
  const within = { ...outer, loop: own };
  frame.work.anyRound++;
  const continues = loop.advance(trial, within) === "ok" && trial.alive;
  if (continues) frame.work.run(loop.body, trial, within);
  frame.work.anyRound--;
  if (!continues || own.broken !== undefined || isLeft(outer)) return false;
  return (trial.alive || own.continued !== undefined) && frame.work.budget > 0;
}

/** The same surroundings, unaware of each other. */
function apart(frame: Frame): Frame {
  const shell = { outermost: frame.shell.outermost, exited: undefined, stopped: undefined, trapped: false };
  const call = frame.call && { ...frame.call, returned: undefined };
  return { ...frame, shell, call, loop: frame.loop && loopApart(frame.loop) };
}

function loopApart(loop: Loop): Loop {
  return { broken: undefined, continued: undefined, outer: loop.outer && loopApart(loop.outer) };
}

function isLeft({ shell, call, loop }: Frame): boolean {
  if (shell.exited !== undefined || shell.stopped !== undefined || call?.returned !== undefined) return true;
  for (let each = loop; each !== undefined; each = each.outer) {
    if (each.broken !== undefined || each.continued !== undefined) return true;
  }
  return false;
}

function forgetful(state: State): State {
  const jobs: readonly Job[] = [...state.jobs.map((job) => ({ ...job, end: anyTime })), { id: -1, end: anyTime }];
  state.variables.clear();
  return { ...state, clock: unbounded(state.clock), jobs };
}

function rounds(loop: Rounds, state: State, frame: Frame): void {
  const own: Loop = { broken: undefined, continued: undefined, outer: frame.loop };
  const within = { ...frame, loop: own, last: false };
  let ended: State | undefined;
  const counts = counting(frame);
  while (state.alive) {
    if (isSpent(state, frame)) break;
    // With an open end and a way out already, more rounds one by one would tell no more.
    const isOpen = own.broken !== undefined && state.clock.most === Infinity;
    const next = isOpen ? "either" : loop.advance(state, within);
    if (!isAlive(state)) break;
    const isLast = next === "fail" || (next === "either" && !counts(state));
    if (isLast && next === "either") anyRound(loop, state, within);
    if (next !== "ok") ended = merged(ended, copy(state, frame.work));
    if (isLast) break;
    round(loop, state, within, own);
  }
  const last = own.broken === undefined ? ended : merged(ended, own.broken);
  if (last === undefined) state.alive = false;
  else become(state, last);
}

const mostOpenRounds = 500;

/** Where the loop may end here or go on, rounds are followed one by one as long as they count something, so that they may have an end. */
function counting({ work }: Frame): (state: State) => boolean {
  let rounds = 0;
  let before: ReadonlyMap<string, string> | undefined;
  const enough = work.budget / 2;
  return ({ clock, variables }) => {
    const last = before ?? new Map<string, string>();
    const counts = before === undefined || last.size !== variables.size || [...variables].some(([name, value]) => last.get(name) !== value);
    before = new Map(variables);
    return counts && clock.most < Infinity && rounds++ < mostOpenRounds && work.budget > enough;
  };
}

function round(loop: Rounds, state: State, frame: Frame, own: Loop): void {
  frame.work.run(loop.body, state, frame);
  become(state, merged(own.continued, state));
  own.continued = undefined;
  if (state.alive) loop.update(state, frame);
}

/** One round that stands for all to come: none is the fewest, and no number the most. */
function anyRound(loop: Rounds, state: State, frame: Frame): void {
  become(state, forgetful(state));
  const inner = copy(state, frame.work);
  frame.work.anyRound++;
  frame.work.run(loop.body, inner, frame);
  if (frame.loop?.continued !== undefined) become(inner, merged(frame.loop.continued, inner));
  if (inner.alive) {
    loop.update(inner, frame);
    loop.advance(inner, frame);
  }
  frame.work.anyRound--;
}

/** Work on one script is bounded; what has not been followed may take any time. */
export function isSpent(state: State, frame: Frame): boolean {
  frame.work.budget -= 1;
  if (frame.work.budget > 0) return false;
  state.clock = unbounded(state.clock);
  state.status = "either";
  exits(frame, state);
  state.alive = false;
  return true;
}

/** What a later round would see differently makes the round that stands for all of them mean nothing. */
export function changesShell(state: State, frame: Frame): void {
  if (frame.work.anyRound > 0) anything(frame, state);
}
