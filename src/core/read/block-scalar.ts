import type { Line } from "./text-lines.js";

/** The longest header a block scalar can have after its indicator, with the comment stripped: `|2-`. */
const header = /(?:^|[\s:\-?])[|>][-+0-9]{0,2}$/;
const afterComment = /\s#/;
const longestLine = 2000;

/**
 * The column a block scalar's lines must exceed, if this line opens one (`run: |`, `- >-`). Looks at the end of the line
 * alone, so a plain scalar that ends in ` |` is taken for one: whoever asks only wants to keep out of scripts.
 */
export function blockScalarOwner(text: string, line: Line): number | undefined {
  if (line.blank || line.end - line.start > longestLine) return undefined;
  const content = withoutComment(text.slice(line.start + line.indent, line.end)).trimEnd();
  if (content.startsWith("#") || !header.test(content)) return undefined;
  return line.indent + ownerColumn(content);
}

/** How far right of its line's indentation the owner stands: behind every `- ` but one that holds the scalar itself. */
function ownerColumn(content: string): number {
  let column = 0;
  let dash = 0;
  while (content.startsWith("- ", column)) {
    dash = column;
    column += 2;
    while (content[column] === " ") column++;
  }
  return content[column] === "|" || content[column] === ">" ? dash : column;
}

function withoutComment(content: string): string {
  const at = content.search(afterComment);
  return at < 0 ? content : content.slice(0, at);
}

/** Whether a line belongs to the block scalar of an owner at this column. */
export function insideBlockScalar(owner: number | undefined, line: Line): owner is number {
  return owner !== undefined && (line.blank || line.indent > owner);
}
