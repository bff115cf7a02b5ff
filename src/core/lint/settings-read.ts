import { entryOf, type MappingNode, type Node, type ScalarNode } from "../read/node.js";
import { parseFragment } from "../read/yaml-document.js";
import type { Problem } from "../read/document.js";
import { type Place, type Source, textAt } from "../text/place.js";
import type { AnyRule } from "./rule.js";
import type { Settings } from "./settings.js";
import { inShape } from "./settings-shape.js";
import { type SettingsProblem, validateSettings } from "./settings-validate.js";

export type ReadSettings =
  | { readonly state: "read"; readonly settings: Settings }
  | { readonly state: "refused"; readonly problems: readonly { readonly place: Place; readonly message: string }[] };

/** The text of `.kronlint.yaml`: YAML 1.2, in which `off` is a word; versions and lengths of time as they are written. */
export function readSettings(source: Source, rules: readonly AnyRule[]): ReadSettings {
  const { text } = source;
  const { root, problems } = parseFragment({ source, start: 0, end: text.length, text, holes: [] });
  if (problems.length > 0) return { state: "refused", problems: problems.map(ofSettings) };
  const value = root === undefined || isNothing(root) ? {} : inShape(plain(root, []));
  const found = validateSettings(value, rules);
  if (found.length > 0) return { state: "refused", problems: found.map((problem) => placed(problem, root, source)) };
  return isSettings(value) ? { state: "read", settings: value } : { state: "refused", problems: [] };
}

/** The same from an object of a program. */
export function readSettingsObject(
  given: unknown,
  rules: readonly AnyRule[],
): { readonly state: "read"; readonly settings: Settings } | { readonly state: "refused"; readonly problems: readonly string[] } {
  const value = inShape(given);
  const problems = validateSettings(value, rules).map(({ message }) => message);
  if (problems.length > 0 || !isSettings(value)) return { state: "refused", problems };
  return { state: "read", settings: value };
}

/** The reader's sentence about a key written twice is about manifests. */
function ofSettings({ rule, place, message }: Problem): { place: Place; message: string } {
  if (rule !== "duplicate-yaml-key") return { place, message };
  return { place, message: `${textAt(place)} is written twice here; keep one of them` };
}

/** The validator has just said so. */
function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null;
}

function isNothing(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

function plain(node: Node, path: readonly string[]): unknown {
  if (node.kind === "mapping") {
    return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value, [...path, key.text])]));
  }
  if (node.kind === "sequence") return node.items.map((item, index) => plain(item, [...path, String(index)]));
  if (node.kind === "unknown") return node.place.source.text.slice(node.place.start, node.place.end);
  return isRaw(path) ? rawText(node) : valueIn12(node);
}

/** 1.30 is not 1.3, and 90 is as good as 90s. */
function isRaw([first, ...rest]: readonly string[]): boolean {
  return (first === "kubernetes" && rest.length === 0) || (first === "runtimes" && rest.length === 1);
}

function rawText({ text, style, value }: ScalarNode): string | null {
  return style === "plain" && value === null ? null : text;
}

/** https://yaml.org/spec/1.2.2/#103-core-schema */
function valueIn12({ text, style }: ScalarNode): unknown {
  if (style !== "plain") return text;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return text.toLowerCase() === "true";
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  return text;
}

function placed({ path, atKey, message }: SettingsProblem, root: Node | undefined, source: Source): { place: Place; message: string } {
  let node = root;
  let place = root?.place ?? { source, start: 0, end: 0 };
  for (const [index, step] of path.entries()) {
    const found = node && stepInto(node, step);
    if (!found) break;
    node = found.value;
    place = atKey && index === path.length - 1 ? found.key : found.value.place;
  }
  return { place, message };
}

function stepInto(node: Node, step: string): { readonly key: Place; readonly value: Node } | undefined {
  if (node.kind === "mapping") return entryIn(node, step);
  const item = node.kind === "sequence" ? node.items[Number(step)] : undefined;
  return item && { key: item.place, value: item };
}

function entryIn(mapping: MappingNode, key: string): { readonly key: Place; readonly value: Node } | undefined {
  const entry = entryOf(mapping, key);
  return entry && { key: entry.key.place, value: entry.value };
}
