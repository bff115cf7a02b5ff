import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from "yaml";
import type { Alias, CST, Document, ParsedNode, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Entry, MappingNode, Node, ScalarNode, ScalarValue, SequenceNode } from "./node.js";
import { expandedMerges, isMergeKey } from "./merge-keys.js";
import type { Merge } from "./merge-keys.js";
import { plainValue, taggedValue } from "./scalar.js";
import { nestingOf } from "./token-nesting.js";
import type { OpenToken } from "./token-nesting.js";
import { asKey, blockScalarEnd, placeOf, scalarOf, trimmedEnd } from "./written.js";
import type { Written } from "./written.js";

/** What keeps a text from being read, in indexes of the text. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly kind: FaultKind;
  /** What the fault is about: the name of an alias, a tag. */
  readonly subject?: string;
}

export type FaultKind =
  | "too-deep" | "too-many-aliases" | "alias" | "recursive-alias" | "tag" | "key" | "not-finite" | "merge" | "tab"
  | "reserved-character" | "escape"
  | "nested-mapping" | "indentation" | "unfinished-key" | "unclosed-quote" | "comma" | "flow-end" | "unexpected";

export interface LibraryTree {
  readonly root: Node | undefined;
  readonly faults: readonly Fault[];
  /** Quotes and brackets that a reader of the text would call open. */
  readonly unclosed: readonly OpenToken[];
}

const mostLevels = 200;
/** As Kubernetes' parser, which stops a document that aliases make larger than some 400,000 values. */
const mostExpanded = 400_000;

/** The tree of any document, and where it cannot be read. Slower than `parseFast`, and equal to it wherever that one answers. */
export function parseWithLibrary(written: Written): LibraryTree {
  const tokens = [...new Parser().parse(written.text)];
  const { levels, deepest, unclosed } = nestingOf(tokens);
  if (levels > mostLevels) return { root: undefined, faults: [{ start: deepest, end: deepest + 1, kind: "too-deep" }], unclosed };
  const document = firstDocument(tokens);
  if (!document) return { root: undefined, faults: [], unclosed };
  const faults = document.errors.filter(isFault).map(faultOf);
  const reading: Reading = { written, anchors: new Map(), faults: [], expanded: 0 };
  const root = document.contents && !isNothing(document) ? convert(reading, document.contents, 0).node : undefined;
  return { root, faults: [...faults, ...reading.faults], unclosed };
}

function firstDocument(tokens: readonly CST.Token[]): Document.Parsed | undefined {
  const composer = new Composer({
    schema: "failsafe", version: "1.1", uniqueKeys: false, keepSourceTokens: false, prettyErrors: false, logLevel: "silent",
  });
  for (const document of composer.compose(tokens)) return document;
  return undefined;
}

function isNothing({ contents }: Document.Parsed): boolean {
  if (!isScalar(contents) || contents.tag !== undefined) return false;
  return contents.type === "PLAIN" && contents.value === "" && contents.range[0] === contents.range[1];
}

interface LibraryError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

