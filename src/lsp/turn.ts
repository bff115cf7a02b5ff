/** Lets messages in that have arrived meanwhile, such as a cancellation or a keystroke. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Says when work has gone on for so long that others should have a turn. */
export function createPatience(milliseconds: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < milliseconds) return;
    await nextTurn();
    since = performance.now();
  };
}
