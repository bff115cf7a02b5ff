import { blockScalarOwner, insideBlockScalar } from "./block-scalar.js";
import { MASK } from "./fragment.js";
import type { Hole } from "./fragment.js";
import { masked } from "./mask.js";
import type { Mask } from "./mask.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** An example without what its author left out; offsets are of the text. */
export interface Elided {
  readonly text: string;
  readonly holes: readonly Hole[];
}

/** What stands alone on a line for "and so on": dots, `<...>`, `[…]`, vertical dots. */
const ellipsis = /^(?:- )?[[({<]?[ \t]*(?:\.{2,}|…+|⋮|\.|:)[ \t]*[\])}>]?$/;
/** The same in a comment, or in words, English or Korean. */
const comment = /^(?:#+|\/\/)[ \t]*(.*)$/;
const words = new RegExp(
  [
    "^(?:\\.{3}|…)",
    "(?:생략|중략|省略)(?:됨|함)?\\)?$",
    "^[[(<]?(?:snip|omitted|truncated|elided)",
    "^(?:some |any |many |and |the |your )?(?:more|other|rest|remaining|additional) (?:\\w+ )?"
      + "(?:fields?|spec|config|settings?|options?|values?|containers?|keys?|of)\\b",
    "^(?:same )?as (?:above|before)",
  ].join("|"),
  "i",
);
/** A line that somebody is to replace: `<your containers>`. */
const bracketed = /^(?:<[^<>]{1,80}>|\([^()]{1,80}\))$/;
/** A value of dots: `spec: ...`, `containers: [...]`, `- …`. */
const dottedValue = /(?::|^-|\s-)[ \t]+([[{(<"']?[ \t]*(?:\.{3,}|…)[ \t]*[\]})>"']?)[ \t]*(?:#.*)?$/;
const longestLine = 400;

/**
 * Reads an example in prose: lines of dots, and comments that say that something is left out, become block holes; a value of dots becomes
 * an unknown one. Scripts are left alone. Only for prose: in a manifest file `# …` is a remark and `...` a fault.
 */
export function withoutElisions(text: string): Elided {
  const masks: Mask[] = [];
  const holes: Hole[] = [];
  let owner: number | undefined;
  for (const line of linesOf(text)) {
    if (insideBlockScalar(owner, line)) continue;
    owner = blockScalarOwner(text, line);
    if (line.blank || line.end - line.start > longestLine) continue;
    const found = elisionOn(text, line);
    if (!found) continue;
    holes.push(found);
    masks.push({ start: found.start, end: found.end, fill: found.kind === "value" ? MASK : " " });
  }
  return { text: masked(text, masks), holes };
}

function elisionOn(text: string, line: Line): Hole | undefined {
  const start = line.start + line.indent;
  const content = text.slice(start, line.end).trimEnd();
  if (isElision(content)) return { start, end: start + content.length, kind: "block", reason: "elided", indent: line.indent };
  const value = dottedValue.exec(content);
  if (!value?.[1]) return trailing(content, start, line);
  const from = start + content.indexOf(value[1], value.index);
  return { start: from, end: from + value[1].trimEnd().length, kind: "value", reason: "elided" };
}

function isElision(content: string): boolean {
  const said = comment.exec(content)?.[1];
  if (said === undefined) return ellipsis.test(content) || bracketed.test(content);
  return ellipsis.test(said) || words.test(said.trim());
}

/** `spec: # ...`: what is left out stands below the key. */
function trailing(content: string, start: number, line: Line): Hole | undefined {
  const found = /:[ \t]+#[ \t]*(\.{3,}|…+)$/.exec(content);
  if (!found) return undefined;
  return { start: start + found.index + 1, end: line.end, kind: "block", reason: "elided", indent: line.indent + 2 };
}
