import { dirname, join } from "node:path";
import {
  type AnyRule,
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
import { type Folder, type Folders, isGitIgnored, pathFrom, upward } from "./folder.js";
import { kustomizationNames } from "./kustomization.js";
import { isWithin } from "./path.js";
import { readTextFile } from "./read-file.js";
import { walk } from "./walk.js";

/** What Kustomize makes of the files around those that are linted. */
export interface Overlays {
  /** How the findings of a file come from what it is built into; undefined where no kustomization is around. */
  readonly around: (path: string) => ((source: Source) => RenderedReports | undefined) | undefined;
  /** Files that nobody asked about, which a linted folder builds upon, with findings in them. */
  readonly elsewhere: () => readonly string[];
  /** The outermost kustomizations that a file is built into. Absolute. */
  readonly builtInto: (path: string) => readonly string[];
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
  return {
    around: (path) => {
      const ground = groundOf(path);
      return ground && ((source) => (source.name === options.show(path) ? ground.rendered(path, source) : undefined));
    },
    elsewhere: () => {
      for (const folder of options.linted) groundOf(join(folder, "kustomization.yaml"));
      return [...grounds.values()].flatMap((ground) => ground.elsewhere());
    },
    builtInto: (path) => groundOf(path)?.builtInto(path) ?? [],
  };
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
}

/** An outermost kustomization and the files that were read for it, as paths from the top. */
interface Root {
  readonly folder: string;
  readonly unit: RenderedUnit;
  readonly files: ReadonlySet<string>;
}

function createGround({ top, search }: Area, options: OverlaysOptions): Ground {
  const tree = createTree(top, options.show);
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
      const changed = createTree(top, options.show, { ...tree, read: (one) => (one === file ? source : tree.read(one)) });
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
    builtInto: (path) => {
      const file = pathFrom(top, path);
      return rootsOf(file).flatMap(({ folder, files }) => (files.has(file) ? [join(top, folder)] : []));
    },
  };
}

/** Files are read once, kustomizations are looked for under all their names. */
function createTree(top: string, show: (path: string) => string, files?: Pick<KustomizeTree, "read">): KustomizeTree {
  const known = new Map<string, Source | undefined>();
  const fresh = (path: string): Source | undefined => {
    if (known.has(path)) return known.get(path);
    const reading = readTextFile(join(top, path));
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

function rootsBelow(search: string, top: string, tree: KustomizeTree, { folders }: OverlaysOptions): readonly string[] {
  let entered = 0;
  const names: readonly string[] = kustomizationNames;
  const walked = walk(search, {
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

function rootAt(folder: string, top: string, tree: KustomizeTree, { inputOf, rules, show }: OverlaysOptions): Root | undefined {
  const files = new Set<string>();
  const noted: Pick<KustomizeTree, "read"> = {
    read: (path) => {
      const source = tree.read(path);
      if (source) files.add(path);
      return source;
    },
  };
  const overlay = overlayAt(folder, createTree(top, show, noted), rules.flatMap(({ reads = [] }) => reads));
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
