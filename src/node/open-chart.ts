import { basename, dirname, join, resolve } from "node:path";
import { type ChartFile, type ChartFiles, chartFiles } from "../engine.js";
import type { Installers } from "./chart-values.js";
import { type FileTree, onDisk } from "./file-tree.js";
import { type Folder, pathFrom, upward } from "./folder.js";
import { helmIgnore, type HelmIgnore } from "./helm-ignore.js";
import type { Judgement } from "./judging.js";

export interface ChartOptions {
  /** Values files besides the chart's own, as absolute paths; later ones win. */
  readonly values: readonly string[];
  /** The name of the release, where it is known. */
  readonly release: string | undefined;
  /** As reports name a file. */
  readonly show: (path: string) => string;
  /** Folders that are linted whole, in which to look for what installs a chart. Absolute. */
  readonly linted?: readonly string[];
  /** Where the files lie, if not on disk. */
  readonly tree?: FileTree;
}

/** A chart, whose files are read when the first of them is judged. */
export interface OpenChart {
  readonly top: string;
  readonly files: () => ChartFiles;
  /** Files besides its own that give it values. Absolute. */
  readonly values: () => ReadonlySet<string>;
  /** Whether it is installed by something in a file. */
  readonly installs: (path: string) => boolean;
  /** Helm leaves the file out, by its path from `top`: it is no part of the chart. */
  readonly ignores: HelmIgnore;
}

/** The chart that a folder belongs to, through all charts that it is a part of. */
export function topOf(folder: Folder): string | undefined {
  let top: Folder | undefined;
  for (const one of upward(folder)) {
    if (!one.isChart) continue;
    if (top && basename(dirname(top.path)) !== "charts") break;
    if (top && dirname(dirname(top.path)) !== one.path) break;
    top = one;
  }
  return top?.path;
}

/** Files of a chart that have a part in what it writes. */
export const part = /^(?:charts\/[^/]+\/)*(?:templates\/.+\.(?:ya?ml|json|tpl)|values\.yaml)$/;

/** Files that are read of one chart, and characters of one of them. */
const mostFiles = 5000;
const longestFile = 2_000_000;

export function openChart(
  top: string,
  options: ChartOptions,
  installers: Installers,
  judgementOf: (path: string) => Judgement | undefined,
): OpenChart {
  const { show, tree = onDisk } = options;
  const judgement = judgementOf(join(top, "Chart.yaml"));
  const { values: listed = [], ...said } = judgement?.settings.helm ?? {};
  const release = options.release ?? said.release;
  const base = judgement?.settingsFile === undefined ? top : dirname(judgement.settingsFile);
  // Settings of a tree may not make us print files from elsewhere.
  const values = [...listed.map((name) => resolve(base, name)).filter((path) => tree.leadsInto(base, path)), ...options.values];
  // Who says what to judge is believed.
  const rules = once(() => helmIgnore(tree.textOf(join(top, ".helmignore"))));
  const ignores = (path: string): boolean => rules()(path);
  const found = once(() => (values.length > 0 || release !== undefined ? undefined : installers.of(top)));
  const files = once(() => {
    const installed = found();
    return chartFiles({
      files: [...partsOf({ top, ignores }, tree)].flatMap((path) => readPart(path, join(top, path), options)),
      values: values.flatMap((path) => readPart("", path, options).map(({ source }) => source)),
      ...(release === undefined ? {} : { release }),
      ...(installed ? { installed } : {}),
      inputOf: (path) => judgementOf(join(top, path))?.input,
    });
  });
  const all = once(() => new Set([...values, ...(found()?.files() ?? [])]));
  return { top, files, values: all, ignores, installs: (path) => found()?.manifests.some(({ name }) => name === show(path)) ?? false };
}

function once<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}

function readPart(path: string, absolute: string, { show, tree = onDisk }: ChartOptions): readonly ChartFile[] {
  const reading = tree.read(absolute);
  if (reading.state !== "read" || reading.text.length > longestFile) return [];
  return [{ path, source: { name: show(absolute), text: reading.text } }];
}

function* partsOf({ top, ignores }: Pick<OpenChart, "top" | "ignores">, tree: FileTree): Generator<string, void, undefined> {
  let count = 0;
  const found = tree.walk(top, {
    enters: (folder, name) => isInChart(pathFrom(top, join(folder, name))),
    wants: (folder, name) => name === "Chart.yaml" || part.test(pathFrom(top, join(folder, name))),
  });
  for (const { path, problem } of found) {
    if (problem !== undefined || ignores(pathFrom(top, path))) continue;
    if (++count > mostFiles) return;
    yield pathFrom(top, path);
  }
}

function isInChart(folder: string): boolean {
  return /^(?:charts\/[^/]+\/)*(?:charts(?:\/[^/]+)?|templates(?:\/.*)?)$/.test(folder);
}

/** Findings stand in values files and helpers too, whether they were asked for or not. */
export function pathsOf(chart: OpenChart, { show, tree = onDisk }: ChartOptions): readonly string[] {
  const names = new Set(chart.files().files());
  if (names.size === 0) return [];
  return [...[...partsOf(chart, tree)].map((path) => join(chart.top, path)), ...chart.values()].filter((path) => names.has(show(path)));
}
