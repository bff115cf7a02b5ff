import type { Fragment, Hole } from "./fragment.js";
import { masked } from "./mask.js";
import type { Stretch } from "./mask.js";
import { linesOf } from "./text-lines.js";
import { parseFragment } from "./yaml-document.js";
import type { ParsedFragment } from "./yaml-document.js";

/** A line a tool is to replace: `GEN3_SERVICE`, `__SIDECARS__`. */
const loneName = /^(?:__\w+__|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/;

/**
 * Parses a document, and where it does not parse as it is written, without what a template would choose between and
 * without lines that are placeholders. `alternatives` in offsets of the source.
 */
export function parseAttempts(fragment: Fragment, alternatives: readonly Stretch[]): ParsedFragment {
  const first = parseFragment(fragment);
  if (!failed(first)) return first;
  const chosen = alternatives.length > 0 ? without(fragment, alternatives, []) : undefined;
  const second = chosen && parseFragment(chosen);
  if (second && !failed(second)) return second;
  const holes = loneNames(fragment);
  if (holes.length === 0) return first;
  const third = parseFragment(without(chosen ?? fragment, holes, holes));
  return failed(third) ? first : third;
}

function failed({ root, problems }: ParsedFragment): boolean {
  return root === undefined || problems.some(({ rule }) => rule === "yaml-syntax");
}

function without(fragment: Fragment, stretches: readonly Stretch[], added: readonly Hole[]): Fragment {
  const { start, text, holes } = fragment;
  const masks = stretches.map((stretch) => ({ start: stretch.start - start, end: stretch.end - start, fill: " " }));
  return { ...fragment, text: masked(text, masks), holes: [...holes, ...added].sort((a, b) => a.start - b.start) };
}

function loneNames({ text, start }: Fragment): Hole[] {
  return linesOf(text).flatMap((line): Hole[] => {
    const from = line.start + line.indent;
    if (line.end - from > 120 || !loneName.test(text.slice(from, line.end).trimEnd())) return [];
    return [{ start: start + from, end: start + line.end, kind: "block", reason: "placeholder", indent: line.indent }];
  });
}
