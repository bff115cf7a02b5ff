import type { Place } from "#rule";

const action = /\{\{-?\s*(if|with|range|block|define|else|end)\b/g;
/** Where other template languages may branch. */
const foreign = /\{%|%\{|<%|^\s*#@/m;

/** Whether a template that renders one of two places renders the other too: both in the same branch, or in none. */
export function standTogether(first: Place, second: Place): boolean {
  if (first.source !== second.source) return false;
  const between = first.source.text.slice(Math.min(first.end, second.end), Math.max(first.start, second.start));
  if (foreign.test(between)) return false;
  let depth = 0;
  for (const [, word] of between.matchAll(action)) {
    if (depth === 0 && (word === "else" || word === "end")) return false;
    if (word === "end") depth--;
    else if (word !== "else") depth++;
  }
  return depth === 0;
}
