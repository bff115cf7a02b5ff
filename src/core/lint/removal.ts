import type { Node } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";
import {
  behindLineEnd,
  type EntryText,
  entryText,
  type Indent,
  indentOf,
  isLineEnd,
  lineEnd,
  lineStart,
  ownLineEnd,
  skipBlank,
} from "./entry-text.js";

/** Takes an entry out of its mapping, whatever the mapping's layout; undefined where that is in doubt. */
export function removal(key: Place, value: Node): Edit | undefined {
  const extent = entryText(key, value);
  if (!extent) return undefined;
  const { source } = key;
  const { text } = source;
  const cut = isInFlow(text, extent) ? cutFromFlow(text, extent) : cutFromBlock(text, extent);
  return cut && { at: { source, start: cut.start, end: cut.end }, text: cut.text };
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A block value is never followed by a comma or a brace. */
function isInFlow(text: string, { keyStart, end }: EntryText): boolean {
  return /[,}]/.test(text[skipBlank(text, end)] ?? "") && /[{,]/.test(text[lastBefore(text, keyStart)] ?? "");
}

function lastBefore(text: string, offset: number): number {
  let last = offset - 1;
  while (last >= 0 && /[\s>]/.test(text[last] ?? "")) last--;
  return last;
}

function cutFromFlow(text: string, { keyStart, end }: EntryText): Cut {
  const before = lastBefore(text, keyStart);
  const behind = skipBlank(text, end);
  if (text[behind] === "}") {
    if (text[before] === "{") return { start: before, end: behind + 1, text: "{}" };
    return { start: before, end, text: "" };
  }
  return { start: keyStart, end: skipBlank(text, behind + 1), text: "" };
}

function cutFromBlock(text: string, extent: EntryText): Cut | undefined {
  const { keyStart, end } = extent;
  const indent = indentOf(text, keyStart);
  const line = ownLineEnd(text, end);
  if (!indent || line === undefined) return undefined;
  const next = behindLineEnd(text, line);
  const below = lineBelow(text, next, indent);
  if (below === "template") return undefined;
  if (below === "sibling") {
    if (indent.item) return { start: keyStart, end: startOfText(text, next), text: "" };
    return { start: lineStart(text, keyStart), end: next, text: "" };
  }
  if (indent.item) return { start: keyStart, end, text: "{}" };
  if (hasSiblingAbove(text, keyStart, indent)) return wholeLines(text, lineStart(text, keyStart), line);
  return emptied(text, keyStart, end, line);
}

/** At the end of the text, the line end before goes along if there is none behind. */
function wholeLines(text: string, start: number, line: number): Cut {
  const next = behindLineEnd(text, line);
  if (next > line) return { start, end: next, text: "" };
  const above = text.startsWith("\r\n", start - 2) ? start - 2 : start - 1;
  return { start: Math.max(0, above), end: line, text: "" };
}

/** Without its only entry, a mapping is `{}`: nothing at all would be null. */
function emptied(text: string, keyStart: number, end: number, line: number): Cut {
  const start = lineStart(text, keyStart);
  const parent = text.slice(0, start).trimEnd();
  const isNextLine = start > 0 && start - parent.length <= 2;
  if (isNextLine && parent.endsWith(":") && !text.slice(lineStart(text, parent.length), parent.length).includes("#")) {
    return { start: parent.length, end: line, text: " {}" };
  }
  return { start: keyStart, end, text: "{}" };
}

function startOfText(text: string, line: number): number {
  let offset = line;
  while (/[ \t>]/.test(text[offset] ?? "")) offset++;
  return offset;
}

/** The next line that is no comment: a sibling stands at the key's own column. */
function lineBelow(text: string, from: number, { width }: Indent): "sibling" | "template" | "none" {
  let start = from;
  while (start < text.length) {
    const end = lineEnd(text, start);
    const content = text.slice(start, end);
    if (/^[ \t>]*\{\{/.test(content)) return "template";
    if (!isBlankOrComment(content)) return isKeyAt(content, width) ? "sibling" : "none";
    start = behindLineEnd(text, end);
  }
  return "none";
}

function hasSiblingAbove(text: string, keyStart: number, { width }: Indent): boolean {
  let end = lineStart(text, keyStart);
  while (end > 0) {
    const start = lineStart(text, text.startsWith("\r\n", end - 2) ? end - 2 : end - 1);
    const content = text.slice(start, end);
    end = start;
    if (isBlankOrComment(content)) continue;
    const depth = content.search(/[^ \t>\r\n]/);
    if (depth > width) continue;
    return depth === width || indentOfFirstKey(content) === width;
  }
  return false;
}

function indentOfFirstKey(content: string): number {
  return /^[ \t>]*(?:-[ \t]+)*/.exec(content)?.[0].length ?? 0;
}

function isKeyAt(content: string, width: number): boolean {
  return content.search(/[^ \t>]/) === width && !/^(?:- |-$|---|\.\.\.)/.test(content.slice(width));
}

function isBlankOrComment(content: string): boolean {
  return [...content.slice(0, 400)].every((char) => /[\s>]/.test(char) || isLineEnd(char)) || /^[ \t>]*#/.test(content);
}
