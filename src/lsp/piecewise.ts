import type { Diagnostic, FileResult, Source, StoredFact, Suppressed } from "../engine.js";

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
 * Lints a stream document by document, and those only that have changed since the last time or have moved to another line, of which
 * messages may speak. What speaks about the whole file, or can be read only as a whole, is linted as a whole.
 */
export function createPiecewise(): (source: Source, lint: Lint) => FileResult {
  let known = new Map<string, Piece>();
  return (source, lint) => {
    const starts = pieceStarts(source);
    if (starts.length < 2 || starts.length > mostPieces) return lint(source);
    const next = new Map<string, Piece>();
    let line = 0;
    let free = 0;
    const parts = starts.map((start, index) => {
      const text = source.text.slice(start, starts[index + 1]);
      const key = `${String(line)} ${text}`;
      const last = known.get(key);
      const piece = last && last.from >= free ? last : lintPiece(source, { start, text, from: start + index * slack }, lint);
      next.set(key, piece);
      line += text.split("\n").length - 1;
      free = piece.from + text.length;
      return moved(piece.result, start - piece.from);
    });
    known = next;
    // Whom a comment means that stands with no object, only the whole can tell.
    const isAboutMore = [...next].some(([key, { result }]) => result.objects === 0 && key.includes("kronlint-"));
    return (isAboutMore ? undefined : together(parts)) ?? lint(source);
  };
}

/** A file of another kind can be prose, a template may open in one document and close in the next. */
const whole = /kronlint-ignore-file|\{\{|#@|^%|\uFEFF|\r(?!\n)/m;

function pieceStarts({ name, text }: Source): readonly number[] {
  if (!/\.ya?ml$/i.test(name) || whole.test(text)) return [];
  const markers = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(({ index }) => index);
  return markers[0] === 0 ? markers : [0, ...markers];
}

/** Blanks in place of what stands before it give it the lines that it has in the file. */
function lintPiece(source: Source, piece: { readonly start: number; readonly text: string; readonly from: number }, lint: Lint): Piece {
  const { start, text, from } = piece;
  const before = source.text.slice(0, start).replace(/[^\r\n]/g, " ");
  return { result: lint({ name: source.name, text: " ".repeat(from - start) + before + text }), from };
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
