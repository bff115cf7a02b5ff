import type { Problem } from "../../read/document.js";
import type { MappingNode, Node, ScalarNode } from "../../read/node.js";
import { plainValue } from "../../read/scalar.js";
import { splitStream } from "../../read/split.js";
import { parseFragment } from "../../read/yaml-document.js";
import type { Place, Source } from "../../text/place.js";
import type { Origin, Text } from "./text.js";
import { absent, type Dict, dict, goFloat, list, unknown, type Value, valueOrigin } from "./value.js";

/** A values file, or Chart.yaml: a mapping whose scalars know where they stand. Undefined for what is none. */
export function readValues(source: Source): Dict | undefined {
  const node = rootOf(source);
  if (node === undefined) return dict([], true);
  return mappingIn(fromNode(node, located));
}

/** Values that stand inside another manifest. */
export function nodeValues(node: Node, { exact, isHole }: Pick<Reading, "exact" | "isHole">): Dict | undefined {
  return mappingIn(fromNode(node, { located: true, exact, isHole }));
}

function mappingIn(value: Value): Dict | undefined {
  return value.kind === "dict" ? value : value.kind === "nil" ? dict([], true) : undefined;
}

interface Reading {
  /** Values remember where they stand. */
  readonly located: boolean;
  /** Each character stands in the source as it is. */
  readonly exact: boolean;
  /** A text that something else is put in for. */
  readonly isHole?: ((text: string) => boolean) | undefined;
}

const located: Reading = { located: true, exact: true };
const made: Reading = { located: false, exact: false };

/** What `fromYaml` makes of a text that templates put together. */
export function fromYaml(text: string): Value {
  const node = rootOf({ name: "", text });
  return node ? fromNode(node, made) : unknown;
}

/** The first document; Helm refuses a second one, or leaves it out. */
function rootOf(source: Source): Node | undefined {
  const { root, problem, place } = parsedRoot(source);
  return problem ? { kind: "unknown", place, reason: "placeholder" } : root;
}

/** Why Helm refuses a values file; undefined where it does not. */
export function valuesProblem(source: Source): Problem | undefined {
  const { root, problem } = parsedRoot(source);
  const isNothing = root === undefined || root.kind === "unknown" || (root.kind === "scalar" && root.value === null);
  if (problem || isNothing || root.kind === "mapping") return problem;
  const { start } = root.place;
  const place = { source, start, end: start + source.text.slice(start).search(/\r?\n|$/) };
  const what = root.kind === "sequence" ? "a list" : "a text";
  return { rule: "unreadable-input", place, message: `values are a mapping of names to values, and this is ${what}; Helm refuses the file` };
}

interface ParsedRoot {
  readonly root: Node | undefined;
  /** What keeps the file from being read: keys that stand twice do not. */
  readonly problem: Problem | undefined;
  readonly place: Place;
}

const parsedRoots = new WeakMap<Source, ParsedRoot>();

function parsedRoot(source: Source): ParsedRoot {
  const known = parsedRoots.get(source) ?? parsed(source);
  parsedRoots.set(source, known);
  return known;
}

function parsed(source: Source): ParsedRoot {
  const documents = splitStream(source.text);
  const first = documents.find(({ start, end }) => /^[^#\s]/m.test(source.text.slice(start, end))) ?? documents[0];
  const { start, end } = first ?? { start: 0, end: 0 };
  const { root, problems } = parseFragment({ source, start, end, text: source.text.slice(start, end), holes: [] });
  return { root, problem: problems.find(({ rule }) => rule !== "duplicate-yaml-key"), place: { source, start, end } };
}

function fromNode(node: Node, reading: Reading): Value {
  switch (node.kind) {
    case "unknown":
      // Templates evaluate it with tpl; written as it is, it is an action that nobody fills in.
      return node.written && !reading.isHole?.(node.written.text) ? fromScalar(node.written, reading) : unknown;
    case "scalar":
      return reading.isHole?.(node.text) === true ? unknown : fromScalar(node, reading);
    case "sequence":
      return node.open ? unknown : list(node.items.map((item) => fromNode(item, reading)), reading.located);
    case "mapping":
      return fromMapping(node, reading);
  }
}

function fromMapping({ entries, open }: MappingNode, reading: Reading): Dict {
  const values = new Map<string, Value>();
  const keys = new Map<string, Origin>();
  for (const { key, value, merged } of entries) {
    const name = keyName(key);
    if (merged === true && values.has(name)) continue;
    values.set(name, fromNode(value, reading));
    if (reading.located) keys.set(name, valueOrigin(key.place, reading.exact && name === key.text ? key.slice : undefined));
  }
  const found = dict(values, reading.located, keys);
  return open ? { ...found, open: true } : found;
}

/** A key that is no text becomes one: `on` is "true". */
function keyName({ style, text }: ScalarNode): string {
  const value = style === "plain" ? plainValue(text) : text;
  return value === null ? text : String(value);
}

function fromScalar({ value, text, place, slice }: ScalarNode, { located, exact }: Reading): Value {
  if (value === null) return absent;
  const origin = (shown: string): Origin | undefined =>
    located ? valueOrigin(place, exact && shown === text ? slice : undefined) : undefined;
  if (typeof value === "boolean") return { kind: "bool", value, origin: origin(String(value)) };
  if (typeof value === "string") return located ? locatedText(value, origin(value)) : { kind: "text", pieces: [{ text: value, at: 0 }] };
  const number = Number(value);
  return { kind: "number", value: number, float: true, origin: origin(goFloat(number)) };
}

function locatedText(text: string, origin: Origin | undefined): Text {
  return { kind: "text", pieces: [{ text, origin, at: 0 }] };
}
