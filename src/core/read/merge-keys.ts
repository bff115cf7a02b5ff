import type { Place } from "../text/place.js";
import { entryOf } from "./node.js";
import type { Entry, MappingNode, Node, ScalarNode } from "./node.js";

/** A `<<` among the entries of a mapping. */
export interface Merge {
  readonly value: Node;
  /** Of the `<<`. */
  readonly place: Place;
  /** How many entries are written above it. */
  readonly before: number;
}

export interface Merged {
  readonly entries: readonly Entry[];
  /** Places of `<<` keys whose value is neither a mapping nor a list of mappings. */
  readonly refused: readonly Place[];
  readonly added: number;
}

export function isMergeKey(key: ScalarNode): boolean {
  return key.text === "<<" && key.style === "plain";
}

/**
 * The entries of a mapping and, behind them, what its `<<` keys bring in. Kubernetes sets keys in writing order: a key
 * above a `<<` loses to it, so that entry is not flagged `merged` and counts as the last one written.
 * https://github.com/yaml/go-yaml/blob/v2.4.2/decode.go
 */
export function expandedMerges(entries: readonly Entry[], merges: readonly Merge[], most: number): Merged {
  if (merges.length === 0) return { entries, refused: [], added: 0 };
  const all = [...entries];
  const refused: Place[] = [];
  const taken = new Set<string>();
  const limit = entries.length + Math.max(most, 0);
  // The last `<<` wins over those above it, the first mapping of a list over those behind it.
  for (const merge of [...merges].reverse()) {
    const above = new Set(entries.slice(0, merge.before).map(({ key }) => key.text));
    const below = new Set(entries.slice(merge.before).map(({ key }) => key.text));
    const sources = mappingsOf(merge.value);
    if (!sources) refused.push(merge.place);
    for (const { key, value } of (sources ?? []).flatMap(effective)) {
      if (taken.has(key.text) || all.length >= limit) continue;
      taken.add(key.text);
      const overrides = above.has(key.text) && !below.has(key.text);
      all.push(overrides ? { key, value } : { key, value, merged: true });
    }
  }
  return { entries: all, refused, added: all.length - entries.length };
}

function mappingsOf(node: Node): readonly MappingNode[] | undefined {
  if (node.kind === "mapping") return [node];
  if (node.kind === "unknown") return [];
  if (node.kind !== "sequence") return undefined;
  const mappings = node.items.flatMap((item) => (item.kind === "mapping" ? [item] : []));
  return node.items.every((item) => item.kind === "mapping" || item.kind === "unknown") ? mappings : undefined;
}

/** Of every key the one entry that counts. */
function effective(mapping: MappingNode): readonly Entry[] {
  const keys = new Set(mapping.entries.map(({ key }) => key.text));
  if (keys.size === mapping.entries.length) return mapping.entries;
  return [...keys].flatMap((key) => entryOf(mapping, key) ?? []);
}
