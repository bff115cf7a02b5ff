import type { ScalarNode } from "./node.js";

/** For every UTF-16 unit of a decoded scalar where it begins and ends in the text it was written in. */
export interface Offsets {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

interface Walk extends Offsets {
  readonly text: string;
  readonly decoded: string;
  /** Units so far; more of them than were decoded are counted, not kept. */
  count: number;
}

/**
 * Follows a scalar through folding, escapes and indentation. `start` and `end` are its place in `text`. Undefined if the
 * decoded text does not fit, so that a caller can fall back to the whole scalar.
 */
export function decodedOffsets(
  text: string, start: number, end: number, style: ScalarNode["style"], decoded: string,
): Offsets | undefined {
  const { length } = decoded;
  const walk: Walk = { text, decoded, starts: new Int32Array(length), ends: new Int32Array(length), count: 0 };
  if (style === "literal" || style === "folded") walkBlock(walk, start, style === "folded");
  else if (style === "plain") walkFlow(walk, start, end, 0);
  else walkFlow(walk, start + 1, end - 1, style === "double" ? backslash : apostrophe);
  return walk.count === length ? walk : undefined;
}

const backslash = 0x5c;
const apostrophe = 0x27;
const escapeLengths = new Map([["x", 4], ["u", 6], ["U", 10]]);
const separation = /[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)+/y;

function put(walk: Walk, start: number, end: number): void {
  walk.starts[walk.count] = start;
  walk.ends[walk.count] = end;
  walk.count++;
}

function walkFlow(walk: Walk, start: number, end: number, escape: number): void {
  const { text } = walk;
  let index = start;
  while (index < end) {
    const code = text.charCodeAt(index);
    if (isBlank(code) || isBreak(code)) index = walkSeparation(walk, index, false);
    else if (code === escape) index = walkEscape(walk, index);
    else put(walk, index, ++index);
  }
}

/** Blanks and line breaks: one break folds to a blank, more of them to one less; blanks alone stay. */
function walkSeparation(walk: Walk, start: number, escaped: boolean): number {
  separation.lastIndex = start;
  const run = separation.exec(walk.text)?.[0];
  if (run === undefined) {
    put(walk, start, start + 1);
    return start + 1;
  }
  const breaks = breaksIn(walk.text, start, start + run.length);
  const [first] = breaks;
  if (breaks.length === 1 && first && !escaped) put(walk, first.start, first.end);
  for (const { start: from, end: to } of breaks.slice(1)) {
    if (!escaped || walk.decoded.charCodeAt(walk.count) === 10) put(walk, from, to);
  }
  return start + run.length;
}

function walkEscape(walk: Walk, start: number): number {
  const { text } = walk;
  const code = text.charCodeAt(start + 1);
  if (text.charCodeAt(start) === backslash && isBreak(code)) return walkSeparation(walk, start + 1, true);
  const length = text.charCodeAt(start) === backslash ? escapeLengths.get(text.charAt(start + 1)) ?? 2 : 2;
  put(walk, start, start + length);
  const astral = length === 10 && (walk.decoded.codePointAt(walk.count - 1) ?? 0) > 0xffff;
  if (astral) put(walk, start, start + length);
  return start + length;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function breaksIn(text: string, start: number, end: number): readonly Stretch[] {
  const breaks: Stretch[] = [];
  for (let index = start; index < end; index++) {
    const width = breakWidth(text, index);
    if (width > 0) breaks.push({ start: index, end: index + width });
    if (width === 2) index++;
  }
  return breaks;
}

function breakWidth(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code === 13) return text.charCodeAt(index + 1) === 10 ? 2 : 1;
  return code === 10 ? 1 : 0;
}

/** Lines of a block scalar, from the one after its header on; each with the break that ends it (empty at the end of the text). */
function walkBlock(walk: Walk, header: number, folded: boolean): void {
  const { text, decoded } = walk;
  let index = lineEnd(text, header);
  let gaps: Stretch[] = [];
  index += breakWidth(text, index);
  const indent = blockIndent(text, index, decoded);
  while (walk.count < decoded.length && index <= text.length) {
    const end = lineEnd(text, index);
    const content = contentStart(text, index, end, indent);
    if (content < end) {
      walkGaps(walk, gaps, folded);
      gaps = [];
      for (let at = content; at < end && walk.count < decoded.length; at++) put(walk, at, at + 1);
    }
    gaps.push({ start: end, end: end + breakWidth(text, end) });
    if (end >= text.length) break;
    index = end + breakWidth(text, end);
  }
  for (const gap of gaps) if (walk.count < decoded.length) put(walk, gap.start, gap.end);
}

/** The line breaks before a line: kept one by one, or folded, which drops the first or makes it a blank. */
function walkGaps(walk: Walk, gaps: readonly Stretch[], folded: boolean): void {
  const { decoded, count } = walk;
  let kept = 0;
  while (kept < gaps.length && decoded.charCodeAt(count + kept) === 10) kept++;
  const [first] = gaps;
  if (kept === 0 && folded && first) put(walk, first.start, first.end);
  for (const gap of gaps.slice(gaps.length - kept)) put(walk, gap.start, gap.end);
}

/** Blank lines at the top stand in the decoded text one by one, so the first line with content tells the indentation. */
function blockIndent(text: string, start: number, decoded: string): number {
  let index = start;
  let line = 0;
  while (decoded.charCodeAt(line) === 10 && index < text.length) {
    const end = lineEnd(text, index);
    index = end + breakWidth(text, end);
    line++;
  }
  return blanksAt(text, index) - blanksAt(decoded, line);
}

function blanksAt(text: string, start: number): number {
  let index = start;
  while (text.charCodeAt(index) === 0x20) index++;
  return index - start;
}

function contentStart(text: string, start: number, end: number, indent: number): number {
  return Math.min(start + Math.min(blanksAt(text, start), indent), end);
}

function lineEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && !isBreak(text.charCodeAt(index))) index++;
  return index;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 9;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
