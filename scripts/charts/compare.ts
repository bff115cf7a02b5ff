/** Holds what kronlint makes of a template against what Helm writes: every scalar that kronlint takes for known. */
import { parseAllDocuments } from "yaml";
import type { Document } from "../../src/core/read/document.js";
import type { Node } from "../../src/core/read/node.js";
import { read } from "../../src/core/read/read.js";
import type { Rendered } from "../../src/core/render/helm/rendered.js";

export interface Agreement {
  /** Scalars that both have. */
  agreed: number;
  readonly differences: string[];
}

/** Kinds in the text of Helm; the reader returns objects of kinds it is asked for. */
function kindsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/^kind:[ \t]*["']?(\w+)/gm)].flatMap(([, kind]) => kind ?? []))];
}

export function compareTemplate({ source, segments }: Rendered, written: string, agreement: Agreement): void {
  const open = segments.flatMap(({ start, piece }) => (piece.unknown === true && directive.test(piece.text) ? [start] : []));
  const parsed = parseAllDocuments(written, { version: "1.1", merge: true, logLevel: "silent" });
  const theirs = parsed.map((one) => one.toJS({ maxAliasCount: 1000 }) as unknown);
  const objects = theirs.filter((one) => isObject(one));
  const { documents, problems } = read(source, { kinds: kindsIn(`${written}\n${source.text}`), prose: "never" });
  for (const { message } of problems) agreement.differences.push(`${source.name}: kronlint reads: ${message}`);
  const taken = new Set<unknown>();
  for (const document of documents) {
    const other = objects.find((one) => !taken.has(one) && isSame(document, one));
    // Behind a condition that kronlint leaves open, or that it enters though the values do not.
    if (other === undefined) continue;
    taken.add(other);
    compareNode(document.root, other, `${source.name} ${String(Reflect.get(other, "kind"))}`, { agreement, open });
  }
  const kinds = new Set(documents.map(({ root }) => textAt(root, "kind")));
  for (const one of objects) {
    const kind: unknown = Reflect.get(one, "kind");
    if (taken.has(one) || (kind !== "Job" && kind !== "CronJob") || kinds.has(kind)) continue;
    agreement.differences.push(`${source.name}: no ${kind} found`);
  }
}

/** What kronlint leaves open, as somebody may switch it on. */
const directive = /^\{\{ (?:if|with|range) x \}\}$/;

interface Comparison {
  readonly agreement: Agreement;
  /** Where something may be left out that kronlint looks at. */
  readonly open: readonly number[];
}

function isOpen(node: Node & { readonly open: boolean }, { open }: Comparison): boolean {
  return node.open || open.some((at) => node.place.start <= at && at < node.place.end);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textAt(root: Node, key: string): string | undefined {
  const value = root.kind === "mapping" ? root.entries.find((entry) => entry.key.text === key)?.value : undefined;
  return value?.kind === "scalar" ? value.text : undefined;
}

function isSame({ root }: Document, other: object): boolean {
  if (textAt(root, "kind") !== Reflect.get(other, "kind")) return false;
  const metadata = root.entries.find(({ key }) => key.text === "metadata")?.value;
  const name = metadata && textAt(metadata, "name");
  const theirs: unknown = Reflect.get(other, "metadata");
  return name === undefined || (isObject(theirs) && String(Reflect.get(theirs, "name")) === name);
}

function compareNode(node: Node, other: unknown, path: string, comparison: Comparison): void {
  const { agreement } = comparison;
  if (node.kind === "unknown") return;
  if (node.kind === "scalar") {
    if (isSameScalar(node.value, other)) agreement.agreed++;
    else agreement.differences.push(`${path}: ${JSON.stringify(String(node.value))} here, ${JSON.stringify(other)} there`);
  } else if (other === null && isOpen(node, comparison)) return;
  else if (node.kind === "sequence") compareItems(node, other, path, comparison);
  else if (isObject(other)) compareEntries(node, other, path, comparison);
  else agreement.differences.push(`${path}: a mapping here, ${JSON.stringify(other)} there`);
}

function compareEntries(node: Node & { readonly kind: "mapping" }, other: object, path: string, comparison: Comparison): void {
  const { differences } = comparison.agreement;
  const open = isOpen(node, comparison);
  for (const { key, value } of node.entries) {
    if (Object.hasOwn(other, key.text)) compareNode(value, Reflect.get(other, key.text), `${path}.${key.text}`, comparison);
    else if (!open) differences.push(`${path}.${key.text}: only here`);
  }
  const mine = new Set(node.entries.map(({ key }) => key.text));
  const more = open ? [] : Object.keys(other).filter((key) => !mine.has(key));
  for (const key of more) differences.push(`${path}.${key}: only there`);
}

function compareItems(node: Node & { readonly kind: "sequence" }, other: unknown, path: string, comparison: Comparison): void {
  const { differences } = comparison.agreement;
  if (!Array.isArray(other)) differences.push(`${path}: a list here, ${JSON.stringify(other)} there`);
  else if (isOpen(node, comparison)) return;
  else if (node.items.length !== other.length) {
    differences.push(`${path}: ${String(node.items.length)} items here, ${String(other.length)} there`);
  } else {
    node.items.forEach((item, index) => {
      compareNode(item, other[index], `${path}[${String(index)}]`, comparison);
    });
  }
}

function isSameScalar(value: unknown, other: unknown): boolean {
  if (typeof value === "bigint" || typeof value === "number") return Number(value) === Number(other);
  if (value === null) return other === null || other === undefined;
  return value === other;
}
