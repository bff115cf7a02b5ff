import { type Spot, spotOf, type Typed, type TypedObject } from "../typed.js";
import { isSame } from "./same.js";

/** Where the new object first differs from the live one: the smallest part that the new manifest shows. */
export function firstDifference(live: Typed | undefined, now: Typed): Spot {
  if (live?.kind === "object" && now.kind === "object") return inObjects(live, now);
  if (live?.kind === "list" && now.kind === "list") {
    for (const [index, item] of now.items.entries()) {
      const other = live.items[index];
      if (isSame(other, item) === false) return firstDifference(other, item);
    }
  }
  if (live?.kind === "map" && now.kind === "map") {
    for (const [key, value] of now.entries) if (isSame(live.entries.get(key), value) === false) return value;
  }
  return now;
}

function inObjects(live: TypedObject, now: TypedObject): Spot {
  for (const [name, value] of now.fields) {
    if (isSame(live.fields.get(name), value) === false) return firstDifference(live.fields.get(name), value);
  }
  for (const name of live.fields.keys()) {
    if (!now.fields.has(name)) return spotOf(now, name);
  }
  return now;
}
