import { pipeValue } from "./expression.js";
import { addAsked, type Asked, doubting, listening } from "./doubt.js";
import { assign, charge, declare, entering, type Frame, HeadWritten, inner, type Machine, rootFrame, step } from "./machine.js";
import type { Block, Branch, Expression, Pipe, Shown, TemplateNode } from "./syntax.js";
import { endsInComment, type Piece, plain, type Text, textOf, unknownPiece } from "./text.js";
import { entireResidual, isBlockLike, keysAlone, mentionsWorkload, residual, somethingLike, writesLines } from "./residual.js";
import { int, known, printed, type Truth, truthOf, unknown, type Value } from "./value.js";

/** A `break` or `continue` on its way to its loop. */
type Leaving = "break" | "continue" | undefined;

/** What a template writes for a value. */
export function evaluated(machine: Machine, nodes: readonly TemplateNode[], dot: Value): Text {
  const out: Piece[] = [];
  try {
    run(machine, nodes, rootFrame(dot), out);
  } catch (error) {
    if (!(error instanceof HeadWritten) || machine.running.length > 0) throw error;
  }
  return textOf(out);
}

/** Above this line stands all that an object is called by. */
const specLine = /^spec:/m;

function isEnough({ headOnly, running, unsure, loops }: Machine, text: Text): boolean {
  return headOnly && running.length === 0 && unsure === 0 && loops === 0 && specLine.test(plain(text));
}

/** The text of a named template; undefined where none has the name, or where it calls itself without an end. */
export function included(machine: Machine, name: string, dot: Value): Text | undefined {
  const nodes = machine.templates.get(name);
  return nodes && entering(machine, name, () => evaluated(machine, nodes, dot));
}

function run(machine: Machine, nodes: readonly TemplateNode[], frame: Frame, out: Piece[]): Leaving {
  for (const node of nodes) {
    step(machine);
    const leaving = runNode(machine, node, frame, out);
    if (leaving) return leaving;
  }
  return undefined;
}

function runNode(machine: Machine, node: TemplateNode, frame: Frame, out: Piece[]): Leaving {
  switch (node.kind) {
    case "text":
      charge(machine, node.text.pieces);
      for (const piece of node.text.pieces) out.push(piece);
      if (isEnough(machine, node.text)) throw new HeadWritten();
      return undefined;
    case "comment":
      if (node.own) out.push({ text: "\n", at: 0 });
      for (const piece of node.text.pieces) out.push(piece);
      if (node.own) out.push({ text: "\n", at: 0 });
      return undefined;
    case "action":
      if (node.pipe.names.length > 0) setTo(machine, node.pipe, frame);
      else write(machine, pipeValue(machine, node.pipe, frame), node, out);
      return undefined;
    case "template": {
      const dot = node.pipe ? pipeValue(machine, node.pipe, frame) : unknown;
      write(machine, included(machine, node.name, dot) ?? unknown, node, out);
      return undefined;
    }
    case "leave":
      return node.word;
    case "branch":
      return runBranch(machine, node, frame, out);
  }
}

function setTo(machine: Machine, pipe: Pipe, frame: Frame): void {
  const { value, asked } = listening(machine, () => pipeValue(machine, pipe, frame));
  setNames(machine, pipe, frame, value, asked);
}

function setNames(machine: Machine, { names, declares }: Pipe, frame: Frame, value: Value, asked: Asked): void {
  const [name] = names;
  if (name === undefined) return;
  if (declares) declare(machine, frame, name, value, asked);
  else assign(machine, frame, name, value, asked);
}

/** What an action puts into the text. In the template that is rendered, it is remembered which action that was. */
function write(machine: Machine, value: Value, { span, written, origin }: Shown, out: Piece[]): void {
  const found = piecesOf(value);
  // A value that is not known whole is not known; rules compare how it is written.
  const isOneValue = found.some((piece) => piece.unknown === true) && !writesLines(found) && found[0]?.text.trim() !== "";
  const pieces = isOneValue ? [{ text: written, at: 0, unknown: true }] : found;
  // What nobody knows may begin with a line of its own, which no comment before it hides.
  if (pieces.some((piece) => piece.unknown === true) && endsInComment(out)) out.push({ text: "\n", at: 0 });
  charge(machine, pieces);
  const via = machine.running.length === 0 ? machine.placeOf(span) : undefined;
  // What a helper works out of nothing that is written elsewhere is written by its own action.
  const own = via ? { via } : pieces.some((piece) => piece.origin) ? {} : { origin };
  for (const piece of pieces) out.push({ ...piece, ...own });
}

