const quoted: Readonly<Record<string, RegExp>> = { '"': /"(?:[^"\\]|\\[^])*"/y, "'": /'(?:[^']|'')*'/y };
const marker = /^(?:---|\.\.\.)(?=\s|$)/m;

/**
 * The same text with what the brackets and quotes that begin at `starts` enclose on one line, character for character as long. Undefined
 * where nothing closes the first of them.
 */
export function joinedLines(text: string, starts: readonly number[]): string | undefined {
  const pieces: string[] = [];
  let done = 0;
  for (const start of starts) {
    if (start < done) continue;
    const end = closedBy(text, start);
    const inside = end === undefined ? undefined : text.slice(start, end);
    if (end === undefined || inside === undefined || marker.test(inside)) break;
    pieces.push(text.slice(done, start), withoutComments(inside).replace(/[\r\n]/g, " "));
    done = end;
  }
  return done === 0 ? undefined : `${pieces.join("")}${text.slice(done)}`;
}

/** Where the bracket or quote that begins at `start` ends; quotes and comments inside are stepped over. */
export function closedBy(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const skipped = stepOver(text, at, start);
    if (skipped === undefined) return undefined;
    if (skipped > at) at = skipped - 1;
    else if ("[{".includes(text.charAt(at))) depth++;
    else if ("]}".includes(text.charAt(at))) depth--;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** Behind a quote or a comment that begins here; else `at`. Undefined for a quote that is never closed. */
function stepOver(text: string, at: number, start: number): number | undefined {
  const character = text.charAt(at);
  const quote = quoted[character];
  if (quote && (at === start || /[[{,:\s]/.test(text.charAt(at - 1)))) {
    quote.lastIndex = at;
    return quote.test(text) ? quote.lastIndex : undefined;
  }
  if (character !== "#" || !/\s/.test(text.charAt(at - 1))) return at;
  const lineEnd = text.indexOf("\n", at);
  return lineEnd < 0 ? text.length : lineEnd;
}

function withoutComments(text: string): string {
  let joined = "";
  for (let at = 0; at < text.length; at++) {
    const next = stepOver(text, at, 0) ?? at;
    if (next <= at) joined += text.charAt(at);
    else joined += text.charAt(at) === "#" ? " ".repeat(next - at) : text.slice(at, next);
    at = Math.max(at, next - 1);
  }
  return joined;
}
