import { basename, dirname } from "node:path";
import type { FileTree } from "./file-tree.js";
import type { Commit } from "./git.js";
import { kustomizationNames } from "./kustomization.js";
import { isWithin } from "./path.js";
import { type Reading, readTextFile } from "./read-file.js";
import type { Walked, WalkOptions } from "./walk.js";

/** What charts and kustomizations are told by, and what decides which files they read. */
const signs = new Set<string>([...kustomizationNames, "Chart.yaml"]);

/**
 * The files of a commit; beyond its repository, those on disk. What is `near` is read at once, and else a folder with the first file of it,
 * since git takes milliseconds to answer whatever it is asked.
 */
export function committedTree(commit: Commit, near: (path: string) => boolean): FileTree {
  const known = new Map<string, string | undefined>();
  const listed = new Set(commit.paths);
  const fetch = (paths: readonly string[]): void => {
    for (const path of paths) known.set(path, undefined);
    for (const { path, text } of commit.texts(paths)) known.set(path, text);
  };
  fetch(commit.paths.filter((path) => near(path) || signs.has(basename(path))));
  const textOf = (path: string): string | undefined => {
    if (!listed.has(path)) return undefined;
    if (!known.has(path)) fetch(commit.paths.filter((one) => !known.has(one) && isBeside(path, one)).concat(path));
    return known.get(path);
  };
  const read = (path: string): Reading => {
    const text = textOf(path);
    if (text !== undefined) return { state: "read", text };
    return isWithin(commit.top, path) ? { state: "unreadable", reason: "the commit does not have it" } : readTextFile(path);
  };
  const below = (start: string): readonly string[] => commit.paths.filter((path) => isWithin(start, path));
  const walk = (start: string, options: WalkOptions): Iterable<Walked> => walked(below(start), start, options);
  const isFolder = (path: string): boolean => commit.paths.some((one) => one !== path && isWithin(path, one));
  return { read, textOf, walk, has: (path) => listed.has(path), leadsInto: isWithin, isFolder };
}

function isBeside(path: string, other: string): boolean {
  return other !== path && dirname(other) === dirname(path) && /\.(?:ya?ml|json|tpl)$/i.test(other);
}

function* walked(paths: readonly string[], start: string, { enters, wants }: WalkOptions): Generator<Walked, void, undefined> {
  const entered = new Map<string, boolean>([[start, true]]);
  const isEntered = (folder: string): boolean => {
    const found = entered.get(folder) ?? (isEntered(dirname(folder)) && enters(dirname(folder), basename(folder)));
    entered.set(folder, found);
    return found;
  };
  for (const path of paths) if (path !== start && isEntered(dirname(path)) && wants(dirname(path), basename(path))) yield { path };
}