/** A value that its values file leaves empty is one that whoever installs the chart fills in. */
function piecesOf(value: Value): readonly Piece[] {
  if (value.kind === "nil" && !value.soft) return [];
  const text = printed(value);
  if (!text) return [unknownPiece];
  return text.pieces.map((piece) => (piece.origin?.kind === "value" && isLeftToOthers(piece) ? unknownPiece : piece));
}

/** Empty, or an action that no tpl has evaluated. */
function isLeftToOthers({ text }: Piece): boolean {
  return text === "" || (text.includes("{{") && !text.includes("\n"));
}

function runBranch(machine: Machine, node: Branch, above: Frame, out: Piece[]): Leaving {
  const frame = inner(above);
  const { value, asked } = listening(machine, () => pipeValue(machine, node.pipe, frame));
  machine.conditions.push(asked);
  try {
    if (node.word === "range") return runRange(machine, node, { value, asked }, frame, out);
    setNames(machine, node.pipe, frame, value, asked);
    return runWay(machine, node, { value, asked }, frame, out);
  } finally {
    machine.conditions.pop();
  }
}

/** What a condition came to, and what it looked at. */
interface Condition {
  readonly value: Value;
  readonly asked: Asked;
}

function runWay(machine: Machine, node: Branch, { value, asked }: Condition, frame: Frame, out: Piece[]): Leaving {
  const truth = truthOf(value);
  const body = (to: Piece[], dot = value): Leaving => runBlock(machine, node.body, node.word === "with" ? inner(frame, dot) : frame, to);
  const otherwise = (to: Piece[]): Leaving => runBlock(machine, node.otherwise, inner(frame), to);
  const turned = otherWay(machine, node, truth === "true", asked);
  if (turned) return unsurely(machine, node.word, out, turned === node.body ? (to) => body(to, unknown) : otherwise);
  if (truth === "true") return leading(machine, node, node.body, () => body(out));
  const led = machine.isTold ? machine.led.get(node) : undefined;
  if (truth === "unknown" && led) return unsurely(machine, node.word, out, led === node.body ? body : otherwise);
  if (truth === "unknown") return unsurely(machine, node.word, out, body, otherwise);
  // Nobody sees what is switched off, but somebody may switch it on.
  if (hidesWorkload(node)) return switchedOff(machine, asked, out, (to) => body(to, unknown));
  if (isLeftOpen(truth, node)) return leftOpen(machine, node.word, out, (to) => body(to, unknown));
  return leading(machine, node, node.otherwise, () => otherwise(out));
}

/** Remembers by which way another one was reached, which the values no longer tell when they are in doubt. */
function leading(machine: Machine, node: Branch, way: Block, run: () => Leaving): Leaving {
  const { size } = machine.turned;
  const leaving = run();
  if (!machine.isTold && machine.turned.size > size) machine.led.set(node, way);
  return leaving;
}

function hidesWorkload({ body, otherwise }: Branch): boolean {
  return mentionsWorkload(body) && !mentionsWorkload(otherwise);
}

/** Entries that whoever installs the chart may have by filling in a value. */
function isLeftOpen(truth: Truth, { body, otherwise }: Branch): boolean {
  return truth === "soft" && otherwise.nodes.length === 0 && isBlockLike(body);
}

/** The way that has not been looked at, when all of the one that the values choose has. */
function otherWay(machine: Machine, node: Branch, isTrue: boolean, asked: Asked): Block | undefined {
  if (machine.isTold) return machine.running.length > 0 ? undefined : machine.turned.get(node);
  const turned = unseenWay(machine, node, isTrue);
  if (!turned) return undefined;
  machine.turned.set(node, turned);
  addAsked(machine.wondered, asked);
  return turned;
}

function unseenWay({ running, seen }: Machine, { pipe, body, otherwise }: Branch, isTrue: boolean): Block | undefined {
  // What depends on the cluster is not a matter of values.
  if (running.length > 0 || !seen || asksCluster(pipe)) return undefined;
  const [usual, other] = isTrue ? [body, otherwise] : [otherwise, body];
  return !hasUnseen(usual, seen) && hasUnseen(other, seen) ? other : undefined;
}

function asksCluster({ commands }: Pipe): boolean {
  return commands.some((command) => command.some(namesCluster));
}

function namesCluster(expression: Expression): boolean {
  if (expression.kind === "pipe") return asksCluster(expression.pipe);
  return expression.kind === "field" && (expression.names.includes("Capabilities") || namesCluster(expression.base));
}

