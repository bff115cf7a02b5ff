/** Where the JSON value ends that begins with a bracket at `start`; undefined where nothing closes it. */
export function closedAt(text: string, start: number): number | undefined {
  const tokens = /"(?:[^"\\]|\\[^])*"|[{[]|[}\]]/g;
  tokens.lastIndex = start;
  let depth = 0;
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [token] = found;
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth === 0) return tokens.lastIndex;
  }
  return undefined;
}
