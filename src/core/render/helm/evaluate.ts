import { pipeValue } from "./expression.js";
import { assign, charge, declare, entering, type Frame, inner, type Machine, rootFrame, step } from "./machine.js";
import type { Block, Branch, Pipe, Span, TemplateNode } from "./syntax.js";
import { type Piece, type Text, textOf, unknownPiece } from "./text.js";
import { int, known, printed, type Value } from "./value.js";
import { isBlockLike, mentionsWorkload, residual } from "./residual.js";
import { truthOf, unknown } from "./value.js";

/** A `break` or `continue` on its way to its loop. */
type Leaving = "break" | "continue" | undefined;

/** What a template writes for a value. */
export function evaluated(machine: Machine, nodes: readonly TemplateNode[], dot: Value): Text {
  const out: Piece[] = [];
  run(machine, nodes, rootFrame(dot), out);
  return textOf(out);
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
      return undefined;
    case "comment":
      if (node.own) out.push({ text: "\n", at: 0 });
      for (const piece of node.text.pieces) out.push(piece);
      if (node.own) out.push({ text: "\n", at: 0 });
      return undefined;
    case "action": {
      const value = pipeValue(machine, node.pipe, frame);
      if (node.pipe.names.length > 0) setNames(machine, node.pipe, frame, value);
      else write(machine, value, node.span, out);
      return undefined;
    }
    case "template": {
      const dot = node.pipe ? pipeValue(machine, node.pipe, frame) : unknown;
      write(machine, included(machine, node.name, dot) ?? unknown, node.span, out);
      return undefined;
    }
    case "leave":
      return node.word;
    case "branch":
      return runBranch(machine, node, frame, out);
  }
}

function setNames(machine: Machine, { names, declares }: Pipe, frame: Frame, value: Value): void {
  const [name] = names;
  if (name === undefined) return;
  if (declares) declare(machine, frame, name, value);
  else assign(machine, frame, name, value);
}

/** What an action puts into the text. In the template that is rendered, it is remembered which action that was. */
function write(machine: Machine, value: Value, span: Span, out: Piece[]): void {
  const pieces = piecesOf(value);
  charge(machine, pieces);
  const via = machine.running.length === 0 ? machine.placeOf(span) : undefined;
  for (const piece of pieces) out.push(via ? { ...piece, via } : piece);
}

/** A value that its values file leaves empty is one that whoever installs the chart fills in. */
function piecesOf(value: Value): readonly Piece[] {
  if (value.kind === "nil" && !value.soft) return [];
  const text = printed(value);
  if (!text) return [unknownPiece];
  return text.pieces.map((piece) => (piece.text === "" && piece.origin?.kind === "value" ? unknownPiece : piece));
}

function runBranch(machine: Machine, node: Branch, above: Frame, out: Piece[]): Leaving {
  const frame = inner(above);
  const value = pipeValue(machine, node.pipe, frame);
  if (node.word === "range") return runRange(machine, node, value, frame, out);
  setNames(machine, node.pipe, frame, value);
  const truth = truthOf(value);
  const dotted = (dot: Value): Frame => (node.word === "with" ? inner(frame, dot) : frame);
  if (truth === "true") return runBlock(machine, node.body, dotted(value), out);
  const hidesWorkload = mentionsWorkload(node.body) && !mentionsWorkload(node.otherwise);
  if (truth === "unknown" || (truth === "soft" && isBlockLike(node.body) && !hidesWorkload)) {
    const dot = truth === "soft" ? unknown : value;
    return unsurely(machine, node, out, [(to) => runBlock(machine, node.body, dotted(dot), to), (to) => runBlock(machine, node.otherwise, inner(frame), to)]);
  }
  // Nobody sees what is switched off, but somebody may switch it on.
  if (hidesWorkload) return runBlock(machine, node.body, dotted(unknown), out);
  return runBlock(machine, node.otherwise, frame, out);
}

function runBlock(machine: Machine, block: Block, frame: Frame, out: Piece[]): Leaving {
  if (machine.running.length === 0) machine.entered.add(block);
  return run(machine, block.nodes, frame, out);
}

type Writer = (out: Piece[]) => Leaving;

/** Both ways of a condition that nobody knows, as a template would have them. */
function unsurely(machine: Machine, node: Branch, out: Piece[], [body, otherwise]: readonly [Writer, Writer]): Leaving {
  machine.unsure++;
  try {
    const [first, second]: [Piece[], Piece[]] = [[], []];
    body(first);
    otherwise(second);
    for (const piece of residual(node.word, first, second)) out.push(piece);
  } finally {
    machine.unsure--;
  }
  return undefined;
}

function runRange(machine: Machine, node: Branch, value: Value, frame: Frame, out: Piece[]): Leaving {
  const items = itemsOf(value);
  if (items && items.length > 0) {
    for (const [key, item] of items) {
      step(machine);
      if (runBlock(machine, node.body, itemFrame(machine, node.pipe, frame, key, item), out) === "break") break;
    }
    return undefined;
  }
  const once = (to: Piece[]): Leaving => runBlock(machine, node.body, itemFrame(machine, node.pipe, frame, unknown, unknown), to);
  const hidesWorkload = mentionsWorkload(node.body);
  if (hidesWorkload) {
    once(out);
    return undefined;
  }
  const truth = truthOf(value);
  if (items === undefined || (truth === "soft" && isBlockLike(node.body))) {
    return unsurely(machine, node, out, [once, (to) => runBlock(machine, node.otherwise, inner(frame), to)]);
  }
  return runBlock(machine, node.otherwise, frame, out);
}

/** Undefined for what nobody knows; a mapping is walked through in the order of its keys. */
function itemsOf(value: Value): readonly (readonly [Value, Value])[] | undefined {
  if (value.kind === "list") return value.items.map((item, index) => [int(index), item]);
  if (value.kind === "nil") return [];
  if (value.kind === "dict") {
    const keys = [...value.entries.keys()].sort();
    return keys.map((key) => [textOf([{ text: key, origin: value.keys.get(key), at: 0 }]), value.entries.get(key) ?? unknown]);
  }
  const count = value.kind === "number" ? Number(known(value)) : undefined;
  return count !== undefined && count >= 0 && count <= 1000 ? Array.from({ length: count }, (_, index) => [int(index), int(index)]) : undefined;
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
