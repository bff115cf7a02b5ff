import { withoutChoices } from "./choices.js";
import { MASK } from "./fragment.js";
import type { Fragment, Hole } from "./fragment.js";
import { masked } from "./mask.js";
import type { Stretch } from "./mask.js";
import type { Node } from "./node.js";
import { linesOf } from "./text-lines.js";
import { parseFragment } from "./yaml-document.js";
import type { ParsedFragment } from "./yaml-document.js";

/** A line a tool is to replace: `GEN3_SERVICE`, `__SIDECARS__`. */
const loneName = /^(?:__\w+__|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/;

/** A value that only its tool can read: `image: @@IMAGE@@`. */
const marked = /^((?:- +)*(?:[\w./-]+:[ ]+)?)(@@[A-Z][A-Z0-9_]*@@|@[A-Z][A-Z0-9_]*@|%[A-Z][A-Z0-9_]*%)$/;

/**
 * Parses a document, and where it does not parse as it is written, or a template leaves open which kind it is, without what the template
 * would choose instead and without lines that are placeholders. `alternatives` in offsets of the source.
 */
export function parseAttempts(fragment: Fragment, alternatives: readonly Stretch[]): ParsedFragment {
  const { without: dropped, ...parsed } = attempts(fragment, alternatives);
  return parsed.root ? { ...parsed, root: withoutChoices(parsed.root, fragment, dropped) } : parsed;
}

interface Attempt extends ParsedFragment {
  /** What the template would choose instead, which was not read. */
  readonly without?: readonly Stretch[];
}

function attempts(fragment: Fragment, alternatives: readonly Stretch[]): Attempt {
  const first = parsed(fragment);
  if (!failed(first)) return first;
  const chosen = alternatives.length > 0 ? without(fragment, alternatives, []) : undefined;
  const second = chosen && parsed(chosen);
  if (second && !failed(second)) return { ...second, without: alternatives };
  if (first.root && isAmbiguous(first.root)) return { ...first, root: undefined };
  const holes = loneNames(fragment);
  if (holes.length === 0) return first;
  const third = parsed(without(chosen ?? fragment, holes, holes));
  return failed(third) ? first : { ...third, without: chosen ? alternatives : [] };
}

/** The parser calls itself for every level, and a text that is nothing but levels ends at the stack's end. */
function parsed(fragment: Fragment): ParsedFragment {
  try {
    return parseFragment(fragment);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { source, start, end } = fragment;
    const message = "the document is nested too deeply, or repeats too much, to be read; split it";
    const place = { source, start, end: Math.min(end, start + 1) };
    return { root: undefined, problems: [{ rule: "unreadable-input", place, message }], comments: [] };
  }
}

function failed({ root, problems }: ParsedFragment): boolean {
  return root === undefined || problems.some(({ rule }) => rule === "yaml-syntax") || isAmbiguous(root);
}

/** Branches of a template that each write a kind: what is below fits one of them only. */
function isAmbiguous(root: Node): boolean {
  if (root.kind !== "mapping" || !root.open) return false;
  const kinds = root.entries.flatMap(({ key, value }) => (key.text === "kind" && value.kind === "scalar" ? value.text : []));
  return new Set(kinds).size > 1;
}

function without(fragment: Fragment, stretches: readonly (Stretch | Hole)[], added: readonly Hole[]): Fragment {
  const { start, text, holes } = fragment;
  const masks = stretches.map((stretch) => {
    return { start: stretch.start - start, end: stretch.end - start, fill: "kind" in stretch && stretch.kind === "value" ? MASK : " " };
  });
  return { ...fragment, text: masked(text, masks), holes: [...holes, ...added].sort((a, b) => a.start - b.start) };
}

function loneNames({ text, start }: Fragment): Hole[] {
  return linesOf(text).flatMap((line): Hole[] => {
    const from = line.start + line.indent;
    if (line.blank || line.end - from > 120) return [];
    const content = text.slice(from, line.end).trimEnd();
    const [, before = "", mark] = marked.exec(content) ?? [];
    if (mark !== undefined) {
      const at = start + from + before.length;
      return [{ start: at, end: at + mark.length, kind: "value", reason: "placeholder" }];
    }
    if (!loneName.test(content)) return [];
    return [{ start: start + from, end: start + line.end, kind: "block", reason: "placeholder", indent: line.indent }];
  });
}
