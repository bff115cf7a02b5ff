import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ChartRelease, chartReleases, type Deployment, deploymentsIn, matchesPath, type Source } from "../engine.js";
import type { FileTree } from "./file-tree.js";
import { type Folders, isGitIgnored, pathFrom, upward } from "./folder.js";
import { kustomizationNames } from "./kustomization.js";
import { isWithin } from "./path.js";
import { deliverySign } from "./project.js";

/** What installs one chart, by objects of Argo CD and Flux in the same tree. */
export interface Installations {
  /** The texts that those objects stand in, named as reports do. */
  readonly manifests: readonly Source[];
  readonly by: (manifests: readonly Source[]) => readonly ChartRelease[];
  /** The files of `manifests`, and values files that they name. Absolute. */
  readonly files: () => ReadonlySet<string>;
}

export interface Installers {
  /** Of the chart in a folder; undefined where nothing installs it. */
  readonly of: (folder: string) => Installations | undefined;
  /** The folders of charts that a manifest has a part in installing. Absolute. */
  readonly chartsOf: (path: string) => readonly string[];
}

export interface InstallerOptions {
  /** Folders that are linted whole. */
  readonly linted: readonly string[];
  readonly folders: Folders;
  /** As reports name a file. */
  readonly show: (path: string) => string;
  readonly tree: FileTree;
}

/** Whether a text may hold what installs a chart. */
export function mayInstall(text: string): boolean {
  return text.includes("argoproj.io/") || text.includes("helm.toolkit.fluxcd.io/");
}

/** Looks through the repository around, or the folders that are linted, and only when it is first asked. */
export function createInstallers(options: InstallerOptions): Installers {
  const grounds = new Map<string, Ground>();
  const groundOf = (folder: string): Ground => {
    const repository = [...upward(options.folders(folder))].find(({ isRepository }) => isRepository)?.path;
    const top = repository ?? options.linted.find((one) => isWithin(one, folder)) ?? folder;
    const ground = grounds.get(top) ?? groundAt(top, options);
    grounds.set(top, ground);
    return ground;
  };
  return {
    of: (folder) => {
      const ground = groundOf(folder);
      const installs = ground.manifests.filter(({ deployments }) => deployments.some((one) => isAt(one, pathFrom(ground.top, folder))));
      return installs.length === 0 ? undefined : installations(folder, installs, ground, options);
    },
    chartsOf: (path) => {
      const ground = groundOf(join(path, ".."));
      const own = ground.manifests.find((one) => one.path === path)?.deployments ?? [];
      const named = own.filter((one) => one.path === undefined).map(({ kind, name }) => `${kind} ${name ?? ""}`);
      const all = ground.manifests.flatMap(({ deployments }) => deployments);
      const bases = all.filter(({ kind, name }) => named.includes(`${kind} ${name ?? ""}`));
      const paths = new Set([...own, ...bases].flatMap((one) => one.path ?? []));
      const folders = new Set([...paths].flatMap((one) => foldersLike(ground.top, one)));
      return [...folders].filter((folder) => options.tree.has(join(folder, "Chart.yaml")));
    },
  };
}

interface Manifest {
  readonly path: string;
  readonly source: Source;
  readonly deployments: readonly Deployment[];
}

interface Ground {
  readonly top: string;
  readonly manifests: readonly Manifest[];
  /** Texts of kustomizations that mention such objects. */
  readonly kustomizations: readonly string[];
}

/** Files that are looked at, and characters of one. */
const mostFiles = 10_000;
const longest = 500_000;
const skipped = new Set([".git", "node_modules"]);

function groundAt(top: string, { folders, show, tree }: InstallerOptions): Ground {
  const names: readonly string[] = kustomizationNames;
  const manifests: Manifest[] = [];
  const kustomizations: string[] = [];
  let count = 0;
  const found = tree.walk(top, {
    enters: (above, name) => !skipped.has(name) && !isGitIgnored(folders(above), name, true, ""),
    wants: (folder, name) => (/\.ya?ml$/.test(name) || names.includes(name)) && !isGitIgnored(folders(folder), name, false, ""),
  });
  for (const { path, problem } of found) {
    if (problem !== undefined) continue;
    if (++count > mostFiles) break;
    const text = tree.textOf(path);
    if (text === undefined || text.length > longest) continue;
    if (names.some((name) => path.endsWith(name)) && /\bkind:.*(?:HelmRelease|Application)/.test(text)) kustomizations.push(text);
    if (!mayInstall(text) || deliverySign(text.replace(/^\ufeff/, "")) === undefined) continue;
    const source = readSource(path, tree, show);
    const deployments = source ? deploymentsIn(source) : [];
    if (source && deployments.length > 0) manifests.push({ path, source, deployments });
  }
  return { top, manifests, kustomizations };
}

function isAt({ path, without }: Deployment, folder: string): boolean {
  return path !== undefined && matchesPath(path, folder) && !without.some((one) => matchesPath(one, folder));
}

function installations(folder: string, own: readonly Manifest[], ground: Ground, { show, tree }: InstallerOptions): Installations {
  const { top, manifests, kustomizations } = ground;
  const names = new Set(own.flatMap(({ deployments }) => deployments.map(({ name }) => name)));
  const isPart = ({ path, name }: Deployment): boolean => path === undefined && names.has(name);
  const parts = manifests.filter((one) => !own.includes(one) && one.deployments.some(isPart));
  const all = [...own, ...parts];
  const files = new Map<string, Source | undefined>();
  const read = (path: string): Source | undefined => {
    const absolute = join(top, path);
    if (!files.has(absolute)) files.set(absolute, tree.leadsInto(top, absolute) ? readSource(absolute, tree, show) : undefined);
    return files.get(absolute);
  };
  const by = (sources: readonly Source[]): readonly ChartRelease[] =>
    chartReleases(sources, { folder: pathFrom(top, folder), read, kustomizations });
  const sources = all.map(({ source }) => source);
  let used: ReadonlySet<string> | undefined;
  const usedFiles = (): ReadonlySet<string> => {
    by(sources);
    return new Set([...all.map(({ path }) => path), ...[...files].flatMap(([path, source]) => (source ? [path] : []))]);
  };
  return { manifests: sources, by, files: () => (used ??= usedFiles()) };
}

function readSource(path: string, tree: FileTree, show: (path: string) => string): Source | undefined {
  const reading = tree.read(path);
  return reading.state === "read" ? { name: show(path), text: reading.text } : undefined;
}

/** Folders below that a path means, which may hold `*`. */
function foldersLike(top: string, path: string): readonly string[] {
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.includes("..")) return [];
  return steps.reduce<readonly string[]>((folders, step) => {
    if (!step.includes("*")) return folders.map((folder) => join(folder, step));
    return folders.flatMap((folder) => folderNames(folder).flatMap((name) => (matchesPath(step, name) ? [join(folder, name)] : [])));
  }, [top]);
}

function folderNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}
