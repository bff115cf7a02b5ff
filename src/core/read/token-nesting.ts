/** As much of a syntax token of `yaml` as its nesting takes. */
export interface TokenLike {
  readonly type: string;
  readonly offset: number;
  readonly source?: string;
  readonly start?: TokenLike | readonly TokenLike[];
  readonly items?: readonly ItemLike[];
  readonly value?: TokenLike | null;
  readonly end?: readonly TokenLike[];
}

interface ItemLike {
  readonly key?: TokenLike | null;
  readonly value?: TokenLike | null;
}

/** A quote or bracket that is never closed, or closed so much later (`suspect`) that it may have swallowed what follows. */
export interface OpenToken {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
  readonly suspect: boolean;
}

export interface Nesting {
  readonly levels: number;
  /** Offset of the first token on the deepest level. */
  readonly deepest: number;
  readonly unclosed: readonly OpenToken[];
}

/** How deep the tokens nest; without recursion, so that the depth cannot hurt. */
export function nestingOf(tokens: readonly TokenLike[]): Nesting {
  const unclosed: OpenToken[] = [];
  const pending: [TokenLike | null | undefined, number][] = [...tokens].reverse().map((token) => [token, 0]);
  let levels = 0;
  let deepest = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [token, level] = next;
    if (!token) continue;
    if (level > levels) [levels, deepest] = [level, token.offset];
    const open = openToken(token);
    if (open) unclosed.push(open);
    if (token.type === "document") pending.push([token.value, level + 1]);
    for (const { key, value } of [...(token.items ?? [])].reverse()) pending.push([value, level + 1], [key, level + 1]);
  }
  return { levels, deepest, unclosed };
}

function openToken({ type, offset, source = "", end = [] }: TokenLike): OpenToken | undefined {
  if (type === "flow-collection") return openBracket(offset, end);
  const mark = type === "single-quoted-scalar" ? "'" : type === "double-quoted-scalar" ? '"' : undefined;
  if (mark === undefined) return undefined;
  const closed = source.length > 1 && source.endsWith(mark);
  if (closed && !source.includes("\n")) return undefined;
  return { start: offset, end: offset + source.length, mark, suspect: closed };
}

function openBracket(offset: number, end: readonly TokenLike[]): OpenToken | undefined {
  const closed = end.some(({ type }) => type === "flow-map-end" || type === "flow-seq-end");
  return closed ? undefined : { start: offset, end: offset + 1, mark: "[", suspect: false };
}
