import type { Selection } from "./targets.js";
import { pathFrom } from "./folder.js";
import type { Patterns } from "./patterns.js";

/** Whether the settings exclude a file, or a folder that it lies in. */
export function isExcluded({ base, exclude }: Selection, path: string, { matches }: Patterns): boolean {
  if (exclude.length === 0) return false;
  const parts = pathFrom(base, path).split("/");
  const ways = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return exclude.some((pattern) => {
    const ofFolder = pattern.replace(/\/(?:\*\*)?$/, "");
    return ways.some((way, index) => matches(pattern, way) || (index < ways.length - 1 && matches(ofFolder, way)));
  });
}