// Kubernetes' parser has no objection to these.
const forgiven = /^(?:Comments must be separated|Multi-line |Source contains multiple|Invalid escape sequence \\')/;

function isFault({ code, message }: LibraryError): boolean {
  return !forgiven.test(message) && code !== "MULTIPLE_DOCS";
}

const kinds: Readonly<Record<string, FaultKind>> = {
  TAB_AS_INDENT: "tab",
  BAD_SCALAR_START: "reserved-character",
  BAD_DQ_ESCAPE: "escape",
  BAD_INDENT: "indentation",
  MULTILINE_IMPLICIT_KEY: "unfinished-key",
  BAD_ALIAS: "alias",
  TAG_RESOLVE_FAILED: "tag",
};

function faultOf({ code, message, pos: [start, end] }: LibraryError): Fault {
  return { start, end: Math.max(end, start + 1), kind: kindOf(code, message) };
}

function kindOf(code: string, message: string): FaultKind {
  if (message.startsWith("Nested mappings")) return "nested-mapping";
  if (message.startsWith("Implicit map keys")) return "unfinished-key";
  if (message.includes("closing ")) return "unclosed-quote";
  if (message.startsWith("Missing ,")) return "comma";
  if (/must (?:be sufficiently indented and )?end with/.test(message)) return "flow-end";
  return kinds[code] ?? "unexpected";
}

interface Reading {
  readonly written: Written;
  /** undefined while the anchor's own value is still being read. */
  readonly anchors: Map<string, Sized | undefined>;
  readonly faults: Fault[];
  /** How many nodes aliases and merge keys have added to those that are written. */
  expanded: number;
}

/** A node, where its text ends (an alias' node stands elsewhere), and how large and deep it is with all aliases filled in. */
interface Sized {
  readonly node: Node;
  readonly end: number;
  readonly size: number;
  readonly levels: number;
}

function convert(reading: Reading, node: ParsedNode, level: number): Sized {
  if (isAlias(node)) return aliased(reading, node, level);
  const { anchor } = node;
  if (anchor !== undefined) reading.anchors.set(anchor, undefined);
  const sized = converted(reading, node, level);
  if (anchor !== undefined) reading.anchors.set(anchor, sized);
  return sized;
}

function converted(reading: Reading, node: Exclude<ParsedNode, Alias.Parsed>, level: number): Sized {
  if (isMap(node)) return mapping(reading, node, level);
  if (isSeq(node)) return sequence(reading, node, level);
  const scalar = scalarNode(reading, node);
  return { node: scalar, end: scalar.place.end - reading.written.base, size: 1, levels: 1 };
}

function aliased(reading: Reading, { source, range: [start, end] }: Alias.Parsed, level: number): Sized {
  const target = reading.anchors.get(source);
  const fault = (kind: FaultKind): Sized => {
    reading.faults.push({ start, end, kind, subject: source });
    return { node: { kind: "unknown", place: placeOf(reading.written, start, end), reason: "alias" }, end, size: 1, levels: 1 };
  };
  if (!target) return fault(reading.anchors.has(source) ? "recursive-alias" : "alias");
  if (reading.expanded + target.size > mostExpanded) return fault("too-many-aliases");
  if (level + target.levels > mostLevels) return fault("too-deep");
  reading.expanded += target.size;
  return { ...target, end };
}

function scalarNode({ written, faults }: Reading, node: Scalar.Parsed): ScalarNode {
  const { text } = written;
  const [start, limit] = node.range;
  const decoded = String(node.value);
  const style = styles[node.type ?? "PLAIN"] ?? "plain";
  const value = valueOf(node, decoded);
  if (value === undefined) faults.push({ start, end: Math.max(limit, start + 1), kind: "tag", subject: node.tag ?? "" });
  if (typeof value === "number" && !Number.isFinite(value)) faults.push({ start, end: limit, kind: "not-finite", subject: decoded });
  const block = style === "literal" || style === "folded";
  const end = block ? blockScalarEnd(text, start, limit) : style === "plain" ? trimmedEnd(text, start, limit) : limit;
  return scalarOf(written, start, end, style, decoded, value === undefined ? decoded : value);
}

const styles: Readonly<Record<string, ScalarNode["style"]>> = {
  PLAIN: "plain", QUOTE_SINGLE: "single", QUOTE_DOUBLE: "double", BLOCK_LITERAL: "literal", BLOCK_FOLDED: "folded",
};

function valueOf({ tag, type }: Scalar.Parsed, decoded: string): ScalarValue | undefined {
  if (tag !== undefined) return taggedValue(tag, decoded);
  return type === "PLAIN" || type === undefined ? plainValue(decoded) : decoded;
}

function sequence(reading: Reading, node: YAMLSeq.Parsed, level: number): Sized {
  const items: Node[] = [];
  const [start] = node.range;
  let end = start;
  let size = 1;
  let levels = 0;
  for (const item of node.items) {
    const child = convert(reading, item, level + 1);
    items.push(child.node);
    ({ end } = child);
    size += child.size;
    levels = Math.max(levels, child.levels);
  }
  const flow = node.flow === true;
  if (flow) [, end] = node.range;
  const sequence: SequenceNode = { kind: "sequence", place: placeOf(reading.written, start, end), items, open: false, flow };
  return { node: sequence, end, size, levels: levels + 1 };
}

function mapping(reading: Reading, node: YAMLMap.Parsed, level: number): Sized {
  const entries: Entry[] = [];
  const merges: Merge[] = [];
  let [start, end] = node.range;
  let size = 1;
  let levels = 0;
  for (const pair of node.items) {
    const key = convert(reading, pair.key, level + 1);
    dropKeyFault(reading, key);
    const value = pair.value ? valueAfter(reading, key.end, convert(reading, pair.value, level + 1)) : emptyAfter(reading, key.end);
    if (!node.flow && entries.length + merges.length === 0) start = pair.key.range[0];
    ({ end } = value);
    size += value.size + 1;
    levels = Math.max(levels, value.levels);
    const name = asKey(key.node);
    if (!name) reading.faults.push({ start: pair.key.range[0], end: pair.key.range[1], kind: "key" });
    else if (isMergeKey(name)) merges.push({ value: value.node, place: name.place, before: entries.length });
    else entries.push({ key: name, value: value.node });
  }
  if (node.flow === true) [, end] = node.range;
  const { entries: all, refused, added } = expandedMerges(entries, merges, mostExpanded - reading.expanded);
  reading.expanded += added;
  const { base } = reading.written;
  for (const { start: from, end: to } of refused) reading.faults.push({ start: from - base, end: to - base, kind: "merge" });
  const place = placeOf(reading.written, start, end);
  const mapping: MappingNode = { kind: "mapping", place, entries: all, open: false, flow: node.flow === true };
  return { node: mapping, end, size: size + added, levels: levels + 1 };
}

/** `.inf` is a fine key: a text. */
function dropKeyFault({ faults }: Reading, { node }: Sized): void {
  if (node.kind === "scalar" && typeof node.value === "number" && faults.at(-1)?.kind === "not-finite") faults.pop();
}

/** A value that is not there stands behind the colon, wherever the library puts it. */
function valueAfter(reading: Reading, keyEnd: number, value: Sized): Sized {
  const { node } = value;
  const empty = node.kind === "scalar" && node.style === "plain" && node.value === null && node.text === "";
  return empty && node.place.start >= keyEnd + reading.written.base ? emptyAfter(reading, keyEnd) : value;
}

function emptyAfter({ written }: Reading, keyEnd: number): Sized {
  let end = keyEnd;
  while (/\s/.test(written.text.charAt(end))) end++;
  end = written.text.charAt(end) === ":" ? end + 1 : keyEnd;
  return { node: scalarOf(written, end, end, "plain", "", null), end, size: 1, levels: 1 };
}
