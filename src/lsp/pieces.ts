import type { Source } from "../engine.js";

/** Where a text can be cut so that each piece is judged as it is among the others. */
export interface Cuts {
  /** Of each piece, which goes on to where the next begins. */
  readonly starts: readonly number[];
  /** What all pieces stand under, up to here: the head of a List. What is put in at its end changes nothing. */
  readonly head: number;
}

/** Undefined where only the whole can be judged. */
export function cutsOf({ name, text }: Source): Cuts | undefined {
  if (whole.test(withoutValues(text))) return undefined;
  if (/\.(?:md|markdown)$/i.test(name)) return inFences(text);
  return /\.ya?ml$/i.test(name) ? (inList(text) ?? inStream(text)) : undefined;
}

/** A template may open in one document and close in the next. */
const whole = /kronlint-ignore-file|\{[{%#]|#@|^%|\uFEFF|\r(?!\n)/m;

/** What writes one value and no more: `image: {{ .Values.image | quote }}`. */
const written =
  /\{\{ (?!(?:if|with|range|block|define|else|end|break|continue|fail|template)\b)[\w.$|() -]+(?:"[^"\\{}\r\n]*"[\w.$|() -]*)* \}\}/g;

/** On a line of its own a template may write anything, also behind the dash of an item. */
function withoutValues(text: string): string {
  if (!text.includes("{{")) return text;
  return text.replace(written, (action, offset: number) => {
    const line = text.slice(Math.max(text.lastIndexOf("\n", offset) + 1, offset - 200), offset);
    return /[^\s-]/.test(line) ? "" : action;
  });
}

function inStream(text: string): Cuts {
  const markers = [...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(({ index }) => index);
  return { starts: markers[0] === 0 ? markers : [0, ...markers], head: 0 };
}

const headOfList = /^(?:---[ \t]*\r?\n)?apiVersion: v1\r?\nkind: List\r?\nitems:(?=\r?\n( *)- )/;

/** The items of a List, where nothing is named in one and used in another, and nothing speaks about other lines. */
function inList(text: string): Cuts | undefined {
  const [head, column = ""] = headOfList.exec(text) ?? [];
  if (head === undefined || /kronlint-|[ \t]&\w/.test(text)) return undefined;
  const starts: number[] = [];
  for (const { index, 0: line, 1: indent = "" } of text.slice(head.length).matchAll(/^( *)[^\s].*/gm)) {
    const isItem = indent === column && line.startsWith("- ", column.length);
    if (isItem) starts.push(head.length + index);
    else if (indent.length <= column.length) return undefined;
  }
  return { starts, head: head.length };
}

/** Fences that open with a language and close before the next opens. */
function inFences(text: string): Cuts | undefined {
  if (text.includes("<!--")) return undefined;
  const starts = [0];
  let isOpen = false;
  for (const { index, 0: line } of text.matchAll(/^[^\r\n]*(?:```|~~~)[^\r\n]*/gm)) {
    if (!/^```(?:\w+)?[ \t]*$/.test(line) || isOpen !== /^```[ \t]*$/.test(line)) return undefined;
    if (!isOpen && index > 0) starts.push(index);
    isOpen = !isOpen;
  }
  return isOpen ? undefined : { starts, head: 0 };
}
