import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type FileTree, onDisk } from "./file-tree.js";
import { type IgnoreLines, isIgnoredBy, parseGitIgnore } from "./git-ignore.js";
import { kustomizationNames, listedPatches } from "./kustomization.js";
import { withSlashes } from "./path.js";

/** What a folder says about the files in and below it. */
export interface Folder {
  readonly path: string;
  /** The folder above, unless this is the root of a git repository or of the file system. */
  readonly parent: Folder | undefined;
  readonly settingsFile: string | undefined;
  readonly ignore: IgnoreLines;
  /** Absolute paths that a kustomization in this folder lists as patches. */
  readonly patches: ReadonlySet<string>;
  readonly isKustomization: boolean;
  readonly isChart: boolean;
  readonly isRepository: boolean;
}

export type Folders = (path: string) => Folder;

/** In the order of preference, should there be several. */
export const settingsNames = [".kronlint.yaml", ".kronlint.yml", ".kronlint.json"] as const;

/** Findings that are known: found upward, as settings are. */
export const baselineName = ".kronlint-baseline.json";

/** Folders that are remembered; a walk needs those on its way down. */
const remembered = 4096;

/** Looks folders up once. Paths are absolute. Charts and kustomizations are those of `tree`; all else is as it is now. */
export function createFolders(tree: FileTree = onDisk): Folders {
  const known = new Map<string, Folder>();
  const lookUp = (path: string): Folder => {
    const found = known.get(path);
    if (found) return found;
    const above = dirname(path);
    const isRepository = existsSync(join(path, ".git"));
    const folder = describe(path, isRepository || above === path ? undefined : lookUp(above), isRepository, tree);
    if (known.size >= remembered) known.clear();
    known.set(path, folder);
    return folder;
  };
  return lookUp;
}

function describe(path: string, parent: Folder | undefined, isRepository: boolean, { textOf, has }: FileTree): Folder {
  const kustomization = kustomizationNames.map((name) => textOf(join(path, name))).find((text) => text !== undefined);
  const exclude = isRepository ? (onDisk.textOf(join(path, ".git", "info", "exclude")) ?? "") : "";
  return {
    path,
    parent,
    settingsFile: settingsNames.map((name) => join(path, name)).find((file) => existsSync(file)),
    ignore: parseGitIgnore(`${exclude}\n${onDisk.textOf(join(path, ".gitignore")) ?? ""}`),
    patches: new Set(listedPatches(kustomization ?? "").map((file) => resolve(path, file))),
    isKustomization: kustomization !== undefined,
    isChart: has(join(path, "Chart.yaml")),
    isRepository,
  };
}

/** The folder and all above it, up to the root of the repository. */
export function* upward(folder: Folder): Generator<Folder, void, undefined> {
  for (let one: Folder | undefined = folder; one !== undefined; one = one.parent) yield one;
}

/** The settings that count for a folder: the nearest file alone. */
export function nearestSettings(folder: Folder): string | undefined {
  for (const { settingsFile } of upward(folder)) if (settingsFile !== undefined) return settingsFile;
  return undefined;
}

/** The nearest file of known findings. */
export function nearestBaseline(folder: Folder): string | undefined {
  for (const { path } of upward(folder)) if (existsSync(join(path, baselineName))) return join(path, baselineName);
  return undefined;
}

/** Whether git ignores an entry of the folder; files above `limit` are not asked. */
export function isGitIgnored(folder: Folder, name: string, isFolder: boolean, limit: string): boolean {
  let path = name;
  for (const one of upward(folder)) {
    const answer = one.ignore.length === 0 ? undefined : isIgnoredBy(one.ignore, path, isFolder);
    if (answer !== undefined) return answer;
    if (one.path === limit) return false;
    path = `${basename(one.path)}/${path}`;
  }
  return false;
}

/** Whether git ignores the folder itself, or one that it lies in. */
export function isInIgnoredFolder(folder: Folder): boolean {
  return [...upward(folder)].some(({ path, parent }) => parent !== undefined && isGitIgnored(parent, basename(path), true, ""));
}

/** Whether Helm renders a file of the folder though it is not called a manifest: those with an underscore only hold helpers. */
export function isOddTemplate(folder: Folder, name: string): boolean {
  if (!name.endsWith(".tpl") || name.startsWith("_")) return false;
  const chart = [...upward(folder)].find(({ isChart }) => isChart);
  return chart !== undefined && /^templates(?:\/|$)/.test(pathFrom(chart.path, folder.path));
}

/** Whether a kustomization in the file's folder or above lists it as a patch. */
export function isListedPatch(folder: Folder, path: string): boolean {
  for (const { patches } of upward(folder)) if (patches.has(path)) return true;
  return false;
}

/** The path as patterns of the settings mean it: from the folder that holds them. */
export function pathFrom(base: string, path: string): string {
  return withSlashes(relative(base, path));
}
