import { dirname } from "node:path";
import { type FileReport, type JudgedTogether, judgedTogether, type LintInput, lintReports, type Source } from "../engine.js";
import { createInstallers, mayInstall } from "./chart-values.js";
import { onDisk } from "./file-tree.js";
import { pathFrom } from "./folder.js";
import type { Judgement, Judging } from "./judging.js";
import { isExcluded } from "./left-alone.js";
import { type ChartOptions, type OpenChart, openChart, part, pathsOf, topOf } from "./open-chart.js";
import { createPatterns } from "./patterns.js";
import type { Target } from "./targets.js";

export type { ChartOptions } from "./open-chart.js";

/** Judges the files of charts as the charts render them, what installs a chart with what that leads to, and all others as before. */
export function withCharts(judging: Judging, options: ChartOptions): Judging {
  const charts = createCharts(judging, options);
  /** Charts that were asked for, not only for what installs them. */
  const asked = new Set<OpenChart>();
  /** Files and the charts that had their say about them. */
  const served = new Set<string>();
  /** Files of which nothing is wanted but what charts say. */
  const besides = new Set<string>();
  const patterns = createPatterns();
  const judgementOf = ({ path, named }: Target, alone: Judgement): Judgement => {
    const { input } = alone;
    const own = charts.around(path);
    const users = charts.using(path).filter((chart) => chart !== own);
    for (const chart of own ? [own, ...users] : users) asked.add(chart);
    const isPart = own !== undefined || users.length > 0;
    const isPlain = (text: string): boolean => !isPart && !mayInstall(text);
    const judged = (source: Source): JudgedTogether => {
      const installed = mayInstall(source.text) ? charts.installedBy(path).filter((chart) => chart !== own) : [];
      const all = [...(own ? [own] : []), ...users, ...installed];
      for (const chart of all) served.add(`${path}\n${chart.top}`);
      const plain = isPart || besides.has(path) ? [] : [(text: Source) => lintReports(text, input)];
      return judgedTogether([...plain, ...all.map((chart) => partOf(chart, path, input))]);
    };
    return {
      ...alone,
      ...(own ? { deployed: (source) => own.files().deployed(pathFrom(own.top, path), source, input, named) } : {}),
      lint: (source) => (isPlain(source.text) ? alone.lint(source) : judged(source).lint(source)),
      fix: (source, unsafe) => (isPlain(source.text) ? alone.fix(source, unsafe) : judged(source).fix(source, { unsafe })),
    };
  };
  return {
    ...judging,
    of: (target) => {
      // What Helm leaves out of a chart deploys nothing; who names it wants to know all the same.
      if (!target.named && target.isStdin !== true && charts.isLeftOut(target.path)) return undefined;
      const alone = judging.of(target);
      return alone && target.isStdin !== true ? judgementOf(target, alone) : alone;
    },
    elsewhere: () => {
      const isTold = (path: string, chart: OpenChart): boolean => served.has(`${path}\n${chart.top}`);
      const isLeftAlone = (path: string, chart: OpenChart): boolean =>
        chart.installs(path) && isExcluded(judging.selectionOf(judging.folders(dirname(path))), path, patterns);
      const files = [...asked].flatMap((chart) => {
        return pathsOf(chart, options).filter((path) => !isTold(path, chart) && !isLeftAlone(path, chart));
      });
      for (const path of files) besides.add(path);
      return [...judging.elsewhere(), ...new Set(files)];
    },
  };
}

/** The charts that have been met so far, by what a file is to them. */
interface Charts {
  /** The one that a file is a part of. */
  readonly around: (path: string) => OpenChart | undefined;
  /** It would be a part of a chart, if Helm did not ignore it. */
  readonly isLeftOut: (path: string) => boolean;
  /** Those that take values from it. */
  readonly using: (path: string) => readonly OpenChart[];
  /** Those that something in it installs. */
  readonly installedBy: (path: string) => readonly OpenChart[];
}

function createCharts({ folders, of }: Judging, options: ChartOptions): Charts {
  const { show, linted = [], tree = onDisk } = options;
  const known = new Map<string, OpenChart>();
  const installers = createInstallers({ linted, folders, show, tree });
  const judgementOf = (path: string): Judgement | undefined => of({ path, shown: show(path), named: false });
  const chartIn = (top: string): OpenChart => {
    const found = known.get(top) ?? openChart(top, options, installers, judgementOf);
    known.set(top, found);
    return found;
  };
  const chartAround = (path: string): OpenChart | undefined => {
    const top = topOf(folders(dirname(path)));
    return top === undefined ? undefined : chartIn(top);
  };
  const isPart = ({ top, ignores }: OpenChart, path: string, isIgnored: boolean): boolean =>
    part.test(pathFrom(top, path)) && ignores(pathFrom(top, path)) === isIgnored;
  return {
    around: (path) => {
      const own = chartAround(path);
      return own && (isPart(own, path, false) || own.values().has(path)) ? own : undefined;
    },
    isLeftOut: (path) => {
      const own = chartAround(path);
      return own !== undefined && isPart(own, path, true) && !own.values().has(path);
    },
    using: (path) => [...known.values()].filter((chart) => chart.values().has(path) && !chart.installs(path)),
    installedBy: (path) => {
      const tops = installers.chartsOf(path).flatMap((folder) => topOf(folders(folder)) ?? []);
      return [...new Set(tops)].map(chartIn).filter((chart) => chart.installs(path));
    },
  };
}

/** Objects of a chart meet in the cluster, whatever folder of it they are written in; those of two installations may not. */
function partOf({ top, files }: OpenChart, path: string, input: LintInput): (source: Source) => FileReport {
  return (source) => {
    const report = files().reports(pathFrom(top, path), source, input);
    const facts = report.facts.map((fact) => ({ ...fact, unit: "unit" in fact ? `${top} ${String(fact.unit)}` : top }));
    return { ...report, facts };
  };
}
