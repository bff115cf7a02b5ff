import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isWithin } from "./path.js";
import { type Reading, readTextFile } from "./read-file.js";
import { walk, type Walked, type WalkOptions } from "./walk.js";

/** Files as they lie on disk, or as they lay there once. Paths are absolute. */
export interface FileTree {
  readonly read: (path: string) => Reading;
  readonly has: (path: string) => boolean;
  /** What cannot be looked at, such as a link to itself, is none. */
  readonly isFolder: (path: string) => boolean;
  /** A text that decides about others; undefined where there is none. */
  readonly textOf: (path: string) => string | undefined;
  readonly walk: (start: string, options: WalkOptions) => Iterable<Walked>;
  /** Whether a path is in a folder, links followed. */
  readonly leadsInto: (folder: string, path: string) => boolean;
}

export const onDisk: FileTree = {
  read: readTextFile,
  has: existsSync,
  isFolder: (path) => {
    try {
      return statSync(path).isDirectory();
    } catch {
      return false;
    }
  },
  textOf: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  walk,
  leadsInto: (folder, path) => {
    try {
      return isWithin(realpathSync(folder), realpathSync(path));
    } catch {
      return false;
    }
  },
};
