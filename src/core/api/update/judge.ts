import { entryOf, type MappingNode } from "../../read/node.js";
import { readLiteral } from "../../read/literal.js";
import type { Source } from "../../text/place.js";
import { judgeText } from "../judge.js";
import { yamlDocuments } from "../stream.js";
import type { Verdict } from "../verdict.js";
import { type Side, verdictOfApply } from "./verdict.js";

/**
 * What one minor ("1.34") answers when kubectl applies a text over the object that an older text made: nothing in them is a template.
 * Never throws.
 */
export function judgeUpdate(source: Source, old: Source, version: string): Verdict {
  const now = sideOf(source);
  const alone = now ? undefined : judgeText(source, version);
  const kind = now && kindIn(now.root);
  if (!now || !kind) return alone ?? judgeText(source, version);
  const before = sideOf(old);
  if (!before) return { ...judgeText(old, version), accept: false, stage: "old" };
  return verdictOfApply({ now, old: before, kind, version });
}

/** The one object of a text; undefined where there is none, or a list of them. */
function sideOf(source: Source): Side | undefined {
  const [first, ...others] = yamlDocuments(source);
  if (!first || others.length > 0) return undefined;
  const whole = readLiteral(source, 0, source.text.length);
  const tree = whole.ok && whole.root?.kind !== "mapping" ? readLiteral(source, first.start, first.end) : whole;
  if (!tree.ok || tree.root?.kind !== "mapping" || entryOf(tree.root, "items")) return undefined;
  return { root: tree.root, place: { source, start: 0, end: source.text.length }, patch: false };
}

function kindIn(root: MappingNode): "Job" | "CronJob" | undefined {
  const value = entryOf(root, "kind")?.value;
  const kind = value?.kind === "scalar" ? value.value : undefined;
  return kind === "Job" || kind === "CronJob" ? kind : undefined;
}
