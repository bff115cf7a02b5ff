import type { Place, Source } from "../text/place.js";
import type { Comment, Document } from "./document.js";
import type { Action } from "./template-actions.js";
import { isBlank, isLineEnd, skipBlanks } from "./text-lines.js";

const htmlComment = /<!--([^\r\n]{0,500}?)-->/g;
const yamlComment = /(?<=^|[ \t])#([ \t]*kronlint-[^\r\n]{0,500})/gm;

/** Comments of the template language that talk to kronlint. */
export function templateComments(source: Source, base: number, actions: readonly Action[]): Comment[] {
  const ours = actions.filter(({ body }) => body.startsWith("kronlint-"));
  return ours.map(({ start, end, body }) => commentAt({ source, start: base + start, end: base + end }, body));
}

/** Without this, a text has no comment to kronlint, nor an annotation for it. */
export function mayTalkToUs({ text }: Source): boolean {
  return text.includes("kronlint");
}

/** Comments to kronlint in HTML (Markdown) or YAML (manifests) that stand in none of the documents, which are in order. */
export function outsideComments(source: Source, documents: readonly Document[], prose: boolean): Comment[] {
  const { text } = source;
  if (!mayTalkToUs(source)) return [];
  const comments: Comment[] = [];
  let next = 0;
  for (const { index: start, 0: whole, 1: content = "" } of text.matchAll(prose ? htmlComment : yamlComment)) {
    while ((documents[next]?.place.end ?? Infinity) <= start) next++;
    const inside = (documents[next]?.place.start ?? Infinity) <= start;
    if (inside || !content.trim().startsWith("kronlint-")) continue;
    comments.push(commentAt({ source, start, end: start + whole.length }, content.trim()));
  }
  return comments;
}

function commentAt(place: Place, text: string): Comment {
  return { place, text, own: standsAlone(place) };
}

function standsAlone({ source: { text }, start, end }: Place): boolean {
  let before = start - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  const after = skipBlanks(text, end, text.length);
  return (before < 0 || text[before] === "\n") && (after === text.length || isLineEnd(text.charCodeAt(after)));
}

export function byStart(a: Comment, b: Comment): number {
  return a.place.start - b.place.start;
}
