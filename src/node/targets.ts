import { readdirSync, readlinkSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { closest } from "../engine.js";
import {
  baselineName, type Folder, type Folders, isGitIgnored, isInIgnoredFolder, isOddTemplate, pathFrom, settingsNames,
} from "./folder.js";
import { fixedFolders, isGlob, matchesGlob, mayMatchBelow, parseGlob } from "./glob.js";
import { shower } from "./path.js";
import { createPatterns } from "./patterns.js";
import { walk, type Walked } from "./walk.js";

/** A file to be read. */
export interface Target {
  /** Absolute. */
  readonly path: string;
  /** As reports name it. */
  readonly shown: string;
  /** Given by its own name, not found in a folder or by a glob. */
  readonly named: boolean;
  /** Why it cannot even be opened. */
  readonly problem?: string;
  /** The text is piped in; the path is only what it is called. */
  readonly isStdin?: boolean;
  /** What it holds, where that is not read from anywhere. */
  readonly text?: string;
}

/** What the settings of a folder add and take away, as patterns from `base`. */
export interface Selection {
  readonly base: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface TargetOptions {
  readonly cwd: string;
  readonly folders: Folders;
  readonly selectionOf: (folder: Folder) => Selection;
  /** A file that is named counts as one that is found in its folder: what git ignores or the settings exclude is left out. */
  readonly forceExclude?: boolean;
}

export interface Targets {
  /** One message for each argument that means nothing. */
  readonly problems: readonly string[];
  readonly files: Iterable<Target>;
  /** What may be changed by a fix: files, folders, the folders of globs. Absolute. */
  readonly roots: readonly string[];
}

const manifestExtensions = new Set([".yaml", ".yml", ".json"]);
const skippedFolders = new Set([".git", "node_modules"]);
const ownNames: ReadonlySet<string> = new Set([...settingsNames, baselineName]);

/** Turns arguments into files, which are found while they are asked for. */
export function findTargets(given: readonly string[], options: TargetOptions): Targets {
  const parts = given.map((argument) => targetsOf(argument, options));
  const sources = parts.flatMap((part) => ("files" in part ? [part] : []));
  return {
    problems: parts.flatMap((part) => ("problem" in part ? [part.problem] : [])),
    files: sources.length === 1 ? (sources[0]?.files ?? []) : eachOnce(sources.map(({ files }) => files)),
    roots: sources.flatMap(({ roots }) => roots),
  };
}

type Part = { readonly files: Iterable<Target>; readonly roots: readonly string[] } | { readonly problem: string };

function targetsOf(argument: string, options: TargetOptions): Part {
  const path = resolve(options.cwd, argument);
  const kind = kindOf(path);
  if (kind === "folder") return { files: inFolder(path, shower(argument, options.cwd), options), roots: [path] };
  if (kind === "file") return { files: byName(path, shower(argument, options.cwd)(path), options), roots: [path] };
  return isGlob(argument) ? byGlob(argument, options) : { problem: missing(argument, path) };
}

function byName(path: string, shown: string, options: TargetOptions): readonly Target[] {
  const { folders, forceExclude = false } = options;
  if (!forceExclude) return [{ path, shown, named: true }];
  const [folder, name] = [dirname(path), basename(path)];
  const { includes, skips } = selector(folder, options);
  const isMeant = isManifestName(name) || isOddTemplate(folders(folder), name) || includes(folder, name);
  const isFound = isMeant && !skips(folder, name, false) && !isInIgnoredFolder(folders(folder));
  return isFound ? [{ path, shown, named: false }] : [];
}

/** What may not even be looked at counts as a file: reading it says what is wrong. */
function kindOf(path: string): "folder" | "file" | "nothing" {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "nothing";
    return stats.isDirectory() ? "folder" : "file";
  } catch (error) {
    const isElsewhere = error instanceof Error && "code" in error && error.code === "ENOTDIR";
    return isElsewhere ? "nothing" : "file";
  }
}

function missing(argument: string, path: string): string {
  const goal = linkGoal(path);
  if (goal !== undefined) return `${argument} is a link to ${goal}, which is not there`;
  const near = closest(basename(path), namesIn(dirname(path)));
  const hint = near === undefined ? "" : `; did you mean ${join(dirname(argument), near)}?`;
  return `no such file or folder: ${argument}${hint}`;
}

function linkGoal(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function* inFolder(path: string, show: (path: string) => string, options: TargetOptions): Generator<Target, void, undefined> {
  const select = selector(path, options);
  const wants = (folder: string, name: string): boolean => {
    const isMeant = isManifestName(name) || isOddTemplate(options.folders(folder), name) || select.includes(folder, name);
    return isMeant && !select.skips(folder, name, false);
  };
  for (const walked of walk(path, { wants, enters: (folder, name) => !select.skips(folder, name, true) })) {
    yield asTarget(walked, show);
  }
}

function byGlob(pattern: string, options: TargetOptions): Part {
  const slashed = process.platform === "win32" ? pattern.replaceAll("\\", "/") : pattern;
  const roots = fixedFolders(slashed).map((folder) => resolve(options.cwd, folder === "" && slashed.startsWith("/") ? "/" : folder));
  const files = matched(slashed, roots, shower(slashed, options.cwd), options)[Symbol.iterator]();
  // A glob that matches nothing is a slip, and it should be known before anything is printed.
  const first = files.next();
  if (first.done === true) return { problem: `no file matches ${pattern}; quote it if the shell is not to expand it, and mind .gitignore` };
  return { files: withFirst(first.value, files), roots };
}

function* withFirst<Item>(first: Item, rest: Iterator<Item>): Generator<Item, void, undefined> {
  yield first;
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
}

function* matched(
  pattern: string,
  roots: readonly string[],
  show: (path: string) => string,
  options: TargetOptions,
): Generator<Target, void, undefined> {
  const glob = parseGlob(resolvedPattern(options.cwd, pattern));
  for (const root of roots) {
    if (kindOf(root) !== "folder") continue;
    const { skips } = selector(root, options);
    const walked = walk(root, {
      wants: (folder, name) => matchesGlob(glob, slashed(join(folder, name))) && !skips(folder, name, false),
      enters: (folder, name) => mayMatchBelow(glob, slashed(join(folder, name))) && !skips(folder, name, true),
    });
    for (const one of walked) yield asTarget(one, show);
  }
}

function slashed(path: string): string {
  return pathFrom("/", path);
}

/** The pattern from the root of the file system; its own folders may have `..`. */
function resolvedPattern(cwd: string, pattern: string): string {
  const fixed = /^(?:[^*?[{]*\/)?/.exec(pattern)?.[0] ?? "";
  const folder = slashed(resolve(cwd, fixed)).replace(/[*?[\]{}\\]/g, "\\$&");
  return `${folder === "" ? "" : `${folder}/`}${pattern.slice(fixed.length)}`;
}

function asTarget({ path, problem }: Walked, show: (path: string) => string): Target {
  return { path, shown: show(path), named: false, ...(problem === undefined ? {} : { problem }) };
}

function isManifestName(name: string): boolean {
  return manifestExtensions.has(extname(name).toLowerCase()) && !ownNames.has(name);
}

interface Selector {
  readonly includes: (folder: string, name: string) => boolean;
  readonly skips: (folder: string, name: string, isFolder: boolean) => boolean;
}

/** Decides by .gitignore and settings, from a folder that was named on. */
function selector(start: string, { folders, selectionOf }: TargetOptions): Selector {
  const { matches } = createPatterns();
  const meant = (patterns: readonly string[], base: string, path: string): boolean => {
    if (patterns.length === 0) return false;
    const way = pathFrom(base, path);
    return patterns.some((pattern) => matches(pattern, way));
  };
  // A folder that was named although git ignores it is wanted, with what git would ignore for other reasons left out.
  const limit = isInIgnoredFolder(folders(start)) ? start : "";
  return {
    includes: (folder, name) => {
      const { include, base } = selectionOf(folders(folder));
      return meant(include, base, join(folder, name));
    },
    skips: (folder, name, isFolder) => {
      if (isFolder && skippedFolders.has(name)) return true;
      const { exclude, base } = selectionOf(folders(folder));
      const patterns = isFolder ? exclude.flatMap((one) => [one, one.replace(/\/(?:\*\*)?$/, "")]) : exclude;
      return meant(patterns, base, join(folder, name)) || isGitIgnored(folders(folder), name, isFolder, limit);
    },
  };
}

/** Every file once, though several arguments may mean it. */
function* eachOnce(lists: readonly Iterable<Target>[]): Generator<Target, void, undefined> {
  const seen = new Set<string>();
  for (const list of lists) {
    for (const target of list) {
      if (seen.has(target.path)) continue;
      seen.add(target.path);
      yield target;
    }
  }
}
