import type { Move } from "../api/finding.js";
import { moveEntry } from "./edits.js";
import type { Fix } from "./rule.js";

/**
 * The fix for a field at the wrong level, where there is one home and it is free. Never safe: moving it switches on what
 * it was meant to do.
 */
export function moveFix({ entry, to }: Move, path: string): Fix | undefined {
  const [home, another] = to;
  if (another || home.taken || !home.mapping) return undefined;
  const { key, value } = entry;
  const field = { state: "present", path, place: value.place, key: key.place, value: undefined, node: value } as const;
  const { path: at, mapping } = home;
  const level = { state: "present", path: at, place: mapping.place, mapping, patch: false, meant: new Set<string>() } as const;
  // Short fields are looked for above the long template.
  const edits = moveEntry(field, level, { before: "template" });
  if (edits.length === 0) return undefined;
  return { title: `move ${key.text} to ${home.path}, where it takes effect`, safe: false, edits };
}
