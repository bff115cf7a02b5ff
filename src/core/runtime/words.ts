import { evaluate } from "./arithmetic.js";
import { anyTime, unbounded } from "./clock.js";
import { fieldsOf, isOneField } from "./fields.js";
import { literal } from "./script.js";
import type { Part, Script, Word } from "./script.js";
import { anyIfs, become, copy, mayFail, merged, resume, subshell } from "./state.js";
import type { Frame, State } from "./state.js";
import { positionalArguments } from "./variables.js";

/** What a word becomes: its text, and the fields it is split into where no quotes hold it together. */
export interface Expanded {
  readonly text: string | undefined;
  /** Undefined when not even their number is known. */
  readonly fields: readonly (string | undefined)[] | undefined;
}

const mostFields = 10_000;

/** Longer values, as of a variable that is doubled again and again, are not kept. */
const longestText = 100_000;

/** What a word becomes; its substitutions run and take their time. */
export function expand(word: Word, state: State, frame: Frame): Expanded {
  if (isAllArguments(word)) return { text: undefined, fields: positionalArguments(state) };
  let text: string | undefined = "";
  let whole = true;
  for (const part of word.parts) {
    const value = expandPart(part, state, frame);
    if (!holdsTogether(part, value, state)) whole = false;
    text = text === undefined || value === undefined || text.length + value.length > longestText ? undefined : text + value;
  }
  if (whole) return { text, fields: [text] };
  const [only] = word.parts;
  const splits = word.parts.length === 1 && only !== undefined && only.kind !== "glob" && only.kind !== "braces";
  return { text, fields: splits && text !== undefined ? split(text, state) : undefined };
}

/** The fields of several words, undefined when their number is not known. */
export function expandAll(words: readonly Word[], state: State, frame: Frame): readonly (string | undefined)[] | undefined {
  let fields: (string | undefined)[] | undefined = [];
  for (const word of words) {
    const more: Expanded["fields"] = expand(word, state, frame).fields;
    if (more === undefined || (fields !== undefined && fields.length + more.length > mostFields)) fields = undefined;
    else fields?.push(...more);
  }
  return fields;
}

/** `"$@"` */
function isAllArguments({ parts: [part, ...others] }: Word): boolean {
  return others.length === 0 && part?.kind === "variable" && part.name === "@" && part.quoted && part.operation === undefined;
}

function holdsTogether(part: Part, value: string | undefined, state: State): boolean {
  if (part.kind === "glob" || part.kind === "braces" || part.kind === "process") return false;
  if (part.kind === "text") return true;
  if (part.kind === "variable" && part.name === "@") return false;
  return part.quoted || (value !== undefined && isOneField(value, state));
}

function split(text: string, state: State): readonly string[] | undefined {
  const fields = fieldsOf(text, state);
  return fields === undefined || fields.length > mostFields ? undefined : fields;
}

function expandPart(part: Part, state: State, frame: Frame): string | undefined {
  switch (part.kind) {
    case "text":
      return part.value;
    case "variable":
      return variable(part, state, frame);
    case "substitution":
      return substitution(part.script, state, frame);
    case "arithmetic": {
      const value = part.expression && evaluate(part.expression, state, frame);
      return value === undefined ? undefined : String(value);
    }
    case "process":
      if (part.script !== undefined) start(part.script, state, frame);
      return undefined;
    default:
      return undefined;
  }
}

function variable({ name, operation }: Extract<Part, { kind: "variable" }>, state: State, frame: Frame): string | undefined {
  const kept = state.variables.get(name);
  const value = kept === anyIfs ? undefined : kept;
  if (operation === undefined) {
    if (value === undefined && state.nounset !== "off" && /^\w+$/.test(name)) mayFail(frame, state);
    return value;
  }
  const { operator, operand } = operation;
  const replacement = operand && operandValue(operand, state, frame);
  if (operator.includes("?") && (value ?? "") === "") mayFail(frame, state);
  if (operator.includes("=") && (value ?? "") === "") state.variables.delete(name);
  if (value === undefined) return undefined;
  if (/^:?[-=?]$/.test(operator)) return operator.length === 1 || value !== "" ? value : replacement;
  if (operator === "+") return replacement;
  return operator === ":+" ? (value === "" ? "" : replacement) : undefined;
}

