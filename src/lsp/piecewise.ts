import type { Diagnostic, FileResult, Source, StoredFact, Suppressed } from "../engine.js";
import { type Cuts, cutsOf } from "./pieces.js";

type Lint = (source: Source) => FileResult;

/** What was found in one document of a stream, with offsets from its own beginning. */
interface Piece {
  readonly result: FileResult;
  /** Where it stood in the text that was linted. */
  readonly from: number;
}

/** Facts know their object by its offset: those of two documents must differ, also after some letters have been typed. */
const slack = 64;
/** Blank lines stand for what is before a document; of more of them the blanks would cost more than the documents. */
const mostPieces = 200;

/**
 * Lints a stream document by document, a List item by item and Markdown fence by fence, and those only that have changed since the last
 * time or have moved to another line, of which messages may speak. What speaks about the whole file, or can be read only as a whole, is
 * linted as a whole.
 */
export function createPiecewise(): (source: Source, lint: Lint) => FileResult {
  let known = new Map<string, Piece>();
  return (source, lint) => {
    const cuts = cutsOf(source);
    if (!cuts || cuts.starts.length < 2 || cuts.starts.length > mostPieces) return lint(source);
    const { starts, head } = cuts;
    const next = new Map<string, Piece>();
    let line = source.text.slice(0, starts[0]).split("\n").length - 1;
    let free = 0;
    const parts = starts.map((start, index) => {
      const text = source.text.slice(start, starts[index + 1]);
      const key = `${String(line)} ${String(head)} ${text}`;
      const last = known.get(key);
      const piece = last && last.from >= free ? last : lintPiece(source, cuts, { start, text, from: start + index * slack }, lint);
      next.set(key, piece);
      line += text.split("\n").length - 1;
      free = piece.from + text.length;
      return moved(piece.result, start - piece.from);
    });
    known = next;
    // Whom a comment means that stands with no object, only the whole can tell.
    const isAboutMore = [...next].some(([key, { result }]) => result.objects === 0 && key.includes("kronlint-"));
    const isCutAmid = head > 0 && parts.some((part) => !isItem(part, cuts));
    return (isAboutMore || isCutAmid ? undefined : together(parts)) ?? lint(source);
  };
}

interface Cut {
  readonly start: number;
  readonly text: string;
  readonly from: number;
}

/** Blanks in place of what stands before it give it the lines that it has in the file. */
function lintPiece(source: Source, { head }: Cuts, { start, text, from }: Cut, lint: Lint): Piece {
  const before = source.text.slice(head, start).replace(/[^\r\n]/g, " ");
  return { result: lint({ name: source.name, text: source.text.slice(0, head) + " ".repeat(from - start) + before + text }), from };
}

/** What cannot be read, or holds no Job, may have been cut amid a text; what is said of the head, all pieces would say. */
function isItem({ diagnostics, suppressed, objects }: FileResult, { starts }: Cuts): boolean {
  const first = starts[0] ?? 0;
  return objects > 0 && [...diagnostics, ...suppressed].every(({ rule, start }) => rule !== "yaml-syntax" && start >= first);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function moved(result: FileResult, by: number): FileResult {
  if (by === 0) return result;
  const at = <Part extends Stretch>(part: Part): Part => ({ ...part, start: part.start + by, end: part.end + by });
  const found = <Found extends Diagnostic | Suppressed>(one: Found): Found => {
    const fix = one.fix && { fix: { ...one.fix, edits: one.fix.edits.map(at) } };
    return { ...at(one), related: one.related.map(at), ...fix };
  };
  const fact = (one: StoredFact): StoredFact => ({ ...one, at: at(one.at) });
  const { diagnostics, suppressed, facts } = result;
  return { ...result, diagnostics: diagnostics.map(found), suppressed: suppressed.map(found), facts: facts.map(fact) };
}

/** Undefined where two findings bear one name: in a file the second is counted. */
function together(parts: readonly FileResult[]): FileResult | undefined {
  const diagnostics = parts.flatMap((part) => part.diagnostics);
  const suppressed = parts.flatMap((part) => part.suppressed);
  const names = new Set([...diagnostics, ...suppressed].map(({ fingerprint }) => fingerprint));
  if (names.size < diagnostics.length + suppressed.length) return undefined;
  return {
    diagnostics,
    suppressed,
    objects: parts.reduce((sum, { objects }) => sum + objects, 0),
    facts: parts.flatMap(({ facts }) => facts),
    failures: parts.flatMap(({ failures }) => failures),
  };
}
