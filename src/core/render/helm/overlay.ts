import type { Origin } from "./text.js";
import { type Dict, dict, type Value } from "./value.js";

/** Values over values, as Helm puts files together: mappings are merged, all else is replaced, null takes a key away. */
export function overlaid(over: Dict, under: Dict): Dict {
  const entries = new Map<string, Value>();
  const keys = new Map<string, Origin>();
  for (const name of new Set([...under.entries.keys(), ...over.entries.keys()])) {
    const [above, below] = [over.entries.get(name), under.entries.get(name)];
    const value = above?.kind === "dict" && below?.kind === "dict" ? overlaid(above, below) : (above ?? below);
    if (value === undefined || (above?.kind === "nil" && below !== undefined)) continue;
    entries.set(name, value);
    const key = (above === undefined ? under : over).keys.get(name);
    if (key) keys.set(name, key);
  }
  return dict(entries, true, keys);
}
