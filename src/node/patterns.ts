import { type Glob, matchesGlob, parseGlob } from "./glob.js";

/** The patterns of settings files, each parsed once. */
export interface Patterns {
  /** The path is that from the folder of the settings, with `/`. */
  readonly matches: (pattern: string, path: string) => boolean;
}

export function createPatterns(): Patterns {
  const parsed = new Map<string, Glob>();
  return {
    matches: (pattern, path) => {
      const glob = parsed.get(pattern) ?? parseGlob(anchored(pattern));
      parsed.set(pattern, glob);
      return matchesGlob(glob, path);
    },
  };
}

/** As in .gitignore, a pattern without a slash means that name in any folder. */
function anchored(pattern: string): string {
  const plain = pattern.replace(/^\.\//, "");
  return plain.includes("/") ? plain.replace(/^\//, "") : `**/${plain}`;
}
