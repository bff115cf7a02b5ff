import type { Block, Branch, TemplateNode } from "./syntax.js";
import { type Piece, plain } from "./text.js";

/**
 * What is left of a condition that nobody knows: a template again, which the reader of templates understands. Where a way writes lines,
 * the actions stand on lines of their own; else all of it is a value on one line.
 */
export function residual(word: Branch["word"], body: readonly Piece[], otherwise: readonly Piece[]): readonly Piece[] {
  if (body.length === 0 && otherwise.length === 0) return [];
  const asLines = writesLines(body) || writesLines(otherwise);
  const [before, after] = asLines ? [[lineEnd], [lineEnd]] : [[], []];
  const action = (text: string): Piece[] => [...before, { text: `{{ ${text} }}`, at: 0, unknown: true }, ...after];
  const other = otherwise.length === 0 ? [] : [...action("else"), ...otherwise];
  return [...action(`${word} x`), ...body, ...other, ...action("end")];
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
