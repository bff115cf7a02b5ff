import { MASK } from "../model/templated-word.js";
import { baseName, skipOptions, wrappers } from "./invocation.js";
import { createMemo, type Memo } from "./memo.js";
import type { Command, Extent, Part, Pipeline, Redirect, Script, SimpleCommand, Statement, Word } from "./script.js";
import { literal } from "./script.js";
import { timeLimit } from "./sleeping.js";

/** A word of a command as far as it can be known without running anything. */
export interface ScriptWord extends Extent {
  /** Undefined when the shell works some of it out. */
  readonly text: string | undefined;
  /** What it certainly begins with; variables with one known value are filled in. */
  readonly lead: string;
  /** An unquoted variable or the like: it may become several words, options among them. */
  readonly isOpen: boolean;
  readonly parts: readonly Part[];
}

export interface ScriptRedirect extends Extent {
  readonly operator: string;
  readonly target: ScriptWord | undefined;
}

export interface ScriptCommand extends Extent {
  /** The program's name without its folder, behind `exec`, `timeout`, `env` and the like. */
  readonly name: string | undefined;
  /** Its name as written. */
  readonly program: ScriptWord | undefined;
  readonly args: readonly ScriptWord[];
  /** The programs that it stands behind: `exec`, `timeout`. */
  readonly behind: readonly string[];
  /** Its own redirects and those of the group it stands in. */
  readonly redirects: readonly ScriptRedirect[];
  readonly assignments: SimpleCommand["assignments"];
  readonly where: Circumstances;
}

/** Where a command stands, as far as it matters what becomes of its exit status and its output. */
export interface Circumstances {
  /** In `$(…)` or `<(…)`. */
  readonly isSubstituted: boolean;
  /** In the body of a function. */
  readonly isDefinition: boolean;
  readonly isInLoop: boolean;
  readonly isInSubshell: boolean;
  readonly isInBackground: boolean;
  /** Its status is asked for: a condition, the left side of `||`, behind `!`. */
  readonly isTested: boolean;
  /** Something else decides whether it runs: a branch, the right side of `&&` or `||`. */
  readonly isConditional: boolean;
  readonly pipe: ScriptPipe | undefined;
}

/** The innermost pipeline around a command. */
export interface ScriptPipe {
  readonly pipeline: Pipeline;
  /** Which member of it the command is, or is part of. */
  readonly index: number;
}

const plainly: Circumstances = {
  isSubstituted: false,
  isDefinition: false,
  isInLoop: false,
  isInSubshell: false,
  isInBackground: false,
  isTested: false,
  isConditional: false,
  pipe: undefined,
};

interface Walk {
  readonly found: ScriptCommand[];
  readonly variables: Map<string, string | undefined>;
  redirects: readonly ScriptRedirect[];
}

/** What was found in scripts that are still remembered. */
const known = new WeakMap<Script, Memo<readonly ScriptCommand[]>>();

/** All simple commands of a script in the order of its text. */
export function commandsOf(script: Script, environment: ReadonlyMap<string, string | undefined>): readonly ScriptCommand[] {
  const recent = known.get(script) ?? createMemo<readonly ScriptCommand[]>(4);
  known.set(script, recent);
  return recent(JSON.stringify([...environment]), () => findCommands(script, environment));
}

