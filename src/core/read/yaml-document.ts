import type { Comment, Problem } from "./document.js";
import { duplicateKeys } from "./duplicate-keys.js";
import { jsonComment } from "./flow-text.js";
import { flowMarks, flowProblem, holdsFault } from "./flow-marks.js";
import { MASK } from "./fragment.js";
import type { Fragment, Hole } from "./fragment.js";
import { joinedLines } from "./joined-lines.js";
import { kronlintComments } from "./kronlint-comments.js";
import type { Node } from "./node.js";
import { withHoles } from "./open-holes.js";
import { mayHoldPlaceholders, withoutPlaceholders } from "./placeholders.js";
import { syntaxProblem } from "./syntax-cause.js";
import { placeOf } from "./written.js";
import type { Written } from "./written.js";
import { parseFast } from "./yaml-fast.js";
import { parseWithLibrary } from "./yaml-library.js";
import type { LibraryTree } from "./yaml-library.js";

export interface ParsedFragment {
  /** Undefined for an empty document, and for one that cannot be trusted. */
  readonly root: Node | undefined;
  /** At most one about syntax; a `root` beside it has everything but the value at fault. */
  readonly problems: readonly Problem[];
  readonly comments: readonly Comment[];
}

/**
 * One YAML or JSON document as Kubernetes reads it: scalars as go-yaml resolves them, aliases and `<<` filled in, duplicate keys
 * kept and reported, holes and placeholders unknown.
 */
export function parseFragment(fragment: Fragment): ParsedFragment {
  const written = writtenIn(fragment);
  const { tree, problems, mayRepeat } = treeOf(written, fragment.holes);
  if (!tree) return { root: undefined, problems, comments: kronlintComments(written, undefined) };
  const root = mayHoldPlaceholders(written.text) ? withoutPlaceholders(withHoles(tree, fragment)) : withHoles(tree, fragment);
  return { root, problems: mayRepeat ? [...problems, ...duplicateKeys(root)] : problems, comments: kronlintComments(written, tree) };
}

interface Tree {
  readonly tree: Node | undefined;
  readonly problems: readonly Problem[];
  /** The fast parser gives up at a key that stands twice. */
  readonly mayRepeat: boolean;
}

// Kubernetes' parser refuses these wherever they stand: https://github.com/yaml/go-yaml/blob/v2.4.2/readerc.go
// eslint-disable-next-line no-control-regex
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]/;
const loneReturn = /\r(?!\n)/g;

/** Without a byte order mark, and with a lone carriage return as the line end it is. */
function writtenIn({ source, start, text }: Fragment): Written {
  const skipped = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const content = text.slice(skipped);
  return { source, base: start + skipped, text: content.includes("\r") ? content.replace(loneReturn, "\n") : content };
}

function treeOf(written: Written, holes: readonly Hole[]): Tree {
  const found = control.exec(written.text);
  const problem = found ? controlProblem(written, found.index) : conflictIn(written) ?? commentIn(written);
  if (problem) return { tree: undefined, problems: [problem], mayRepeat: false };
  const { written: marked, fault, restored } = flowMarks(written);
  const read = readTree(marked, holes);
  const tree = restored(read.tree);
  // A template may write the quotes.
  const isOpen = holes.some(({ reason }) => reason !== "placeholder");
  if (!fault || isOpen || read.problems.length > 0 || !holdsFault(tree, written, fault)) return { ...read, tree };
  return { ...read, tree, problems: [flowProblem(written, fault)] };
}

function readTree(written: Written, holes: readonly Hole[]): Tree {
  const fast = parseFast(written);
  if (fast) return { tree: fast.root, problems: [], mayRepeat: false };
  if (isTooLong(written.text)) return { tree: undefined, problems: [tooLong(written)], mayRepeat: false };
  return carefully(written, holes);
}

/** No object of this size fits into a cluster's store with room to spare. */
const longestCareful = 256 * 1024;
const longestPlain = 2 * 1024 * 1024;
const mostSigns = 100_000;

/** The careful parser takes seconds for a megabyte of brackets, but not for one of prose: it is the signs between texts that cost. */
export function isTooLong(text: string): boolean {
  if (text.length <= longestCareful) return false;
  if (text.length > longestPlain) return true;
  let signs = 0;
  const sign = /[-?:&*!"'[\]{},#\n]/g;
  while (signs <= mostSigns && sign.test(text)) signs++;
  return signs > mostSigns;
}

function tooLong(written: Written): Problem {
  const size = `${String(Math.round(written.text.length / 1024))} KiB`;
  const message = `this document has ${size} and a syntax error, anchors or tags; such documents are read up to 256 KiB, `
    + "or 2 MiB where texts are most of them; mend or split it";
  return { rule: "unreadable-input", place: placeOf(written, 0, Math.min(1, written.text.length)), message };
}

/** What git leaves where it could not merge. */
const conflictMarker = /^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$).*$/m;

