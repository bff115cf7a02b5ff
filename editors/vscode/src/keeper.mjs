const patience = { ends: 3, within: 180_000 };

/** Keeps one server: started when first asked for, and again when it ends on its own, unless that happens too often. */
export function createKeeper(start, { cleared, gaveUp }) {
  let current;
  let ends = [];
  const onEnd = (ended) => {
    if (current !== ended) return;
    current = undefined;
    cleared();
    const now = Date.now();
    ends = [...ends.filter((end) => now - end < patience.within), now];
    if (ends.length > patience.ends) gaveUp();
    else running();
  };
  const running = () => {
    if (current) return current;
    const mine = start(() => onEnd(mine));
    current = mine;
    mine.catch(() => onEnd(mine));
    return mine;
  };
  const stop = () => {
    const last = current;
    current = undefined;
    ends = [];
    cleared();
    last?.then((client) => client.dispose(), () => undefined);
  };
  // A server that was given up is asked for by a person, not by the next letter typed.
  return { running, stop, isWanting: () => current === undefined && ends.length <= patience.ends };
}
