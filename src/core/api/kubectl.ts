import { closedAt } from "./brackets.js";
import { readLiteral } from "../read/literal.js";
import type { MappingNode } from "../read/node.js";
import type { Source } from "../text/place.js";
import { cutAtMarks, isEmpty, type StreamPart } from "./stream.js";

/** From this minor on kubectl reads what begins as JSON and is none as YAML. Source: YAMLOrJSONDecoder in k8s.io/apimachinery */
const readsOnFrom = 33;

const onlyNulls = /^(?:[ \t\r\n]*null)*[ \t\r\n]*$/;
/** What Go calls a blank before a bracket: more than JSON does. */
const looksLikeJson = /^[^\S\ufeff]*\{/;

/** The one object that kubectl finds in a text; undefined where it finds none, several, or cannot read it. */
export function kubectlRoot(source: Source, documents: readonly StreamPart[], version: string): MappingNode | undefined {
  const { text } = source;
  if (!looksLikeJson.test(text)) return yamlRoot(source, documents);
  const start = text.search(/[^ \t\r\n]/);
  const end = text.startsWith("{", start) ? closedAt(text, start) : undefined;
  const json = end === undefined ? undefined : parsed(text.slice(start, end));
  const readsOn = Number(version.split(".")[1]) >= readsOnFrom;
  if (end === undefined || json === undefined) return readsOn ? yamlRoot(source, documents) : undefined;
  if (!onlyNulls.test(text.slice(end)) && !(readsOn && isNothing(source, end))) return undefined;
  const [first] = documents;
  const whole = first && first.start <= start && first.end >= end && first.read.ok ? first.read.root : undefined;
  return whole?.kind === "mapping" ? whole : rewritten(source, json);
}

function yamlRoot({ text }: Source, documents: readonly StreamPart[]): MappingNode | undefined {
  const [first] = documents;
  if (!first?.read.ok || documents.length > 1 || first.read.root?.kind !== "mapping") return undefined;
  return cutAtMarks(text, 0) ? first.read.root : undefined;
}

function mappingOf(source: Source, start: number, end: number): MappingNode | undefined {
  const tree = readLiteral(source, start, end);
  return tree.ok && tree.root?.kind === "mapping" ? tree.root : undefined;
}

/** JSON with escapes that YAML does not have. */
function rewritten(source: Source, json: object): MappingNode | undefined {
  const text = JSON.stringify(json).replace(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, "\ufffd");
  return mappingOf({ ...source, text }, 0, text.length);
}

function isNothing(source: Source, start: number): boolean {
  const blanks = /^[^\S\n]*\n?/.exec(source.text.slice(start)) ?? [""];
  const parts = cutAtMarks(source.text, start + blanks[0].length);
  return parts?.every((part) => isEmpty(readLiteral(source, part.start, part.end))) ?? false;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
