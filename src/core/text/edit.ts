import type { Place } from "./place.js";

/** Replace what stands at `at` by `text`; an empty place inserts. Every other byte stays. */
export interface Edit {
  readonly at: Place;
  readonly text: string;
}

/** Applies edits of one source; they must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  let output = "";
  let offset = 0;
  for (const { at, text: inserted } of ordered) {
    output += text.slice(offset, at.start) + inserted;
    offset = at.end;
  }
  return output + text.slice(offset);
}
