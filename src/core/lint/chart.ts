import { type Chart, type ChartInput, readChart } from "../render/helm/chart.js";
import { parseFragment } from "../read/yaml-document.js";
import type { Source } from "../text/place.js";
import { type Deployed, deployedByTemplate } from "./deployed.js";
import type { Report } from "./diagnostic.js";
import { releaseNameReports } from "./release-name.js";
import { type FileReport, type LintInput, lintReports } from "./run.js";
import { suppress } from "./suppress.js";
import { type Rendering, templateReports } from "./template.js";

/** What is found in a chart, file by file. */
export interface ChartReports {
  /** In a file of the chart, by its path from the folder of Chart.yaml. `source` may be another text than that of the chart. */
  readonly of: (path: string, source: Source, input: LintInput) => FileReport;
  /** What a template gives the cluster; nothing for a file that only takes part in it. */
  readonly deployed: (path: string, source: Source, input: LintInput) => Deployed;
  /** Files besides templates that something is found in. */
  readonly files: () => readonly string[];
}

export interface ChartLint extends Omit<ChartInput, "kubernetes"> {
  /** How a template is judged; undefined when it is not to be. */
  readonly inputOf: (path: string) => LintInput | undefined;
}

/** Judges the templates of a chart as its values render them, each once, when somebody asks. */
export function lintChart(chart: ChartLint): ChartReports {
  const run = createRun(chart);
  const changed = (path: string, source: Source): Run => {
    const known = chart.files.find((file) => file.path === path)?.source ?? chart.values?.find(({ name }) => name === source.name);
    if (known?.text === source.text) return run;
    const values = chart.values?.map((one) => (one.name === source.name ? source : one));
    const files = chart.files.map((file) => (file.path === path ? { path, source } : file));
    return createRun({ ...chart, files, ...(values ? { values } : {}) });
  };
  return {
    of: (path, source, input) => {
      const now = changed(path, source);
      return isManifest(path) ? ofTemplate(now, path, source, input) : ofOther(now, source, input);
    },
    deployed: (path, source, input) => {
      return isManifest(path) ? deployedByTemplate(source, changed(path, source).rendering(path, input)) : { objects: [], problems: [] };
    },
    files: () => {
      const names = new Set([...run.everywhere()].map(({ place }) => place.source.name));
      return [...names].filter((name) => !chart.files.some(({ path, source }) => isManifest(path) && source.name === name));
    },
  };
}

interface Run {
  /** What a template writes: the one thing that findings and commands look at. */
  readonly rendering: (path: string, input: LintInput) => Rendering;
  readonly template: (path: string) => FileReport | undefined;
  /** Findings in whatever file, of all templates. */
  readonly everywhere: () => readonly Report[];
}

/** Helm sends what such files write to the cluster; those with an underscore only hold helpers. */
function isManifest(path: string): boolean {
  return /(?:^|\/)templates\/(?:.*\/)?[^/_][^/]*\.(?:ya?ml|json)$/.test(path);
}

function createRun(chart: ChartLint): Run {
  const known = new Map<string, FileReport | undefined>();
  let read: Chart | undefined;
  const opened = ({ settings: { kubernetes } }: LintInput): Chart => (read ??= readChart({ ...chart, kubernetes }));
  const template = (path: string): FileReport | undefined => {
    if (known.has(path)) return known.get(path);
    const file = chart.files.find((one) => one.path === path);
    const input = file && chart.inputOf(path);
    const report = file && input && judged(path, file.source, input);
    known.set(path, report);
    return report;
  };
  const judged = (path: string, source: Source, input: LintInput): FileReport => {
    const report = templateReports(source, opened(input).render(path), input);
    if (chart.release !== undefined || report.objects === 0) return report;
    return withNames(report, releaseNameReports(source, (release) => opened(input).renderAs(path, release), input));
  };
  let all: readonly Report[] | undefined;
  return {
    rendering: (path, input) => opened(input).render(path),
    template,
    everywhere: () => {
      all ??= chart.files.flatMap(({ path }) => (isManifest(path) ? (template(path)?.reports ?? []) : []));
      return all;
    },
  };
}

/** A suppression of what is said about names is of use here. */
function withNames(report: FileReport, names: readonly Report[]): FileReport {
  const reports = report.reports.filter(({ rule, message }) => rule !== "unused-suppression" || !message.includes("name-too-long"));
  return { ...report, reports: [...reports, ...names] };
}

function ofTemplate(run: Run, path: string, source: Source, input: LintInput): FileReport {
  const report = run.template(path);
  if (!report) return lintReports(source, input);
  const isHere = ({ place }: Report): boolean => place.source.name === source.name;
  return { ...report, reports: eachOnce(report.reports.filter(isHere)), suppressed: eachOnce(report.suppressed.filter(isHere)) };
}

/** In a values file or a helper: what the templates that use it lead to. */
function ofOther(run: Run, source: Source, input: LintInput): FileReport {
  const found = eachOnce(run.everywhere().filter(({ place }) => place.source.name === source.name));
  if (found.length === 0) return { reports: [], suppressed: [], objects: 0, facts: [], failures: [] };
  const { reports, suppressed } = heard(found, source, input);
  return { reports, suppressed, objects: 0, facts: [], failures: [] };
}

/** Comments in a values file suppress what stands there. */
function heard(found: readonly Report[], source: Source, input: LintInput): Pick<FileReport, "reports" | "suppressed"> {
  const { text } = source;
  const parsed = text.includes("kronlint") ? parseFragment({ source, start: 0, end: text.length, text, holes: [] }) : undefined;
  if (parsed?.root?.kind !== "mapping") return { reports: found, suppressed: [] };
  const place = { source, start: 0, end: text.length };
  const { root, comments } = parsed;
  const document = { source, root, place, patch: true, origin: "manifest", template: false, comments } as const;
  const placed = found.map((report): Report => ({ ...report, place: { ...report.place, source }, document }));
  const sorted = suppress(placed, { documents: [document], problems: [], comments: [] }, { settings: input.settings, rules: input.rules });
  return { reports: sorted.kept.filter(({ rule }) => rule !== "unused-suppression"), suppressed: sorted.suppressed };
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
