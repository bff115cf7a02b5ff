import { masked } from "./mask.js";
import { skipBlanks } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** Lines of a text, by index, `to` exclusive: a fenced block without its fences, or what stands between two. */
export interface Section {
  readonly from: number;
  readonly to: number;
  /** First word behind the fence in lower case, empty when there is none; absent outside of fences. */
  readonly language?: string;
}

const fence = /^(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})[ \t]*([^`]*)$/;
const longestFence = 400;

/** The text with the marks of block quotes blanked, so that what is quoted reads as it would alone. */
export function withoutQuoteMarks(text: string): string {
  const marks = [...text.matchAll(/^[ \t]*(?:>[ \t]?)+/gm)];
  return masked(text, marks.map(({ index, 0: mark }) => ({ start: index, end: index + mark.length, fill: " " })));
}

/**
 * Cuts a text at its fences. A fence that is never closed runs to the next one that names a language, or to the end; HTML
 * comments outside of fences belong to no section.
 */
export function sectionsOf(text: string, lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  let from = 0;
  let open: { readonly mark: string; readonly language: string } | undefined;
  const close = (to: number) => {
    if (to > from) sections.push(open ? { from, to, language: open.language } : { from, to });
  };
  for (let index = 0; index < lines.length; index++) {
    const found = fenceOn(text, lines[index]);
    if (found && (!open || closes(found, open.mark) || found.language !== "")) {
      close(index);
      from = index + 1;
      open = open && closes(found, open.mark) ? undefined : found;
    } else if (!open) {
      const after = afterComment(text, lines, index);
      if (after === index) continue;
      close(index);
      from = after;
      index = after - 1;
    }
  }
  close(lines.length);
  return sections;
}

interface Fence {
  readonly mark: string;
  readonly language: string;
}

function fenceOn(text: string, line: Line | undefined): Fence | undefined {
  if (!line || line.blank || line.end - line.start > longestFence) return undefined;
  const found = fence.exec(text.slice(line.start + line.indent, line.end));
  if (!found) return undefined;
  const language = /^[{.\s]*([\w+#-]+)/.exec(found[2] ?? "")?.[1] ?? "";
  return { mark: found[1] ?? "", language: language.toLowerCase() };
}

function closes({ mark, language }: Fence, open: string): boolean {
  return language === "" && mark.startsWith(open.charAt(0)) && mark.length >= open.length;
}

/** The index of the line behind an HTML comment over several lines that begins here; the same index when none does. */
function afterComment(text: string, lines: readonly Line[], index: number): number {
  const line = lines[index];
  if (!line || !text.startsWith("<!--", skipBlanks(text, line.start, line.end))) return index;
  for (let next = index; next < Math.min(lines.length, index + longestComment); next++) {
    const { start = 0, end = 0 } = lines[next] ?? {};
    const content = text.slice(skipBlanks(text, start, end), end);
    if (next > index && content.startsWith("<!--")) return index;
    if (content.includes("-->")) return next + 1;
  }
  return index;
}

/** In lines; a comment that is longer was not closed. */
const longestComment = 300;
