import { basename, dirname, join, resolve } from "node:path";
import { type ChartFile, type ChartFiles, chartFiles, type FileResult, type Source } from "../engine.js";
import { type FileTree, onDisk } from "./file-tree.js";
import { type Folder, pathFrom, upward } from "./folder.js";
import type { Judgement, Judging } from "./judging.js";

export interface ChartOptions {
  /** Values files besides the chart's own, as absolute paths; later ones win. */
  readonly values: readonly string[];
  /** The name of the release, where it is known. */
  readonly release: string | undefined;
  /** As reports name a file. */
  readonly show: (path: string) => string;
  /** Where the files lie, if not on disk. */
  readonly tree?: FileTree;
}

/** Judges the files of charts as the charts render them, and all others as before. */
export function withCharts(judging: Judging, options: ChartOptions): Judging {
  const known = new Map<string, OpenChart>();
  const asked = new Set<string>();
  const judgementOf = (path: string): Judgement | undefined => judging.of({ path, shown: options.show(path), named: false });
  const chartIn = (top: string): OpenChart => {
    const found = known.get(top) ?? openChart(top, options, judgementOf);
    known.set(top, found);
    return found;
  };
  const chartAround = (path: string): OpenChart | undefined => {
    const top = topOf(judging.folders(dirname(path)));
    const own = top === undefined ? undefined : chartIn(top);
    if (own && (part.test(pathFrom(own.top, path)) || own.values().includes(path))) return own;
    return [...known.values()].find((chart) => chart.values().includes(path));
  };
  return {
    ...judging,
    of: (target) => {
      const judgement = judging.of(target);
      const found = target.isStdin === true || !judgement ? undefined : chartAround(target.path);
      if (found) asked.add(target.path);
      return judgement && found ? inChart(judgement, found, pathFrom(found.top, target.path)) : judgement;
    },
    elsewhere: () => {
      const files = [...known.values()].flatMap((chart) => pathsOf(chart, options));
      return [...judging.elsewhere(), ...new Set(files.filter((path) => !asked.has(path)))];
    },
  };
}

/** A chart, whose files are read when the first of them is judged. */
interface OpenChart {
  readonly top: string;
  readonly files: () => ChartFiles;
  /** Values files besides its own. Absolute. */
  readonly values: () => readonly string[];
}

function inChart(judgement: Judgement, { top, files }: OpenChart, path: string): Judgement {
  const { input } = judgement;
  return {
    ...judgement,
    deployed: (source) => files().deployed(path, source, input),
    lint: (source) => ofUnit(files().lint(path, source, input), top),
    fix: (source, unsafe) => ofUnit(files().fix(path, source, input, { unsafe }), top),
  };
}

/** Objects of a chart meet in the cluster, whatever folder of it they are written in. */
function ofUnit<Result extends FileResult>(result: Result, unit: string): Result {
  return result.facts.length === 0 ? result : { ...result, facts: result.facts.map((fact) => ({ ...fact, unit })) };
}

/** The chart that a folder belongs to, through all charts that it is a part of. */
function topOf(folder: Folder): string | undefined {
  let top: Folder | undefined;
  for (const one of upward(folder)) {
    if (!one.isChart) continue;
    if (top && basename(dirname(top.path)) !== "charts") break;
    if (top && dirname(dirname(top.path)) !== one.path) break;
    top = one;
  }
  return top?.path;
}

const part = /^(?:charts\/[^/]+\/)*(?:templates\/.+\.(?:ya?ml|json|tpl)|values\.yaml)$/;

/** Files that are read of one chart, and characters of one of them. */
const mostFiles = 5000;
const longestFile = 2_000_000;

function openChart(top: string, options: ChartOptions, judgementOf: (path: string) => Judgement | undefined): OpenChart {
  const { show, tree = onDisk } = options;
  const judgement = judgementOf(join(top, "Chart.yaml"));
  const { values: listed = [], ...said } = judgement?.settings.helm ?? {};
  const release = options.release ?? said.release;
  const base = judgement?.settingsFile === undefined ? top : dirname(judgement.settingsFile);
  // Settings of a tree may not make us print files from elsewhere.
  const values = [...listed.map((name) => resolve(base, name)).filter((path) => tree.leadsInto(base, path)), ...options.values];
  const read = (path: string): Source | undefined => {
    const reading = tree.read(path);
    return reading.state === "read" && reading.text.length <= longestFile ? { name: show(path), text: reading.text } : undefined;
  };
  const readPart = (path: string): readonly ChartFile[] => {
    const source = read(join(top, path));
    return source ? [{ path, source }] : [];
  };
  let opened: ChartFiles | undefined;
  const files = (): ChartFiles => {
    opened ??= chartFiles({
      files: [...partsOf(top, tree)].flatMap(readPart),
      values: values.flatMap((path) => read(path) ?? []),
      ...(release === undefined ? {} : { release }),
      inputOf: (path) => judgementOf(join(top, path))?.input,
    });
    return opened;
  };
  return { top, files, values: () => values };
}

function* partsOf(top: string, tree: FileTree): Generator<string, void, undefined> {
  let count = 0;
  const found = tree.walk(top, {
    enters: (folder, name) => isInChart(pathFrom(top, join(folder, name))),
    wants: (folder, name) => name === "Chart.yaml" || part.test(pathFrom(top, join(folder, name))),
  });
  for (const { path, problem } of found) {
    if (problem !== undefined) continue;
    if (++count > mostFiles) return;
    yield pathFrom(top, path);
  }
}

function isInChart(folder: string): boolean {
  return /^(?:charts\/[^/]+\/)*(?:charts(?:\/[^/]+)?|templates(?:\/.*)?)$/.test(folder);
}

/** Findings stand in values files and helpers too, whether they were asked for or not. */
function pathsOf({ top, files, values }: OpenChart, { show, tree = onDisk }: ChartOptions): readonly string[] {
  const names = new Set(files().files());
  if (names.size === 0) return [];
  return [...[...partsOf(top, tree)].map((path) => join(top, path)), ...values()].filter((path) => names.has(show(path)));
}
