import type { Typed, TypedObject } from "./typed.js";

type PathOf = (old: string) => string;

/** A copy of a part of the tree under another path: for the items behind one that the server took out of their list. */
export function relocated(part: Typed, path: string): Typed {
  return copied(part, pathsFrom(part, path));
}

export function relocatedObject(part: TypedObject, path: string): TypedObject {
  return copiedObject(part, pathsFrom(part, path));
}

function pathsFrom(part: Typed, path: string): PathOf {
  return (old) => path + old.slice(part.path.length);
}

function copiedObject(part: TypedObject, pathOf: PathOf): TypedObject {
  return { ...part, path: pathOf(part.path), fields: copiedEntries(part.fields, pathOf) };
}

function copied(part: Typed, pathOf: PathOf): Typed {
  if (part.kind === "object") return copiedObject(part, pathOf);
  const path = pathOf(part.path);
  if (part.kind === "map") return { ...part, path, entries: copiedEntries(part.entries, pathOf) };
  if (part.kind === "list") return { ...part, path, items: part.items.map((item) => copied(item, pathOf)) };
  return { ...part, path };
}

function copiedEntries(entries: ReadonlyMap<string, Typed>, pathOf: PathOf): Map<string, Typed> {
  return new Map([...entries].map(([name, value]) => [name, copied(value, pathOf)]));
}
