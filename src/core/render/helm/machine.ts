import type { Place } from "../../text/place.js";
import { addAsked, type Asked } from "./doubt.js";
import type { Block, Branch, Span, Template, TemplateNode } from "./syntax.js";
import type { Piece, Text } from "./text.js";
import { unknown, type Value } from "./value.js";

/** More work than any chart needs. */
const mostSteps = 400_000;
const mostText = 4_000_000;
const deepest = 60;

/** Which bound a chart met. */
export type Limit = "steps" | "text" | "depth" | "nesting";

/** Thrown to leave an evaluation that met a bound. */
export class LimitMet extends Error {
  readonly limit: Limit;
  constructor(limit: Limit) {
    super(limit);
    this.limit = limit;
  }
}

/** Thrown to leave an evaluation that has what was asked for. */
export class HeadWritten extends Error {}

/** What an evaluation of one template holds in its hands. */
export interface Machine {
  /** Of all charts together, by name: files too. */
  readonly templates: ReadonlyMap<string, readonly TemplateNode[]>;
  readonly parse: (text: Text) => Template;
  /** Where an action of the template that is rendered stands. */
  readonly placeOf: (span: Span) => Place;
  /** Blocks of branches that were entered. */
  entered: Set<Block>;
  /** Blocks that were entered before: ways that nobody looked at are taken then, where the values do not lead. */
  readonly seen: ReadonlySet<Block> | undefined;
  /** The other ways that were taken, and on what the conditions looked there. */
  readonly turned: Map<Branch, Block>;
  readonly wondered: Asked;
  /** The ways that the values choose and by which those were reached. */
  readonly led: Map<Branch, Block>;
  /** What is looked at is noted here. */
  asked: Asked | undefined;
  /** `turned` says which ways are to be taken. */
  readonly isTold: boolean;
  /** These are unknown. */
  doubted: Asked | undefined;
  /** What conditions around looked at. */
  readonly conditions: Asked[];
  /** Templates that are being evaluated, the innermost last. */
  readonly running: string[];
  /** Stops where the only object of a template begins its spec: nothing below has a part in its name. */
  readonly headOnly: boolean;
  /** Loops around in the template that is rendered. */
  loops: number;
  /** How many conditions around nobody knows. */
  unsure: number;
  /** How many branches around the values switch off. */
  off: number;
  steps: number;
  written: number;
}

export function step(machine: Machine, count = 1): void {
  machine.steps += count;
  if (machine.steps > mostSteps) throw new LimitMet("steps");
}

/** Throws a LimitMet before a function makes a text of so many characters. */
export function chargeFor({ written }: Machine, length: number): void {
  if (written + length > mostText) throw new LimitMet("text");
}

/** Throws a LimitMet when functions made too much text. */
export function charge(machine: Machine, pieces: readonly Piece[]): void {
  for (const { text } of pieces) machine.written += text.length + 1;
  if (machine.written > mostText) throw new LimitMet("text");
}

/** Calls `run` as the template of a name. What calls itself where nobody knows when to stop is unknown. */
export function entering<Result>(machine: Machine, name: string, run: () => Result): Result | undefined {
  const { running } = machine;
  if (machine.unsure > 0 && running.includes(name)) return undefined;
  if (running.length >= deepest) throw new LimitMet("depth");
  running.push(name);
  try {
    return run();
  } finally {
    running.pop();
  }
}

interface Variable {
  value: Value;
  readonly unsure: number;
  /** What was looked at to get it, where that is noted. */
  readonly asked: Asked;
}

/** Variables of a block. */
export interface Scope {
  readonly values: Map<string, Variable>;
  readonly above: Scope | undefined;
}

export interface Frame {
  readonly dot: Value;
  readonly scope: Scope;
}

export function inner({ dot, scope }: Frame, changed: Value = dot): Frame {
  return { dot: changed, scope: { values: new Map(), above: scope } };
}

export function rootFrame(dot: Value): Frame {
  return { dot, scope: { values: new Map([["$", { value: dot, unsure: 0, asked: new Map() }]]), above: undefined } };
}

export function declare(machine: Machine, { scope }: Frame, name: string, value: Value, asked: Asked = new Map()): void {
  scope.values.set(name, { value, unsure: machine.unsure, asked });
}

/** A value given under a condition that nobody knows leaves the variable unknown. */
export function assign(machine: Machine, { scope }: Frame, name: string, value: Value, asked: Asked = new Map()): void {
  for (let at: Scope | undefined = scope; at; at = at.above) {
    const found = at.values.get(name);
    if (!found) continue;
    found.value = machine.unsure > found.unsure ? unknown : value;
    // That it is given at all depends on the conditions around.
    for (const one of [asked, ...machine.conditions]) addAsked(found.asked, one);
    return;
  }
}

export function variable({ asked }: Machine, { scope }: Frame, name: string): Value {
  for (let at: Scope | undefined = scope; at; at = at.above) {
    const found = at.values.get(name);
    if (found && asked) addAsked(asked, found.asked);
    if (found) return found.value;
  }
  return unknown;
}
