import { dirname, join } from "node:path";
import {
  type AnyRule,
  type Deployed,
  type DeployedObject,
  deployedBy,
  deployedByUnits,
  kustomizationAt,
  type KustomizeTree,
  type LintInput,
  outermost,
  overlayAt,
  type RenderedReports,
  renderedReports,
  type RenderedUnit,
  type Source,
} from "../engine.js";
import { type FileTree, onDisk } from "./file-tree.js";
import { type Folder, type Folders, isGitIgnored, pathFrom, upward } from "./folder.js";
import { kustomizationNames } from "./kustomization.js";
import { isWithin } from "./path.js";

/** What Kustomize makes of the files around those that are linted. */
export interface Overlays {
  /** How the findings of a file come from what it is built into; undefined where no kustomization is around. */
  readonly around: (path: string) => ((source: Source) => RenderedReports | undefined) | undefined;
  /** Files that nobody asked about, which a linted folder builds upon, with findings in them. */
  readonly elsewhere: () => readonly string[];
  /** The outermost kustomizations that a file is built into. Absolute. */
  readonly builtInto: (path: string) => readonly string[];
  /** What they make of what a file gives; undefined where there are none. */
  readonly deployed: (path: string, source: Source, written: Deployed) => Deployed | undefined;
  /** The objects of all those that are linted whole. */
  readonly allDeployed: () => readonly DeployedObject[];
}

export interface OverlaysOptions {
  readonly rules: readonly AnyRule[];
  readonly folders: Folders;
  /** Folders that are linted whole. */
  readonly linted: readonly string[];
  /** Where the person stands. Outside of a repository, files below are read. */
  readonly cwd: string | undefined;
  /** As reports name a file. */
  readonly show: (path: string) => string;
  /** Where the files lie, if not on disk. */
  readonly tree?: FileTree;
  /** Undefined when the settings for a file are broken. */
  readonly inputOf: (path: string) => LintInput | undefined;
}

export function createOverlays(options: OverlaysOptions): Overlays {
  const grounds = new Map<string, Ground>();
  const groundOf = (path: string): Ground | undefined => {
    const area = areaAround(options.folders(dirname(path)), options);
    if (area === undefined) return undefined;
    const key = `${area.top}\n${area.search}`;
    const ground = grounds.get(key) ?? createGround(area, options);
    grounds.set(key, ground);
    return ground;
  };
  const lookAround = (): void => {
    for (const folder of options.linted) groundOf(join(folder, "kustomization.yaml"));
  };
  return {
    around: (path) => {
      const ground = groundOf(path);
      return ground && ((source) => (source.name === options.show(path) ? ground.rendered(path, source) : undefined));
    },
    elsewhere: () => {
      lookAround();
      return [...grounds.values()].flatMap((ground) => ground.elsewhere());
    },
    builtInto: (path) => groundOf(path)?.builtInto(path) ?? [],
    deployed: (path, source, written) => groundOf(path)?.deployed(path, source, written),
    allDeployed: () => {
      lookAround();
      return [...grounds.values()].flatMap((ground) => ground.allDeployed());
    },
  };
}

function unitsOf(roots: readonly Root[]): readonly RenderedUnit[] {
  return roots.map(({ unit }) => unit);
}

interface Area {
  /** Files below are read. */
  readonly top: string;
  /** Kustomizations below are known. */
  readonly search: string;
}

/** Where kustomizations of a folder, and those that build upon them, can lie; undefined where there are none above. */
function areaAround(folder: Folder, { linted, cwd }: OverlaysOptions): Area | undefined {
  const above = [...upward(folder)];
  const outermostFolder = above.findLast(({ isKustomization }) => isKustomization)?.path;
  if (outermostFolder === undefined) return undefined;
  const repository = above.find(({ isRepository }) => isRepository)?.path;
  if (repository !== undefined) return { top: repository, search: repository };
  const search = linted.find((one) => one !== folder.path && isWithin(one, folder.path)) ?? dirname(outermostFolder);
  return { top: cwd !== undefined && isWithin(cwd, search) ? cwd : search, search };
}

interface Ground {
  readonly rendered: (path: string, source: Source) => RenderedReports | undefined;
  readonly elsewhere: () => readonly string[];
  readonly builtInto: (path: string) => readonly string[];
  readonly deployed: (path: string, source: Source, written: Deployed) => Deployed | undefined;
  readonly allDeployed: () => readonly DeployedObject[];
}

/** An outermost kustomization and the files that were read for it, as paths from the top. */
interface Root {
  readonly folder: string;
  readonly unit: RenderedUnit;
  readonly files: ReadonlySet<string>;
}

