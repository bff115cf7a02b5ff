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
  const text = plain(body);
  const lines = [...text.matchAll(/^([ \t]*)(\S.*)$/gm)].filter(([, , content = ""]) => !content.startsWith("#"));
  const column = Math.min(...lines.map(([, blanks = ""]) => blanks.length));
  const found: Piece[] = [];
  for (const { index, 1: blanks = "", 2: content = "" } of lines) {
    if (blanks.length > column) continue;
    const key = /^(?:[\w./-]+|"[\w./-]+"):(?=\s|$)/.exec(content)?.[0];
    if (key === undefined || content.startsWith("- ")) return undefined;
    found.push(lineEnd, ...sliced(body, index, index + blanks.length + key.length).pieces, { text: " ", at: 0 }, unknownPiece);
  }
  return found.length === 0 ? undefined : found;
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