function findCommands(script: Script, environment: ReadonlyMap<string, string | undefined>): readonly ScriptCommand[] {
  const walk: Walk = { found: [], variables: new Map(environment), redirects: [] };
  walkList(walk, script.statements, plainly);
  return walk.found.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** A variable that is not known, or what a template writes. */
const unknownFrom = new RegExp(`\\$\\(|${MASK}`);

/** One program that is started without a shell. `own`: the image's program, whose arguments the words are. */
export function directCommand(
  own: string | undefined,
  values: readonly string[],
  environment: ReadonlyMap<string, string | undefined>,
): { readonly command: ScriptCommand; readonly extents: readonly Extent[] } {
  let end = -1;
  const extents = values.map((value) => ({ start: end + 1, end: (end += 1 + value.length) }));
  const words = values.map((value, index): ScriptWord => {
    const lead = value.includes("$(") ? value.replace(/\$\((\w+)\)/g, (whole, name: string) => environment.get(name) ?? whole) : value;
    const unknown = lead.search(unknownFrom);
    const certain = unknown < 0 ? lead : lead.slice(0, unknown);
    const extent = extents[index] ?? { start: 0, end: 0 };
    return { ...extent, text: certain === lead ? lead : undefined, lead: certain, isOpen: value.startsWith(MASK), parts: [] };
  });
  const [program, args, behind] = own === undefined ? unwrapped(words) : [undefined, words, []];
  const name = own ?? baseName(program?.text);
  const whole = { start: 0, end: Math.max(0, end) };
  return { command: { ...whole, name, program, args, behind, redirects: [], assignments: [], where: plainly }, extents };
}

function walkList(walk: Walk, statements: readonly Statement[], where: Circumstances): void {
  for (const { command, background } of statements) walkCommand(walk, command, background ? { ...where, isInBackground: true } : where);
}

function walkCommand(walk: Walk, command: Command, where: Circumstances): void {
  switch (command.kind) {
    case "simple":
      return walkSimple(walk, command, where);
    case "pipeline":
      return walkPipeline(walk, command, where);
    case "and-or": {
      const parts = [command.first, ...command.rest.map((one) => one.command)];
      const lastOr = command.rest.findLastIndex(({ operator }) => operator === "||");
      return parts.forEach((part, index) => {
        walkCommand(walk, part, { ...where, isTested: where.isTested || index <= lastOr, isConditional: where.isConditional || index > 0 });
      });
    }
    case "redirected": {
      const outer = walk.redirects;
      walk.redirects = [...outer, ...walkRedirects(walk, command.redirects, where)];
      walkCommand(walk, command.command, where);
      walk.redirects = outer;
      return;
    }
    case "function":
      return walkCommand(walk, command.body, { ...where, isDefinition: true });
    case "group":
      return walkList(walk, command.body, where);
    case "subshell":
      return walkList(walk, command.body, { ...where, isInSubshell: true });
    case "coprocess":
      return walkCommand(walk, command.body, { ...where, isInBackground: true });
    default:
      return walkCompound(walk, command, where);
  }
}

type Plain = "simple" | "pipeline" | "and-or" | "redirected" | "function" | "group" | "subshell" | "coprocess";

type Compound = Exclude<Command, { kind: Plain }>;

function walkCompound(walk: Walk, command: Compound, where: Circumstances): void {
  const asked = { ...where, isTested: true };
  const branch = { ...where, isConditional: true };
  switch (command.kind) {
    case "if":
      for (const { condition, body } of command.branches) {
        walkList(walk, condition, asked);
        walkList(walk, body, branch);
      }
      return walkList(walk, command.otherwise ?? [], branch);
    case "while":
      walkList(walk, command.condition, { ...asked, isInLoop: true });
      return walkList(walk, command.body, { ...branch, isInLoop: true });
    case "for":
    case "arithmetic-for":
      if (command.kind === "for") {
        walk.variables.set(command.name, undefined);
        for (const word of command.words ?? []) walkWord(walk, word, where);
      }
      return walkList(walk, command.body, { ...branch, isInLoop: true });
    case "case":
      walkWord(walk, command.word, where);
      for (const { body } of command.items) walkList(walk, body, branch);
      return;
    case "condition":
      for (const word of command.words) if (typeof word !== "string") walkWord(walk, word, asked);
      return;
    case "arithmetic":
      return;
  }
}

function walkPipeline(walk: Walk, pipeline: Pipeline, where: Circumstances): void {
  pipeline.commands.forEach((command, index) => {
    const isTested = where.isTested || pipeline.negated;
    walkCommand(walk, command, { ...where, isTested, ...(pipeline.commands.length > 1 ? { pipe: { pipeline, index } } : {}) });
  });
}

function walkSimple(walk: Walk, command: SimpleCommand, where: Circumstances): void {
  const { start, end, assignments } = command;
  const words = command.words.map((word) => walkWord(walk, word, where));
  const redirects = [...walk.redirects, ...walkRedirects(walk, command.redirects, where)];
  const [program, args, behind] = unwrapped(words);
  walk.found.push({ start, end, name: baseName(program?.text), program, args, behind, redirects, assignments, where });
  for (const { name, value, expanded } of assignments) {
    const written = expanded.map((word) => walkWord(walk, word, where));
    remember(walk, name, value && written[0]);
  }
  if (!["export", "local", "readonly", "declare", "typeset"].includes(program?.text ?? "")) return;
  for (const { lead, text, parts } of args) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(lead) ?? [];
    if (name !== undefined) remember(walk, name, { lead: value ?? "", text: text === undefined ? undefined : (value ?? ""), parts });
  }
}

