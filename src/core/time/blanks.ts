// Unicode white space as Go's unicode.IsSpace knows it. JavaScript's \s has U+FEFF in its place of U+0085.
const blank = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const word = new RegExp(`[^${blank}]+`, "gu");
const solid = new RegExp(`[^${blank}]`, "u");
const onlyBlank = new RegExp(`^[${blank}]$`, "u");

/** A stretch of text and where it stands. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text from an offset on, at most `limit`, split as Go's strings.Fields does. */
export function wordsOf(text: string, from: number, limit: number): readonly Word[] {
  const words: Word[] = [];
  word.lastIndex = from;
  for (let match = word.exec(text); match && words.length < limit; match = word.exec(text)) {
    words.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** The number of words from an offset on. */
export function countWords(text: string, from: number): number {
  let count = 0;
  word.lastIndex = from;
  while (word.test(text)) count++;
  return count;
}

/** Where a text begins once its leading blanks are gone; its length when it is all blank. */
export function startOfText(text: string, from: number): number {
  const at = text.slice(from).search(solid);
  return at < 0 ? text.length : from + at;
}

/** Where a text ends once its trailing blanks are gone. */
export function endOfText(text: string, from: number): number {
  let end = text.length;
  while (end > from && onlyBlank.test(text.charAt(end - 1))) end--;
  return end;
}

/** A text without the blanks around it, as Go's strings.TrimSpace leaves it. */
export function trimmed(text: string): string {
  return text.slice(startOfText(text, 0), endOfText(text, 0));
}
