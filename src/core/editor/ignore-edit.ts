import { lineEnd, lineStart } from "../lint/entry-text.js";
import type { Source } from "../text/place.js";

/** A text to put in place of `start` to `end`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Comments that could silence a rule at an offset, the nearest first: above the line, and above each line that is less indented and
 * may hold its key. Whether one does, only a lint of the edited text can say.
 */
export function ignoreEdits({ text }: Source, offset: number, rule: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let least = Infinity;
  let from = lineStart(text, offset);
  for (let looked = 0; looked < mostLines; looked++) {
    const line = text.slice(from, lineEnd(text, from));
    const indent = /^[ \t>]*/.exec(line)?.[0] ?? "";
    const isBlank = line.trim() === "" || line.slice(indent.length).startsWith("#");
    if (!isBlank && indent.length < least) {
      least = indent.length;
      edits.push(editAbove(text, from, indent, rule));
    }
    if (from === 0 || edits.length >= mostTries) break;
    from = lineStart(text, endAbove(text, from));
  }
  return edits;
}

/** The end of the line above one that begins at `from`. */
function endAbove(text: string, from: number): number {
  return text.slice(from - 2, from) === "\r\n" ? from - 2 : from - 1;
}

const mostLines = 500;
const mostTries = 4;
/** A list of rules and nothing behind it: another rule can join. */
const joinable = /^[ \t]*#[ \t]*kronlint-ignore[ \t]+[a-z0-9-]+(?:,[ \t]*[a-z0-9-]+)*[ \t]*$/;

function editAbove(text: string, from: number, indent: string, rule: string): TextEdit {
  const startAbove = from === 0 ? 0 : lineStart(text, endAbove(text, from));
  const above = from === 0 ? "" : text.slice(startAbove, endAbove(text, from));
  if (joinable.test(above)) {
    const end = startAbove + above.trimEnd().length;
    return { start: end, end, text: `, ${rule}` };
  }
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  return { start: from, end: from, text: `${indent}# kronlint-ignore ${rule}${ending}` };
}