/** Whether something is written in it, or in what it holds, that was never evaluated. */
export function hasUnseen(block: Block, seen: ReadonlySet<Block>): boolean {
  if (!seen.has(block)) return block.nodes.length > 0;
  return block.nodes.some((node) => node.kind === "branch" && (hasUnseen(node.body, seen) || hasUnseen(node.otherwise, seen)));
}

function runBlock(machine: Machine, block: Block, frame: Frame, out: Piece[]): Leaving {
  if (machine.running.length === 0) machine.entered.add(block);
  return run(machine, block.nodes, frame, out);
}

type Writer = (out: Piece[]) => Leaving;

function switchedOff(machine: Machine, asked: Asked, out: Piece[], body: Writer): Leaving {
  const from = out.length;
  machine.off++;
  try {
    return doubting(machine, asked, () => body(out));
  } finally {
    machine.off--;
    // Whatever it was left by.
    for (const piece of out.splice(from)) out.push({ ...piece, off: true });
  }
}

/** One way of a condition that nobody knows, as a template would have it: of two that write lines, a document can only have one. */
function unsurely(machine: Machine, word: Branch["word"], out: Piece[], body: Writer, otherwise?: Writer): Leaving {
  machine.unsure++;
  try {
    const [first, second]: [Piece[], Piece[]] = [[], []];
    body(first);
    if (otherwise && !writesLines(first)) otherwise(second);
    const both = writesLines(second) ? residual(word, second, []) : residual(word, first, second);
    for (const piece of both) out.push(piece);
  } finally {
    machine.unsure--;
  }
  return undefined;
}

/** Entries that somebody may ask for by a value: that there may be such keys is what counts; a further round looks at what they hold. */
function leftOpen(machine: Machine, word: Branch["word"], out: Piece[], write: Writer): Leaving {
  const { entered } = machine;
  const pieces: Piece[] = [];
  machine.entered = new Set();
  machine.unsure++;
  try {
    write(pieces);
  } finally {
    machine.unsure--;
    machine.entered = entered;
  }
  const body = textOf(pieces);
  const keys = keysAlone(body);
  for (const piece of keys ? entireResidual(word, keys) : residual(word, somethingLike(body), [])) out.push(piece);
  return undefined;
}

function runRange(machine: Machine, node: Branch, { value, asked }: Condition, frame: Frame, out: Piece[]): Leaving {
  const items = itemsOf(value);
  const once = (to: Piece[]): Leaving => runBlock(machine, node.body, itemFrame(machine, node.pipe, frame, unknown, unknown), to);
  const otherwise = (to: Piece[]): Leaving => runBlock(machine, node.otherwise, inner(frame), to);
  if (items && items.length > 0) return runItems(machine, node, items, frame, out);
  if (hidesWorkload(node)) return items ? switchedOff(machine, asked, out, once) : once(out);
  const isOpen = items === undefined || otherWay(machine, node, false, asked) !== undefined || isLeftOpen(truthOf(value), node);
  return isOpen ? unsurely(machine, "range", out, once, otherwise) : otherwise(out);
}

function runItems(machine: Machine, node: Branch, items: Items, frame: Frame, out: Piece[]): Leaving {
  machine.loops++;
  for (const [key, item] of items) {
    step(machine);
    if (runBlock(machine, node.body, itemFrame(machine, node.pipe, frame, key, item), out) === "break") break;
  }
  machine.loops--;
  return undefined;
}

type Items = readonly (readonly [Value, Value])[];

/** Undefined for what nobody knows; a mapping is walked through in the order of its keys. */
function itemsOf(value: Value): Items | undefined {
  if (value.kind === "list") return value.items.map((item, index) => [int(index), item]);
  if (value.kind === "nil") return [];
  if (value.kind === "dict") {
    if (value.open === true) return undefined;
    const keys = [...value.entries.keys()].sort();
    return keys.map((key) => [textOf([{ text: key, origin: value.keys.get(key), at: 0 }]), value.entries.get(key) ?? unknown]);
  }
  const count = value.kind === "number" ? Number(known(value)) : undefined;
  if (count === undefined || !(count >= 0 && count <= 1000)) return undefined;
  return Array.from({ length: count }, (_, index) => [int(index), int(index)]);
}

function itemFrame(machine: Machine, { names }: Pipe, frame: Frame, key: Value, item: Value): Frame {
  const own = inner(frame, item);
  const [first, second] = names;
  if (second !== undefined) {
    if (first !== undefined) declare(machine, own, first, key);
    declare(machine, own, second, item);
  } else if (first !== undefined) declare(machine, own, first, item);
  return own;
}
