/** Answers from what was worked out for the same text before, else works it out. */
export type Memo<Value> = (text: string, work: () => Value) => Value;

/**
 * Remembers what depends on a text alone: at least the `most` last asked for and at most twice as many, none of them longer than
 * 100,000 characters.
 */
export function createMemo<Value>(most: number): Memo<Value> {
  let recent = new Map<string, { readonly value: Value }>();
  let older = new Map<string, { readonly value: Value }>();
  return (text, work) => {
    const known = recent.get(text);
    if (known) return known.value;
    const found = older.get(text) ?? { value: work() };
    if (text.length > longest) return found.value;
    if (recent.size >= most) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, found);
    return found.value;
  };
}

const longest = 100_000;
