import type { Place, Source } from "../text/place.js";
import { flowMarks, flowMessage, type FlowMarks, holdsFault } from "./flow-marks.js";
import { closedBy } from "./joined-lines.js";
import type { Node, ScalarNode } from "./node.js";
import { plainValue } from "./scalar.js";
import { syntaxProblem } from "./syntax-cause.js";
import { tabbedLine } from "./tabbed-line.js";
import { placeOf, type Written } from "./written.js";
import { isTooLong, parseForgiving } from "./yaml-document.js";
import { parseFast } from "./yaml-fast.js";

/** What a program makes of a text that it takes as it stands: nothing in it is a template or a placeholder. */
export type Literal = LiteralTree | LiteralFault;

export interface LiteralTree {
  readonly ok: true;
  /** Undefined for a document without content. */
  readonly root: Node | undefined;
}

export interface LiteralFault {
  readonly ok: false;
  readonly at: Place;
  readonly message: string;
}

// https://github.com/yaml/go-yaml/blob/v2.4.2/readerc.go: a byte order mark is text like any other.
// eslint-disable-next-line no-control-regex
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/u;
const otherBreaks = /\r(?!\n)|[\x85\u2028\u2029]/g;
const mark = "\ufeff";

/** The first YAML document of a stretch of text, as Kubernetes' own parser reads it. */
export function readLiteral(source: Source, start: number, end: number): Literal {
  const skipped = source.text.startsWith(mark, start) && start < end ? 1 : 0;
  const text = withoutMarks(source.text.slice(start + skipped, end)).replace(otherBreaks, "\n");
  const written: Written = { source, base: start + skipped, text };
  const found = control.exec(text);
  if (found) return fault(written, found.index, found.index + 1, "a character that may not stand in YAML is here; write it as an escape");
  const flow = flowMarks(written);
  const fast = parseFast(flow.written);
  return fast ? checked(flow, fast.root) : readCarefully(flow);
}

/** Behind a second mark the parser skips the first character of every line. https://github.com/yaml/go-yaml/blob/v2.4.2/yamlprivateh.go */
function withoutMarks(text: string): string {
  return text.startsWith(mark) ? text.replace(/^./gm, " ") : text;
}

function readCarefully(flow: FlowMarks): Literal {
  const { written } = flow;
  const { text } = written;
  if (isTooLong(text)) return fault(written, 0, 1, "this document is too long to be read with care; shorten it");
  const { root, faults, unclosed } = parseForgiving(written);
  const problem = syntaxProblem(written, faults, unclosed);
  if (!problem) return checked(flow, root);
  const bracketed = beforeRest(written);
  return bracketed ? readCarefully({ ...flow, written: bracketed }) : { ok: false, at: problem.place, message: problem.message };
}

const opening = /^[ \t\r\n]*/;
/** What the parser looks at behind a document before it lets it be: a first character, and a quote to its end. */
const unreadableRest = /^[ \t\r\n]*(?:[@`]|$|"(?:[^"\\]|\\[^])*$|'(?:[^']|'')*$)|^[ \r\n]*\t/;

/** What follows a document that brackets, quotes or its indentation end is not read. */
function beforeRest(written: Written): Written | undefined {
  const { text } = written;
  const start = opening.exec(text)?.[0].length ?? 0;
  const end = "{\"'".includes(text.charAt(start)) ? closedBy(text, start) : dedentedAt(text, start);
  if (end === undefined || end >= text.length || unreadableRest.test(text.slice(end))) return undefined;
  return { ...written, text: text.slice(0, end) };
}

/** The first line that is indented by less than the one at `start`. */
function dedentedAt(text: string, start: number): number | undefined {
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  const line = column === 0 ? -1 : text.slice(start).search(new RegExp(`\\n {0,${String(Math.min(column, 99) - 1)}}[^ \\r\\n#]`));
  return line < 0 ? undefined : start + line + 1;
}

function fault(written: Written, start: number, end: number, message: string): LiteralFault {
  return { ok: false, at: placeOf(written, start, Math.min(end, written.text.length)), message };
}

/** The libraries take escapes and keys that Kubernetes' parser does not. */
function checked({ written, fault: flaw, restored }: FlowMarks, tree: Node | undefined): Literal {
  const root = restored(tree);
  const { text } = written;
  if (root === undefined) {
    const directive = text.search(/^%/m);
    if (directive >= 0) return fault(written, directive, directive + 1, "a directive with nothing behind it; remove it");
    return { ok: true, root };
  }
  const bad = firstBad(root, new Set());
  const tab = tabbedLine(root, written);
  if (tab !== undefined) return fault(written, tab, tab + 1, "a tab is indentation to the parser here; write blanks in its place");
  if (flaw && holdsFault(root, written, flaw)) return fault(written, flaw.start, flaw.end, flowMessage(flaw));
  if (!bad) return { ok: true, root };
  return { ok: false, at: bad.place, message: "Kubernetes' parser does not read this value; write it in another way" };
}

function firstBad(node: Node, seen: Set<Node>): ScalarNode | undefined {
  // An anchor's node stands in the tree once for every alias.
  if (seen.has(node) || node.kind === "unknown") return undefined;
  if (node.kind === "scalar") return isBadText(node) ? node : undefined;
  seen.add(node);
  if (node.kind === "sequence") return firstOf(node.items, (item) => firstBad(item, seen));
  const isBad = (key: ScalarNode): boolean => isBadText(key) || isBadKey(key) || isSplit(key) || (node.flow && isGlued(key));
  return firstOf(node.entries, ({ key, value }) => (isBad(key) ? key : firstBad(value, seen)));
}

function firstOf<T>(items: readonly T[], find: (item: T) => ScalarNode | undefined): ScalarNode | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

const escapes = /\\(?:x[0-9a-fA-F]{2}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;
const knownEscapes = "0abt\tnvfre \"'\\N_LP\r\n\x85\u2028\u2029";

/** https://github.com/yaml/go-yaml/blob/v2.4.2/scannerc.go: no `\/`, and no half of a pair. */
function isBadText({ style, place }: ScalarNode): boolean {
  if (style !== "double") return false;
  const written = place.source.text.slice(place.start, place.end);
  if (!written.includes("\\")) return false;
  for (const [, four, eight, other] of written.matchAll(escapes)) {
    const code = Number.parseInt(four ?? eight ?? "0", 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return true;
    if (other !== undefined && !knownEscapes.includes(other)) return true;
  }
  return false;
}

/** A key and its colon stand on one line, within 1024 characters, unless a question mark announces the key. */
function isSplit({ place }: ScalarNode): boolean {
  const { text } = place.source;
  const colon = /[^\s#]|#|$/.exec(text.slice(place.end, place.end + 1025))?.index ?? 0;
  const behind = place.end + colon;
  if (behind - place.start <= 1024 && !/[\r\n\x85\u2028\u2029]/.test(text.slice(place.start, behind))) return false;
  return !/(?:^|[\s{[,])\?\s*$/.test(text.slice(Math.max(0, place.start - 80), place.start));
}

/** `{a:{b: c}}`: without a blank behind it the colon belongs to the key, and a comma is missing. */
function isGlued({ style, place }: ScalarNode): boolean {
  return style === "plain" && /^:[[{]/.test(place.source.text.slice(place.end, place.end + 2));
}

/** A whole number that only fits without a sign is no key. */
function isBadKey({ style, text }: ScalarNode): boolean {
  const value = style === "plain" ? plainValue(text) : undefined;
  return typeof value === "bigint" && value >= 2n ** 63n;
}