/** A default may not be needed, and then nothing in it runs. */
function operandValue(operand: Word, state: State, frame: Frame): string | undefined {
  const known = literal(operand);
  if (known !== undefined) return known;
  const needed = copy(state, frame.work);
  const { text } = expand(operand, needed, frame);
  become(state, merged(state, needed));
  return text;
}

function substitution(script: Script | undefined, state: State, frame: Frame): string | undefined {
  if (script === undefined) {
    state.clock = unbounded(state.clock);
    state.status = "either";
    return undefined;
  }
  const output = printed(script, state, frame);
  const { nextJob } = frame.work;
  resume(
    state,
    subshell(state, { ...frame, last: false }, (inner, within) => {
      // Bash drops errexit inside, dash does not.
      if (inner.errexit === "on") inner.errexit = "maybe";
      frame.work.run(script.statements, inner, within);
    }),
  );
  // The shell reads until all have closed their end, also what was started with `&`.
  if (frame.work.nextJob > nextJob) state.clock = unbounded(state.clock);
  return output;
}

/** What `$(seq 1 10)` and `$(echo 5)` print. */
function printed(script: Script, state: State, frame: Frame): string | undefined {
  const [statement, ...others] = script.statements;
  const command = statement?.command;
  if (command?.kind !== "simple" || others.length > 0 || statement?.background === true) return undefined;
  if (command.assignments.length > 0 || command.redirects.length > 0) return undefined;
  const name = literal(command.words[0]);
  if ((name !== "seq" && name !== "echo" && name !== "expr") || state.functions.has(name)) return undefined;
  const fields = expandAll(command.words.slice(1), copy(state, frame.work), frame);
  const known = fields?.filter((field) => field !== undefined) ?? [];
  if (fields === undefined || known.length < fields.length) return undefined;
  if (name === "echo") return known.some((field) => /^-|\\/.test(field)) ? undefined : known.join(" ");
  return name === "expr" ? calculated(known) : counted(known)?.join("\n");
}

/** What `expr 1 + 2` prints. */
function calculated([left = "", operator = "", right = "", ...others]: readonly string[]): string | undefined {
  if (others.length > 0 || ![left, right].every((operand) => /^-?\d{1,9}$/.test(operand))) return undefined;
  const value = { "+": Number(left) + Number(right), "-": Number(left) - Number(right), "*": Number(left) * Number(right) }[operator];
  return value === undefined ? undefined : String(value);
}

function counted(bounds: readonly string[]): readonly number[] | undefined {
  if (!bounds.every((bound) => /^-?\d{1,9}$/.test(bound)) || bounds.length < 1 || bounds.length > 3) return undefined;
  const [a = 1, b = 1, c = 1] = bounds.map(Number);
  if (bounds.length === 3) return range(a, c, b);
  return bounds.length === 2 ? range(a, b, 1) : range(1, a, 1);
}

function range(first: number, last: number, step: number): readonly number[] | undefined {
  if (step === 0 || (last - first) / step > mostFields) return undefined;
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => first + index * step);
}

/** The words that `{1..10}`, `{0..60..5}` or `{a,b,c}` stand for in Bash. */
export function braces(text: string): readonly string[] | undefined {
  const numbers = /^\{(0|-?[1-9]\d{0,8})\.\.(0|-?[1-9]\d{0,8})(?:\.\.-?([1-9]\d{0,8}))?\}$/.exec(text);
  if (numbers !== null) {
    const [first, last] = [Number(numbers[1]), Number(numbers[2])];
    const step = Number(numbers[3] ?? 1) * (last < first ? -1 : 1);
    return range(first, last, step)?.map(String);
  }
  return /^\{[\w.-]+(?:,[\w.-]+)+\}$/.test(text) ? text.slice(1, -1).split(",") : undefined;
}

/** Lets something run beside the script, as `&` does. */
export function start(script: Script, state: State, frame: Frame): void {
  background(state, frame, (inner, within) => frame.work.run(script.statements, inner, within));
}

const mostJobs = 64;

/** Follows a job in the background; `$!` is then its number. */
export function background(state: State, frame: Frame, run: (state: State, frame: Frame) => void): void {
  const id = frame.work.nextJob++;
  const end = subshell(state, { ...frame, last: false }, run)?.clock ?? unbounded(state.clock);
  const kept = state.jobs.length < mostJobs ? state.jobs : [{ id: -1, end: anyTime }];
  state.jobs = [...kept, { id, end }];
  state.variables.set("!", `${jobMark}${id}`);
}

/** Stands for a process id, which no one knows beforehand. */
export const jobMark = "\u0001";