/** A variable that is written twice may hold either. */
function remember({ variables }: Walk, name: string, word: Pick<ScriptWord, "lead" | "text" | "parts"> | undefined): void {
  const value = word?.text ?? (word === undefined || word.lead === "" ? undefined : `${word.lead}\0`);
  variables.set(name, variables.has(name) && variables.get(name) !== value ? undefined : value);
}

function walkRedirects(walk: Walk, redirects: readonly Redirect[], where: Circumstances): readonly ScriptRedirect[] {
  return redirects.map(({ start, end, operator, target }) => ({ start, end, operator, target: target && walkWord(walk, target, where) }));
}

/** The word as far as it is known; commands in it are found on the way. */
function walkWord(walk: Walk, word: Word, where: Circumstances): ScriptWord {
  const { start, end, parts } = word;
  const inside = { ...where, isSubstituted: true, pipe: undefined };
  for (const part of parts) {
    const script = part.kind === "substitution" || part.kind === "process" ? part.script : undefined;
    if (script !== undefined) walkList(walk, script.statements, inside);
    if (part.kind === "variable" && part.operation?.operand !== undefined) walkWord(walk, part.operation.operand, where);
  }
  const { lead, isWhole } = leadOf(walk, parts);
  const isOpen = parts.some(isSplit);
  return { start, end, text: literal(word) ?? (isWhole ? lead : undefined), lead, isOpen: isOpen && !isWhole, parts };
}

/** Whether the shell may make several words of it. */
function isSplit(part: Part): boolean {
  if (part.kind === "substitution") return !part.quoted;
  return part.kind === "variable" && (!part.quoted || part.name === "@");
}

function leadOf({ variables }: Walk, parts: readonly Part[]): { readonly lead: string; readonly isWhole: boolean } {
  let lead = "";
  for (const part of parts) {
    const value = part.kind === "text" ? part.value : part.kind === "variable" ? valueOf(part, variables) : undefined;
    if (value === undefined) return { lead, isWhole: false };
    lead += value.split("\0")[0] ?? "";
    if (value.includes("\0")) return { lead, isWhole: false };
  }
  return { lead, isWhole: true };
}

function valueOf({ name, operation }: Extract<Part, { kind: "variable" }>, variables: Walk["variables"]): string | undefined {
  if (operation === undefined) return variables.get(name);
  if (variables.has(name) || !/^:?[-=]$/.test(operation.operator)) return undefined;
  return literal(operation.operand);
}

const alsoStarting: ReadonlyMap<string, string> = new Map([
  ["exec", "a"],
  ["sudo", "ugpC"],
  ["command", ""],
  ["time", "fo"],
  ["busybox", ""],
]);

type Unwrapped = readonly [ScriptWord | undefined, readonly ScriptWord[], readonly string[]];

/** The program behind those that only start another. */
function unwrapped(words: readonly ScriptWord[]): Unwrapped {
  const texts = words.map(({ text }) => text);
  const behind: string[] = [];
  let index = 0;
  for (let rounds = 0; rounds < 8; rounds++) {
    const name = baseName(texts[index]) ?? "";
    const next = afterWrapper(name, texts, index);
    if (next === undefined || next >= words.length || (name === "command" && texts[index + 1]?.startsWith("-") === true)) break;
    behind.push(name);
    index = next;
  }
  return [words[index], words.slice(index + 1), behind];
}

function afterWrapper(name: string, texts: readonly (string | undefined)[], index: number): number | undefined {
  if (name === "timeout") {
    const limit = timeLimit(texts.slice(index + 1));
    return limit && texts.length - limit.rest.length;
  }
  const valued = alsoStarting.get(name);
  return valued === undefined ? wrappers.get(name)?.(texts, index + 1) : skipOptions(texts, index + 1, valued);
}
