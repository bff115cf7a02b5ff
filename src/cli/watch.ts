import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { createFolders, isGitIgnored } from "../node/folder.js";
import { reasonOf } from "../node/read-file.js";
import { walk } from "../node/walk.js";

/** What a run looks at. Paths are absolute. */
export interface Watched {
  /** Files and folders. */
  readonly roots: readonly string[];
  /** Reports that the run writes itself. */
  readonly ours: readonly string[];
}

export interface Watch {
  /** To be called before files are read, so that no change after that is missed. */
  readonly look: (what: Watched) => void;
}

/** Editors write a file in several steps, and git many files. */
const settled = 150;
const skipped = new Set([".git", "node_modules"]);

/** Runs again once files have changed and nothing more does. Whole folders are watched, since other files may decide about those named. */
export function createWatch(again: () => void, warn: (text: string) => void): Watch {
  const watchers = new Map<string, FSWatcher>();
  let ours: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  const changed = (path: string): void => {
    if (ours.has(path)) return;
    clearTimeout(timer);
    timer = setTimeout(again, settled);
  };
  const open = (folder: string): void => {
    try {
      const watcher = watch(folder, (_, name) => changed(join(folder, name ?? "")));
      // A folder that is gone says so by this; what is above it is watched too.
      watcher.on("error", () => watcher.close());
      watchers.set(folder, watcher);
    } catch (error) {
      warn(`kronlint: changes in ${folder} are not seen: ${reasonOf(error)}\n`);
    }
  };
  return {
    look: (what) => {
      ours = new Set(what.ours);
      const folders = new Set(what.roots.flatMap(foldersAt));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) if (!watchers.has(folder)) open(folder);
    },
  };
}

/** The folder of a file, or a folder with all below that git does not ignore. */
function foldersAt(root: string): readonly string[] {
  if (!isFolder(root)) return [dirname(root)];
  const folders = createFolders();
  const found = [root];
  const enters = (above: string, name: string): boolean => {
    const isEntered = !skipped.has(name) && !isGitIgnored(folders(above), name, true, "");
    if (isEntered) found.push(join(above, name));
    return isEntered;
  };
  // Nothing is wanted but the folders, which are noted as they are entered; what is yielded are those that cannot be listed.
  const unlisted = new Set([...walk(root, { enters, wants: () => false })].map(({ path }) => path));
  return found.filter((folder) => !unlisted.has(folder));
}

/** What is gone or cannot be looked at is none. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
