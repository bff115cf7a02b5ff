import { basename, dirname, join } from "node:path";
import { type ChartFiles, chartFiles, type FileResult, type LintInput, type Source } from "../engine.js";
import { type Folder, pathFrom, upward } from "./folder.js";
import type { Judgement, Judging } from "./judging.js";
import { readTextFile } from "./read-file.js";
import { walk } from "./walk.js";

export interface ChartOptions {
  /** Values files besides the chart's own, as absolute paths; later ones win. */
  readonly values: readonly string[];
  /** The name of the release, where it is known. */
  readonly release: string | undefined;
  /** As reports name a file. */
  readonly show: (path: string) => string;
}

/** Judges the files of charts as the charts render them, and all others as before. */
export function withCharts(judging: Judging, options: ChartOptions): Judging {
  const known = new Map<string, ChartFiles>();
  const asked = new Set<string>();
  const inputOf = (path: string): LintInput | undefined => judging.of({ path, shown: options.show(path), named: false })?.input;
  const chartAround = (path: string): { readonly top: string; readonly chart: ChartFiles } | undefined => {
    const top = topOf(judging.folders(dirname(path)));
    if (top === undefined || !isPart(pathFrom(top, path), options.values.includes(path))) return undefined;
    const chart = known.get(top) ?? chartAt(top, options, inputOf);
    known.set(top, chart);
    return { top, chart };
  };
  return {
    ...judging,
    of: (target) => {
      const judgement = judging.of(target);
      const found = target.isStdin === true || !judgement ? undefined : chartAround(target.path);
      if (found) asked.add(target.path);
      return judgement && found ? inChart(judgement, found.chart, found.top, pathFrom(found.top, target.path)) : judgement;
    },
    elsewhere: () => {
      const files = [...known].flatMap(([top, chart]) => pathsOf(top, chart, options));
      return [...judging.elsewhere(), ...files.filter((path) => !asked.has(path))];
    },
  };
}

function inChart(judgement: Judgement, chart: ChartFiles, top: string, path: string): Judgement {
  const { input } = judgement;
  return {
    ...judgement,
    lint: (source) => ofUnit(chart.lint(path, source, input), top),
    fix: (source, unsafe) => ofUnit(chart.fix(path, source, input, { unsafe }), top),
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

function isPart(path: string, isValues: boolean): boolean {
  return isValues || part.test(path);
}

/** Files that are read of one chart, and characters of one of them. */
const mostFiles = 5000;
const longestFile = 2_000_000;

function chartAt(top: string, { values, release, show }: ChartOptions, inputOf: (path: string) => LintInput | undefined): ChartFiles {
  let chart: ChartFiles | undefined;
  const read = (path: string): Source | undefined => {
    const reading = readTextFile(path);
    return reading.state === "read" && reading.text.length <= longestFile ? { name: show(path), text: reading.text } : undefined;
  };
  const opened = (): ChartFiles => {
    chart ??= chartFiles({
      files: [...partsOf(top)].flatMap((path) => {
        const source = read(join(top, path));
        return source ? [{ path, source }] : [];
      }),
      values: values.flatMap((path) => read(path) ?? []),
      ...(release === undefined ? {} : { release }),
      inputOf: (path) => inputOf(join(top, path)),
    });
    return chart;
  };
  return {
    lint: (path, source, input) => opened().lint(path, source, input),
    fix: (path, source, input, options) => opened().fix(path, source, input, options),
    files: () => opened().files(),
  };
}

function* partsOf(top: string): Generator<string, void, undefined> {
  let count = 0;
  const found = walk(top, {
    enters: (folder, name) => isInChart(pathFrom(top, join(folder, name))),
    wants: (folder, name) => name === "Chart.yaml" || isPart(pathFrom(top, join(folder, name)), false),
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
function pathsOf(top: string, chart: ChartFiles, { values, show }: ChartOptions): readonly string[] {
  const names = new Set(chart.files());
  if (names.size === 0) return [];
  return [...[...partsOf(top)].map((path) => join(top, path)), ...values].filter((path) => names.has(show(path)));
}

