/** A stretch of a text, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch to write over, every character but line ends by `fill`. */
export interface Mask extends Stretch {
  readonly fill: string;
}

/** The text with the stretches written over: as long as before, with the same lines. Where masks overlap, the first one wins. */
export function masked(text: string, masks: readonly Mask[]): string {
  if (masks.length === 0) return text;
  const ordered = [...masks].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let offset = 0;
  for (const { start, end, fill } of ordered) {
    const from = Math.max(start, offset);
    if (end <= from) continue;
    parts.push(text.slice(offset, from), text.slice(from, end).replace(/[^\r\n]/g, fill));
    offset = end;
  }
  parts.push(text.slice(offset));
  return parts.join("");
}
