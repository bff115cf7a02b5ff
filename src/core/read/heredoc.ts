import type { Line } from "./text-lines.js";

/** The lines between a shell's `<<EOF` and its `EOF`, by index, `to` exclusive (the line of the `EOF`). */
export interface Heredoc {
  readonly from: number;
  readonly to: number;
  /** Begun by `<<-`: the shell drops the tabs that its lines begin with. */
  readonly indented: boolean;
  /** The delimiter has no quotes: the shell takes the backslash from `\$`, `` \` `` and `\\`. */
  readonly expanded: boolean;
}

const opening = /(?:^|[^<])<<(-?)[ \t]*(['"\\]?)([A-Za-z_]\w{0,60})\2/;
const word = /^[A-Za-z_]\w{0,60}$/;
const longestLine = 2000;

/** Here-documents among lines of shell, prompts and all. One that is never ended is none. */
export function heredocsIn(text: string, lines: readonly Line[], from = 0, to = lines.length): Heredoc[] {
  const heredocs: Heredoc[] = [];
  const contents = lines.slice(from, to).map(({ start, indent, end }) => {
    return end - start > longestLine ? "" : text.slice(start + indent, end).trimEnd();
  });
  const lastSeen = new Map<string, number>();
  contents.forEach((content, index) => {
    if (word.test(content)) lastSeen.set(content, index);
  });
  for (let index = 0; index < contents.length; index++) {
    const [, dash = "", quote, delimiter] = openingIn(contents[index] ?? "") ?? [];
    if (delimiter === undefined || (lastSeen.get(delimiter) ?? -1) <= index) continue;
    const end = contents.indexOf(delimiter, index + 1);
    heredocs.push({ from: from + index + 1, to: from + end, indented: dash !== "", expanded: quote === "" });
    index = end;
  }
  return heredocs;
}

/** With blanks for the backslashes that the shell takes away, so that every other character stays at its offset. */
export function withoutShellEscapes(text: string, stretches: readonly { readonly start: number; readonly end: number }[]): string {
  let result = "";
  let offset = 0;
  for (const { start, end } of stretches) {
    result += text.slice(offset, start) + text.slice(start, end).replace(/\\([$`\\])/g, " $1");
    offset = end;
  }
  return result + text.slice(offset);
}

function openingIn(content: string): RegExpExecArray | null {
  return content.includes("<<") && !content.startsWith("#") ? opening.exec(content) : null;
}
