import type { Problem } from "./document.js";
import { type FlowFault, type FlowScan, scanFlow } from "./flow-scan.js";
import type { Entry, Node, ScalarNode } from "./node.js";
import { plainValue } from "./scalar.js";
import { asKey, placeOf, type Written } from "./written.js";

/** A text for the parsers, in which what Kubernetes' parser alone takes for text is text to all of them. */
export interface FlowMarks {
  readonly written: Written;
  readonly fault: FlowFault | undefined;
  /** The tree of that text, as it would be of the original one. */
  readonly restored: (root: Node | undefined) => Node | undefined;
}

/** Characters of the private use area, as long as the text has none of its own. */
const standIns: Readonly<Record<string, string>> = { ":": "\uE001", "-": "\uE002" };
const standIn = /[\uE001\uE002]/g;

export function flowMarks(written: Written): FlowMarks {
  const { text } = written;
  const { fault, odd } = scanFlow(text);
  if (odd.length === 0 || text.search(standIn) >= 0) return { written, fault, restored: (root) => root };
  return { written: { ...written, text: replaced(text, odd) }, fault, restored: (root) => root && withSigns(root, new Map()) };
}

function replaced(text: string, odd: FlowScan["odd"]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, meant } of odd) {
    parts.push(text.slice(from, at), meant === "nothing" ? " " : standIns[text.charAt(at)] ?? " ");
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** An anchor's node stands in the tree once for every alias, and does so afterwards. */
function withSigns(node: Node, seen: Map<Node, Node>): Node {
  if (node.kind === "unknown") return node;
  const before = seen.get(node);
  if (before) return before;
  const after = rebuilt(node, seen);
  seen.set(node, after);
  return after;
}

function rebuilt(node: Exclude<Node, { kind: "unknown" }>, seen: Map<Node, Node>): Node {
  if (node.kind === "scalar") return scalarWithSigns(node);
  if (node.kind === "sequence") return { ...node, items: node.items.map((item) => withSigns(item, seen)) };
  return { ...node, entries: node.entries.map((entry): Entry => {
    const key = scalarWithSigns(entry.key);
    return { ...entry, key: key === entry.key ? key : asKey(key) ?? key, value: withSigns(entry.value, seen) };
  }) };
}

function scalarWithSigns(node: ScalarNode): ScalarNode {
  if (node.style !== "plain" || node.text.search(standIn) < 0) return node;
  const text = node.text.replace(standIn, (sign) => (sign === standIns[":"] ? ":" : "-"));
  return { ...node, text, value: plainValue(text) };
}

const messages: Readonly<Record<FlowFault["kind"], string>> = {
  question: "between brackets a `?` announces a key to Kubernetes' parser, even within a text; quote the text",
  colon: "between brackets no value begins with a colon for Kubernetes' parser; quote the text",
  glued: "between brackets a colon without a blank behind it is text to Kubernetes' parser; write a blank behind it",
  tag: "`!` begins a tag, and to Kubernetes' parser the bracket behind it is part of that; quote the text",
};

/** The message of a fault, without its place. */
export function flowMessage({ kind }: FlowFault): string {
  return messages[kind];
}

export function flowProblem(written: Written, fault: FlowFault): Problem {
  const { start, end, kind, whole } = fault;
  const problem: Problem = { rule: "yaml-syntax", place: placeOf(written, start, end), message: messages[kind], cause: "flow" };
  const insert = (at: number, text: string) => ({ at: placeOf(written, at, at), text });
  if (kind === "glued") return { ...problem, fix: { title: "Insert a blank", edits: [insert(end, " ")] } };
  const text = written.text.slice(start, end);
  if (!whole || text.includes("'")) return problem;
  return { ...problem, fix: { title: "Quote the value", edits: [insert(start, "'"), insert(end, "'")] } };
}

/** In a tree; what follows a document is not read. */
export function holdsFault(root: Node | undefined, { base }: Written, { start }: FlowFault): boolean {
  return root !== undefined && root.place.start <= base + start && base + start < root.place.end;
}
