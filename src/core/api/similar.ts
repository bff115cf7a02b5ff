const longest = 48;

/** Edits from one text to the other, counting a swap of neighbours as one; at most `limit`, beyond it `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? limit + 1;
}

/** The same name but for case, hyphens and underscores. */
export function sameButForCase(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined;
  const plain = name.toLowerCase().replace(/[-_]/g, "");
  for (const candidate of candidates) if (candidate.toLowerCase() === plain) return candidate;
  return undefined;
}

/** The candidate that a slip of the fingers would turn into this name, if one is near enough. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length < 3 || name.length > longest) return undefined;
  const limit = name.length < 5 ? 1 : name.length < 12 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const cost = distance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (cost < least) [best, least] = [candidate, cost];
  }
  return best;
}
