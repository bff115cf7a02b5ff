import type { Level } from "#rule";

type Mapping = NonNullable<Level["mapping"]>;
type Node = Mapping["entries"][number]["value"];

/** Characters of a value that is compared; what is larger is compared with nothing. */
const longest = 20_000;

/** Names of containers, and how much they may use, do not change what is done. */
const indifferent = new Set(["name", "resources", "imagePullPolicy", "terminationMessagePath", "terminationMessagePolicy"]);

/**
 * A short text that two pod specs share when they do the same, whatever the order of keys, quotes and layout, and however their containers
 * are called. Undefined when something in it is a template's, or it is too large.
 */
export function fingerprint(podSpec: Mapping): string | undefined {
  const room: Room = { left: longest, parts: [] };
  return write(podSpec, room, false) ? shortened(room.parts.join("")) : undefined;
}

interface Room {
  left: number;
  readonly parts: string[];
}

/** False when it cannot be said. */
function write(node: Node, room: Room, isContainer: boolean): boolean {
  if (node.kind === "unknown") return false;
  if (node.kind === "scalar") return put(JSON.stringify(node.text.trim()), room);
  if (node.open) return false;
  if (node.kind === "sequence") return put("[", room) && node.items.every((item) => write(item, room, isContainer)) && put("]", room);
  const entries = [...valuesOf(node)].filter(([key]) => !isContainer || !indifferent.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  put("{", room);
  const all = entries.every(([key, value]) => put(`${key}:`, room) && write(value, room, key === "containers" || key === "initContainers"));
  return all && put("}", room);
}

/** The value of each key that counts: the last one written, before what comes by a merge key. */
function valuesOf({ entries }: Mapping): ReadonlyMap<string, Node> {
  const merged = entries.filter((entry) => entry.merged === true);
  const written = entries.filter((entry) => entry.merged !== true);
  return new Map([...merged.toReversed(), ...written].map(({ key, value }) => [key.text, value]));
}

function put(text: string, room: Room): boolean {
  room.left -= text.length;
  room.parts.push(text);
  return room.left >= 0;
}

/** Two FNV-1a sums and the length: facts are kept small, and a collision among a few thousand is out of reach. */
function shortened(text: string): string {
  let one = 0x811c9dc5;
  let two = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code ^ index, 0x85ebca6b);
  }
  return `${String(text.length)}-${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`;
}
