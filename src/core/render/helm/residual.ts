import type { Block, Branch, TemplateNode } from "./syntax.js";
import { entireCondition } from "../../read/template-units.js";
import { type Piece, plain, sliced, type Text, unknownPiece } from "./text.js";

/**
 * What is left of a condition that nobody knows: a template again, which the reader of templates understands. Where a way writes lines,
 * the actions stand on lines of their own; else all of it is a value on one line.
 */
export function residual(word: Branch["word"], body: readonly Piece[], otherwise: readonly Piece[], condition = "x"): readonly Piece[] {
  if (body.length === 0 && otherwise.length === 0) return [];
  const asLines = writesLines(body) || writesLines(otherwise);
  const [before, after] = asLines ? [[lineEnd], [lineEnd]] : [[], []];
  const action = (text: string): Piece[] => [...before, { text: `{{ ${text} }}`, at: 0, unknown: true }, ...after];
  const other = otherwise.length === 0 ? [] : [...action("else"), ...otherwise];
  return [...action(`${word} ${condition}`), ...body, ...other, ...action("end")];
}

/** The keys of a mapping that a text writes entries of, with values that nobody knows; undefined for what is anything else. */
export function keysAlone(body: Text): readonly Piece[] | undefined {
  const lines = linesIn(body);
  const column = columnOf(lines);
  const found: Piece[] = [];
  let isEmpty = false;
  for (const { index, blanks, content } of lines) {
    if (blanks > column) continue;
    const key = /^(?:[\w./-]+|"[\w./-]+"):(?=\s|$|\{\{)/.exec(content)?.[0];
    // A list may stand at the column of its key.
    if (key === undefined && isEmpty && /^(?:-\s|\{\{)/.test(content)) continue;
    if (key === undefined) return undefined;
    isEmpty = content.trimEnd() === key;
    found.push(lineEnd, ...sliced(body, index, index + blanks + key.length).pieces, { text: " ", at: 0 }, unknownPiece);
  }
  return found.length === 0 ? undefined : found;
}

/** What stands for entries or items that nobody knows, at the column of those that a text writes. */
export function somethingLike(body: Text): readonly Piece[] {
  const column = columnOf(linesIn(body));
  return [lineEnd, { text: " ".repeat(Number.isFinite(column) ? column : 0), at: 0 }, unknownPiece];
}

interface WrittenLine {
  readonly index: number;
  readonly blanks: number;
  readonly content: string;
}

const control = /^\{\{ (?:(?:if|with|range) x(?:\.entire)?|else|end) \}\}$/;

/** Without comments, and without conditions in it, which stand on lines of their own. */
function linesIn(body: Text): readonly WrittenLine[] {
  const found = [...plain(body).matchAll(/^([ \t]*)(\S.*)$/gm)];
  const lines = found.map(({ index, 1: blanks = "", 2: content = "" }) => ({ index, blanks: blanks.length, content }));
  return lines.filter(({ content }) => !content.startsWith("#") && !control.test(content));
}

function columnOf(lines: readonly WrittenLine[]): number {
  return lines.reduce((least, { blanks }) => Math.min(least, blanks), Infinity);
}

/** A mapping around it has no other keys than are written. */
export function entireResidual(word: Branch["word"], keys: readonly Piece[]): readonly Piece[] {
  return residual(word, keys, [], entireCondition);
}

export function writesLines(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text }) => text.includes("\n"));
}

const lineEnd: Piece = { text: "\n", at: 0 };

const workload = /^[ \t]*kind:[ \t]*["']?(?:Cron)?Job["']?[ \t\r]*(?:#.*)?$/m;
const mentioning = new WeakMap<Block, boolean>();

/** Whether a Job or CronJob is written in it. */
export function mentionsWorkload(block: Block): boolean {
  const found = mentioning.get(block) ?? block.nodes.some(nodeMentions);
  mentioning.set(block, found);
  return found;
}

function nodeMentions(node: TemplateNode): boolean {
  if (node.kind === "text") return workload.test(plain(node.text));
  return node.kind === "branch" && (mentionsWorkload(node.body) || mentionsWorkload(node.otherwise));
}

/** Whether it writes entries or items, not part of a value. */
export function isBlockLike(block: Block): boolean {
  return block.nodes.some((node) => {
    if (node.kind === "text") return /(?:^|\n)[ \t]*(?:- |-$|["']?[\w./-]+["']?:(?:\s|$))/.test(plain(node.text));
    return node.kind === "branch" && (isBlockLike(node.body) || isBlockLike(node.otherwise));
  });
}