function createGround({ top, search }: Area, options: OverlaysOptions): Ground {
  const tree = createTree(top, options);
  const folders = rootsBelow(search, top, tree, options);
  const isAsked = (folder: string): boolean => options.linted.some((one) => isWithin(one, join(top, folder)));
  const built = (chosen: readonly string[]): readonly Root[] => chosen.flatMap((folder) => rootAt(folder, top, tree, options) ?? []);
  const asked = built(folders.filter(isAsked));
  let others: readonly Root[] | undefined;
  const seen = new Set<string>();
  const rootsOf = (file: string): readonly Root[] => {
    if (asked.some(({ files }) => files.has(file))) return asked;
    others ??= built(folders.filter((folder) => !isAsked(folder)));
    return others.some(({ files }) => files.has(file)) ? others : [];
  };
  const rootsWith = (file: string): readonly Root[] => rootsOf(file).filter(({ files }) => files.has(file));
  const reports = new Map<readonly Root[], RenderedReports>();
  const reportsOf = (roots: readonly Root[]): RenderedReports => {
    const known = reports.get(roots);
    const found = known ?? renderedReports(roots.map(({ unit }) => unit), options.rules);
    // Faults of ours are told once.
    if (!known) reports.set(roots, { ...found, failures: [] });
    return found;
  };
  return {
    rendered: (path, source) => {
      const file = pathFrom(top, path);
      const roots = rootsOf(file);
      if (roots.length === 0) return undefined;
      seen.add(file);
      if (tree.read(file)?.text === source.text) return reportsOf(roots);
      const changed = createTree(top, options, { ...tree, read: (one) => (one === file ? source : tree.read(one)) });
      const mended = roots.flatMap((root) => (root.files.has(file) ? (rootAt(root.folder, top, changed, options) ?? []) : []));
      return renderedReports(mended.map(({ unit }) => unit), options.rules);
    },
    elsewhere: () => {
      if (asked.length === 0) return [];
      const found = new Set(reportsOf(asked).files);
      const unseen = new Set(asked.flatMap((root) => [...root.files].filter((file) => !seen.has(file))));
      const files = [...unseen].map((file) => join(top, file));
      return files.filter((path) => found.has(options.show(path)) && !options.linted.some((one) => isWithin(one, path)));
    },
    builtInto: (path) => rootsWith(pathFrom(top, path)).map(({ folder }) => join(top, folder)),
    deployed: (path, source, written) => {
      const file = pathFrom(top, path);
      const roots = tree.read(file)?.text === source.text ? rootsWith(file) : [];
      return roots.length === 0 ? undefined : deployedByUnits(source, written, unitsOf(roots));
    },
    allDeployed: () => deployedBy(unitsOf(asked)),
  };
}

/** Files are read once, kustomizations are looked for under all their names. */
function createTree(top: string, { show, tree = onDisk }: OverlaysOptions, files?: Pick<KustomizeTree, "read">): KustomizeTree {
  const known = new Map<string, Source | undefined>();
  const fresh = (path: string): Source | undefined => {
    if (known.has(path)) return known.get(path);
    const reading = tree.read(join(top, path));
    const source = reading.state === "read" ? { name: show(join(top, path)), text: reading.text } : undefined;
    known.set(path, source);
    return source;
  };
  const read = files?.read ?? fresh;
  const within = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);
  return {
    read,
    kustomizationIn: (folder) => {
      for (const name of kustomizationNames) {
        const found = read(within(folder, name));
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** Folders that are entered in search of kustomizations. */
const mostFolders = 20_000;
const skipped = new Set([".git", "node_modules"]);

function rootsBelow(search: string, top: string, tree: KustomizeTree, options: OverlaysOptions): readonly string[] {
  const { folders, tree: files = onDisk } = options;
  let entered = 0;
  const names: readonly string[] = kustomizationNames;
  const walked = files.walk(search, {
    enters: (folder, name) => !skipped.has(name) && ++entered <= mostFolders && !isGitIgnored(folders(folder), name, true, ""),
    wants: (_, name) => names.includes(name),
  });
  const found = [...walked].flatMap(({ path, problem }) => {
    const folder = pathFrom(top, dirname(path));
    const source = problem === undefined ? tree.kustomizationIn(folder) : undefined;
    return (source && kustomizationAt(folder, source)) ?? [];
  });
  return outermost(found);
}

function rootAt(folder: string, top: string, tree: KustomizeTree, options: OverlaysOptions): Root | undefined {
  const { inputOf, rules, show } = options;
  const files = new Set<string>();
  const noted: Pick<KustomizeTree, "read"> = {
    read: (path) => {
      const source = tree.read(path);
      if (source) files.add(path);
      return source;
    },
  };
  const overlay = overlayAt(folder, createTree(top, options, noted), rules.flatMap(({ reads = [] }) => reads));
  const input = overlay && inputOf(join(top, folder, "kustomization.yaml"));
  if (!overlay || !input) return undefined;
  const { kustomization, resources, removed, around } = overlay;
  const objects = [
    ...resources.map(({ document, root, opaque, patches }) => ({ written: document, root: opaque ? ("unknown" as const) : root, patches })),
    ...removed.map((document) => ({ written: document, root: "removed" as const, patches: [] })),
  ];
  const place = { source: kustomization, start: 0, end: Math.max(kustomization.text.search(/[\r\n]|$/), 0) };
  return { folder, files, unit: { name: show(join(top, folder)), settings: input.settings, objects, place, around } };
}
