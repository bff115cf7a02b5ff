import type { ChartFile } from "../render/helm/chart.js";
import type { Source } from "../text/place.js";
import { type ChartLint, createRun, isManifest, type Run } from "./chart-run.js";
import { type Deployed, deployedByTemplate, deployedInTurn, deployedTogether } from "./deployed.js";
import type { Report } from "./diagnostic.js";
import { heard, heardInInstaller } from "./heard.js";
import { type FileReport, type LintInput, lintReports } from "./run.js";

/** What is found in a chart, file by file. */
export interface ChartReports {
  /** In a file of the chart, by its path from the folder of Chart.yaml. `source` may be another text than that of the chart. */
  readonly of: (path: string, source: Source, input: LintInput) => FileReport;
  /** What a template gives the cluster. A file that only takes part in it gives nothing, but all that the chart does when it is named. */
  readonly deployed: (path: string, source: Source, input: LintInput, isNamed: boolean) => Deployed;
  /** Files besides templates that something is found in. */
  readonly files: () => readonly string[];
}

/** Judges the templates of a chart as its values render them, each once, when somebody asks. */
export function lintChart(chart: ChartLint): ChartReports {
  const run = createRun(chart);
  const isOwn = (path: string): boolean => chart.files.some((file) => file.path === path);
  const changed = (path: string, source: Source): Run => {
    const known = chart.files.find((file) => file.path === path)?.source ?? chart.values?.find(({ name }) => name === source.name);
    if (known?.text === source.text) return run;
    if (!known && !run.sources().some(({ name, text }) => name === source.name && text !== source.text)) return run;
    const values = chart.values?.map((one) => (one.name === source.name ? source : one));
    const files = chart.files.map((file) => (file.path === path ? { path, source } : file));
    return createRun({ ...chart, files, ...(values ? { values } : {}) }, source);
  };
  return {
    of: (path, source, input) => {
      const now = changed(path, source);
      if (chart.installed?.manifests.some(({ name }) => name === source.name)) return ofOther(now, source, input, heardInInstaller);
      return isManifest({ path, source }) ? ofTemplate(now, path, source, input) : ofOther(now, source, input);
    },
    deployed: (path, source, input, isNamed) => {
      const now = changed(path, source);
      if (isManifest({ path, source }) && isOwn(path)) return ofReleases(now, { path, source }, input);
      const templates = isNamed ? chart.files.filter(isManifest) : [];
      return deployedInTurn(templates.map((file) => ofReleases(now, file, input)));
    },
    files: () => {
      const names = new Set([...run.everywhere()].map(({ place }) => place.source.name));
      return [...names].filter((name) => !chart.files.some((file) => isManifest(file) && file.source.name === name));
    },
  };
}

function ofReleases(run: Run, { path, source }: ChartFile, input: LintInput): Deployed {
  const all = run.renderings(path, input);
  return deployedTogether(all.map(({ rendering, release }) => deployedByTemplate(source, rendering, all.length > 1 ? release : undefined)));
}

function ofTemplate(run: Run, path: string, source: Source, input: LintInput): FileReport {
  const report = run.template(path) ?? lintReports(source, input);
  const isHere = ({ place }: Report): boolean => place.source.name === source.name;
  const reports = [...run.broken(), ...report.reports].filter(isHere);
  return { ...report, reports: eachOnce(reports), suppressed: eachOnce(report.suppressed.filter(isHere)) };
}

/** In a values file or a helper: what the templates that use it lead to. */
function ofOther(run: Run, source: Source, input: LintInput, hear = heard): FileReport {
  const found = eachOnce(run.everywhere().filter(({ place }) => place.source.name === source.name));
  if (found.length === 0) return { reports: [], suppressed: [], objects: 0, facts: [], failures: [] };
  return { ...hear(found, source, input), objects: 0, facts: [], failures: [] };
}

/** A loop writes the same again and again, and so do helpers. */
function eachOnce<One extends Report>(reports: readonly One[]): readonly One[] {
  const seen = new Set<string>();
  const ordered = [...reports].sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end || (a.rule < b.rule ? -1 : 1));
  return ordered.filter(({ rule, place: { start, end } }) => {
    const key = `${rule} ${String(start)} ${String(end)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