function conflictIn(written: Written): Problem | undefined {
  if (!/^(?:<{7} |>{7} |={7}\r?$)/m.test(written.text)) return undefined;
  const { index, 0: line } = conflictMarker.exec(written.text) ?? { index: 0, 0: "" };
  const marker = line.slice(0, 7);
  const message = `\`${marker}\` is a marker of a merge conflict that was not resolved; keep one side and remove the markers`;
  return { rule: "yaml-syntax", place: placeOf(written, index, index + line.trimEnd().length), message, cause: "conflict-marker" };
}

function commentIn(written: Written): Problem | undefined {
  const found = jsonComment(written.text);
  if (!found) return undefined;
  const mark = written.text.slice(found.start, found.start + 2);
  const message = `JSON has no comments, and to YAML \`${mark}\` is text like any other; remove it`;
  return { rule: "yaml-syntax", place: placeOf(written, found.start, found.end), message, cause: "comment" };
}

function controlProblem(written: Written, index: number): Problem {
  const code = written.text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  const message = `the control character U+${code} may not stand in YAML, so the document is refused; `
    + "remove it, or write it as an escape between double quotes";
  return { rule: "yaml-syntax", place: placeOf(written, index, index + 1), message, cause: "control-character" };
}

const readOn = new Set(["alias", "at-sign", "percent", "backtick"]);

function carefully(written: Written, holes: readonly Hole[]): Tree {
  const { root, faults, unclosed } = parseForgiving(written);
  if (faults.length === 0) return { tree: root, problems: [], mayRepeat: true };
  const problem = syntaxProblem(written, faults, unclosed);
  // The rendered text is another one.
  const isOpen = holes.some(({ reason }) => reason !== "placeholder");
  if (isOpen && !(problem && isSure(problem, written, holes))) return { tree: undefined, problems: [], mayRepeat: false };
  if (!problem) return { tree: root, problems: [], mayRepeat: true };
  const tree = faults.every(({ kind }) => harmless.has(kind)) ? root : treeWithout(written, problem);
  return { tree, problems: [problem], mayRepeat: true };
}

/** A value that no YAML may begin with, on a line of rendered text where nothing is left open. */
function isSure({ cause, place }: Problem, { source, text, base }: Written, holes: readonly Hole[]): boolean {
  if (!source.writtenAt || cause === undefined || !readOn.has(cause)) return false;
  const from = base + text.lastIndexOf("\n", place.start - base) + 1;
  const to = base + text.length - text.slice(place.end - base).replace(/^[^\n]*/, "").length;
  return !holes.some(({ start, end }) => start < to && end > from);
}

const mostRounds = 20;
/** Characters to be read again, in all rounds. */
const mostReread = 400_000;

/**
 * The library wants what brackets and quotes enclose to stand further right than their owner; Kubernetes' parser does not care. So where
 * some seem to be open, their lines are read as one.
 */
export function parseForgiving(written: Written): LibraryTree {
  const first = parseWithLibrary(written);
  let tree = first;
  let { text } = written;
  const rounds = Math.min(mostRounds, Math.ceil(mostReread / Math.max(text.length, 1)));
  for (let round = 0; round < rounds && tree.faults.length > 0; round++) {
    const joined = joinedLines(text, tree.unclosed.map(({ start }) => start));
    if (joined === undefined || joined === text) return first;
    text = joined;
    tree = parseWithLibrary({ ...written, text });
  }
  return tree.faults.length > 0 ? first : tree;
}

/** Faults of one value; the tree around it is as written. */
const harmless = new Set(["alias", "tag", "not-finite"]);

/** The tree with the value at fault unknown, where that fault was the only one. */
function treeWithout(written: Written, { cause, place }: Problem): Node | undefined {
  if (cause === undefined || !readOn.has(cause)) return undefined;
  const [start, end] = [place.start - written.base, place.end - written.base];
  const text = written.text.slice(0, start) + MASK.repeat(end - start) + written.text.slice(end);
  const { root, faults } = parseWithLibrary({ ...written, text });
  if (!root || faults.length > 0) return undefined;
  const hole: Hole = { start: place.start, end: place.end, kind: "value", reason: "placeholder" };
  return withHoles(root, { source: written.source, start: written.base, end: written.base + text.length, text, holes: [hole] });
}
