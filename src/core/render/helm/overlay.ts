import type { Origin } from "./text.js";
import { absent, type Dict, dict, type Value } from "./value.js";

/** Values over the chart's own, as Helm puts them together: mappings are merged, all else is replaced, null takes a key away. */
export function overlaid(over: Dict, under: Dict): Dict {
  return put(over, under, false);
}

/** One file of values over another: a null stays, to take away what the chart has. */
export function stacked(over: Dict, under: Dict): Dict {
  return put(over, under, true);
}

/** Values that nobody knows, and what is given besides them. */
export function opened(value: Dict): Dict {
  const entries = [...value.entries].map(([name, one]) => [name, one.kind === "dict" ? opened(one) : one] as const);
  return { ...dict(entries, true, value.keys), open: true };
}

function put(over: Dict, under: Dict, keepsNull: boolean): Dict {
  const entries = new Map<string, Value>();
  const keys = new Map<string, Origin>();
  const isOpen = over.open === true || under.open === true;
  // What lies below something unknown may be overridden.
  const names = over.open === true ? over.entries.keys() : new Set([...under.entries.keys(), ...over.entries.keys()]);
  for (const name of names) {
    const [above, below] = [over.entries.get(name), under.entries.get(name)];
    const value = above?.kind === "dict" ? merged(above, below, isOpen, keepsNull) : (above ?? below);
    if (value === undefined) continue;
    const isTaken = above?.kind === "nil" && below !== undefined;
    if (isTaken && !keepsNull && !isOpen) continue;
    entries.set(name, isTaken && isOpen ? absent : value);
    const key = (above === undefined ? under : over).keys.get(name);
    if (key) keys.set(name, key);
  }
  return isOpen ? { ...dict(entries, true, keys), open: true } : dict(entries, true, keys);
}

function merged(above: Dict, below: Value | undefined, isOpen: boolean, keepsNull: boolean): Value {
  if (below?.kind === "dict") return put(above, below, keepsNull);
  return isOpen && below === undefined ? opened(above) : above;
}
