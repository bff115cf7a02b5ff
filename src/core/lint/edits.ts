/** Edits that leave every other byte alone. What cannot be done without doubt gives no edit. */
import type { Level, Present } from "../model/field.js";
import { type Entry, entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import type { Place, Source } from "../text/place.js";
import { textAt } from "../text/place.js";
import { insertionInBlock } from "./block-edits.js";
import { behindLineEnd, entryText, isLineEnd, lineEnd, lineEnding, type Neighbour, ownEntries, skipBlank } from "./entry-text.js";
import { insertionInFlow } from "./flow-edits.js";
import { removal } from "./removal.js";
import { reindented } from "./reindent.js";
import { type PlainValue, scalarText } from "./scalar-text.js";
import { type NewValue, valueText } from "./value-text.js";

/** Writes another value, in the same quotes where they can hold it. An edit without effect when the value is shared by an anchor. */
export function replaceValue({ key, node }: Present<unknown>, value: PlainValue): Edit {
  const { source } = key;
  const extent = key.start === node.place.start ? { valueStart: key.start, end: node.place.end } : entryText(key, node);
  if (!extent) return { at: { source, start: key.end, end: key.end }, text: "" };
  const { valueStart: start, end } = extent;
  const json = isQuoted(key);
  const flow = /[,}\]]/.test(source.text[skipBlank(source.text, end)] ?? "");
  const style = node.kind === "scalar" ? node.style : "plain";
  return { at: { source, start, end }, text: scalarText(value, { style, flow, json }) };
}

/** Writes a new field, last in its object or beside a neighbour. */
export function insertField(parent: Level, key: string, value: NewValue, options: Neighbour = {}): readonly Edit[] {
  const mapping = openTo(parent);
  if (!mapping) return [];
  const json = isJson(parent, mapping);
  const existing = entryOf(mapping, key);
  if (existing) return filledIn(existing, valueText(value, { flow: mapping.flow, json }));
  const text = `${keyText(key, json)}${colonOf(mapping)}${valueText(value, { flow: mapping.flow, json })}`;
  return mapping.flow ? insertionInFlow(mapping, text, options) : insertionInBlock(mapping, text, options);
}

/** Takes a field away with its line and the comment on it. */
export function removeField({ key, node }: Present<unknown>): readonly Edit[] {
  const edit = removal(key, node);
  return edit ? [edit] : [];
}

/** Gives a field another name, in the same quotes. */
export function renameKey({ key }: Present<unknown>, name: string): Edit {
  const quote = textAt(key)[0];
  if (quote === '"') return { at: key, text: JSON.stringify(name) };
  return { at: key, text: quote === "'" ? scalarText(name, { style: "single" }) : scalarText(name, { flow: true }) };
}

/** Moves a field with its value, last in another object of the same file. */
export function moveEntry(field: Present<unknown>, to: Level, options: Neighbour = {}): readonly Edit[] {
  const { key, node } = field;
  const mapping = openTo(to);
  const name = nameOf(key);
  const taken = removal(key, node);
  if (!mapping || !taken || mapping.place.source !== key.source || entryOf(mapping, name)) return [];
  const text = movedText(key, node, mapping, isJson(to, mapping), name);
  if (text === undefined) return [];
  const [put] = mapping.flow ? insertionInFlow(mapping, text, options) : insertionInBlock(mapping, text, options);
  return put ? together(taken, put, key.source) : [];
}

/** A move within one line's reach: what is put stands inside what is taken. */
function together(taken: Edit, put: Edit, source: Source): readonly Edit[] {
  const { start, end } = taken.at;
  if (put.at.start < start || put.at.start > end) return [taken, put];
  if (put.at.end !== put.at.start || taken.text !== "") return [];
  if (isLineEnd(source.text[start])) return [{ at: taken.at, text: put.text }];
  // The new line begins with its line end, the one taken away ended with it.
  const ending = isLineEnd(source.text[end - 1]) ? lineEnding(source.text) : "";
  const line = put.text.slice(behindLineEnd(put.text, 0));
  return [{ at: taken.at, text: `${line}${ending}` }];
}

function movedText(key: Place, node: Node, mapping: MappingNode, json: boolean, name: string): string | undefined {
  const extent = entryText(key, node);
  if (!extent) return undefined;
  const { source } = key;
  const written = source.text.slice(extent.keyStart, extent.end);
  const comment = mapping.flow ? "" : (/^[ \t]+#.*$/.exec(source.text.slice(extent.end, lineEnd(source.text, extent.end)))?.[0] ?? "");
  if (node.kind === "scalar" && node.style !== "literal" && node.style !== "folded" && (mapping.flow || !/[\r\n]/.test(written))) {
    return `${keyText(name, json)}${colonOf(mapping)}${scalarAgain(node, mapping.flow, json)}${comment}`;
  }
  if (json && !isQuoted(key)) return undefined;
  if (!/[\r\n]/.test(written)) return `${written}${comment}`;
  const shifted = mapping.flow ? undefined : reindented(source.text, extent, mapping);
  return shifted === undefined ? undefined : `${shifted}${comment}`;
}

function scalarAgain(node: Node & { readonly kind: "scalar" }, flow: boolean, json: boolean): string {
  if (typeof node.value === "string") return scalarText(node.value, { style: node.style, flow, json });
  return textAt(node.place);
}

/** The mapping of a level, if a new entry in it means exactly this level. */
function openTo({ state, place, mapping }: Level): MappingNode | undefined {
  if (state !== "present" || !mapping || mapping.open || mapping.place.source !== place.source) return undefined;
  const { start, end } = mapping.place;
  if (place.start >= start && place.end <= end) return mapping;
  const first = mapping.flow ? start : (ownEntries(mapping)[0]?.key.place.start ?? start);
  const { text } = place.source;
  const colon = skipBlank(text, place.end);
  return text[colon] === ":" && skipBlank(text, colon + 1) === first ? mapping : undefined;
}

/** `key:` and `key: null` count as absent; a second key of that name would be refused. */
function filledIn({ key, value }: Entry, text: string): readonly Edit[] {
  if (value.kind !== "scalar" || value.value !== null) return [];
  const extent = entryText(key.place, value);
  if (!extent) return [];
  const { source } = key.place;
  const blank = extent.valueStart === extent.end ? " " : "";
  return [{ at: { source, start: extent.valueStart, end: extent.end }, text: `${blank}${text}` }];
}

function isQuoted(place: Place): boolean {
  return place.source.text[place.start] === '"';
}

function isJson(parent: Level, mapping: MappingNode): boolean {
  const first = ownEntries(mapping)[0];
  return mapping.flow && isQuoted(first ? first.key.place : parent.place);
}

function nameOf(key: Place): string {
  const text = textAt(key);
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}

function keyText(key: string, json: boolean): string {
  return json ? JSON.stringify(key) : scalarText(key, { flow: true });
}

/** `: `, or `:` where minified JSON writes so. */
function colonOf(mapping: MappingNode): string {
  const first = mapping.flow ? ownEntries(mapping)[0] : undefined;
  if (!first) return ": ";
  const { source, end } = first.key.place;
  return source.text[end] === ":" && !/\s/.test(source.text[end + 1] ?? " ") && isQuoted(first.key.place) ? ":" : ": ";
}
