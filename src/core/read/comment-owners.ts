import type { Comment } from "./document.js";
import type { Wrapped } from "./unwrap.js";

/**
 * Which object each comment of a document belongs to, by index: all to the only one; among items of a List one beside or inside an
 * item to it, one on a line of its own between two items to the second.
 */
export function ownedBy(objects: readonly Wrapped[], comments: readonly Comment[]): Comment[][] {
  const owned = objects.map((): Comment[] => []);
  let current = -1;
  for (const comment of comments) {
    while (startOf(objects[current + 1]) <= comment.place.start) current++;
    const end = objects[current]?.root.place.end ?? 0;
    const below = comment.own && comment.place.start >= end;
    const owner = objects.length === 1 ? 0 : below ? current + 1 : current;
    owned[owner]?.push(comment);
  }
  return owned;
}

function startOf(object: Wrapped | undefined): number {
  return object ? object.root.place.start : Infinity;
}
