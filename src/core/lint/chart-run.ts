import { type Chart, type ChartFile, type ChartInput, readChart } from "../render/helm/chart.js";
import type { ChartRelease } from "../render/chart-releases.js";
import type { ValuesLayer } from "../render/helm/layers.js";
import type { Source } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { brokenReports } from "./broken-chart.js";
import { releaseNameReports } from "./release-name.js";
import { inAllReleases } from "./releases.js";
import type { FileReport, LintInput } from "./run.js";
import { type Rendering, templateReports } from "./template.js";

export interface ChartLint extends Omit<ChartInput, "kubernetes"> {
  /** How a template is judged; undefined when it is not to be. */
  readonly inputOf: (path: string) => LintInput | undefined;
  /** What installs the chart: then it is judged as that does, and not with its own values alone. */
  readonly installed?: Installed;
}

export interface Installed {
  /** Texts in which objects stand that install it. */
  readonly manifests: readonly Source[];
  readonly by: (manifests: readonly Source[]) => readonly ChartRelease[];
}

export interface ReleaseRendering {
  readonly rendering: Rendering;
  /** What installs the chart so, as reports call it. */
  readonly release: string | undefined;
}

/** The templates of a chart, each judged once. */
export interface Run {
  /** What a template writes, once for each installation: the one thing that findings and commands look at. */
  readonly renderings: (path: string, input: LintInput) => readonly ReleaseRendering[];
  readonly template: (path: string) => FileReport | undefined;
  /** What keeps Helm from rendering the chart at all. */
  readonly broken: () => readonly Report[];
  /** Findings in whatever file, of all templates. */
  readonly everywhere: () => readonly Report[];
  /** Besides the chart's own files. */
  readonly sources: () => readonly Source[];
}

/**
 * Helm sends what such files write to the cluster, whatever they are called; those with an underscore only hold helpers, and so mostly
 * does a .tpl that defines some.
 */
export function isManifest({ path, source }: ChartFile): boolean {
  const ending = /(?:^|\/)templates\/(?:.*\/)?[^/_][^/]*\.(ya?ml|json|tpl)$/.exec(path)?.[1];
  return ending === "tpl" ? !/\{\{-?\s*define\s/.test(source.text) : ending !== undefined;
}

/** `instead` is what one of the files besides the chart's own has become. */
export function createRun(chart: ChartLint, instead?: Source): Run {
  let opened: readonly Installation[] | undefined;
  const installations = (): readonly Installation[] => (opened ??= installationsOf(chart, instead));
  const known = new Map<string, FileReport | undefined>();
  const template = (path: string): FileReport | undefined => {
    if (!known.has(path)) known.set(path, judged(path));
    return known.get(path);
  };
  const judged = (path: string): FileReport | undefined => {
    const file = chart.files.find((one) => one.path === path);
    const input = file && chart.inputOf(path);
    if (!input) return undefined;
    const all = installations().map(({ release, judge }) => ({ release, report: judge(path, file.source, input) }));
    const [only] = all;
    if (only && only.release === undefined) return only.report;
    return inAllReleases(all.flatMap(({ release, report }) => (release ? [{ release, report }] : [])), isOfChart);
  };
  const own = new Set(chart.files.flatMap(({ path, source }) => (path.endsWith("values.yaml") ? [] : [source.name])));
  const isOfChart = ({ place }: Report): boolean => own.has(place.source.name);
  let all: readonly Report[] | undefined;
  let unread: readonly Report[] | undefined;
  const broken = (): readonly Report[] => (unread ??= brokenReports(chart));
  return {
    renderings: (path, input) =>
      installations().map(({ release, rendering }) => ({ rendering: rendering(path, input), release: release?.name })),
    template,
    broken,
    everywhere: () =>
      (all ??= [...broken(), ...chart.files.flatMap((file) => (isManifest(file) ? (template(file.path)?.reports ?? []) : []))]),
    sources: () => {
      const files = installations().flatMap(({ release }) => release?.layers.flatMap(fileOf) ?? []);
      return [...(chart.installed?.manifests ?? []), ...files];
    },
  };
}

/** A chart with the values of one release; without one, with its own. */
interface Installation {
  readonly release: ChartRelease | undefined;
  readonly rendering: (path: string, input: LintInput) => Rendering;
  readonly judge: (path: string, template: Source, input: LintInput) => FileReport;
}

function installationsOf(chart: ChartLint, instead: Source | undefined): readonly Installation[] {
  const renewed = (source: Source): Source => (source.name === instead?.name ? instead : source);
  const { manifests, by } = chart.installed ?? { manifests: [], by: () => [] };
  const now = chart.installed ? { ...chart, installed: { by, manifests: manifests.map(renewed) } } : chart;
  const releases = by(manifests.map(renewed));
  if (releases.length === 0) return [installation(chart, againIn(now))];
  return releases.map((release) => {
    const { layers, withoutOwn, release: name, namespace } = release;
    const given = layers.map((layer): ValuesLayer => (layer.kind === "file" ? { ...layer, source: renewed(layer.source) } : layer));
    const known = { ...(name === undefined ? {} : { release: name }), ...(namespace === undefined ? {} : { namespace }) };
    return installation({ ...chart, layers: given, withoutOwn, ...known }, againIn(now, release), release);
  });
}

type AgainIn = (path: string, input: LintInput, values: Source) => Rendering;

/** What a template writes when a file that values come from is another text. */
function againIn(chart: ChartLint, release?: ChartRelease): AgainIn {
  return (path, input, values) => {
    const all = installationsOf(withSource(chart, values), values);
    return all.find((one) => one.release?.name === release?.name)?.rendering(path, input);
  };
}

/** The chart with another text for one of its files or of its values. */
export function withSource(chart: ChartLint, source: Source): ChartLint {
  const values = chart.values?.map((one) => (one.name === source.name ? source : one));
  const files = chart.files.map((file) => (file.source.name === source.name ? { ...file, source } : file));
  return { ...chart, files, ...(values ? { values } : {}) };
}

function installation(chart: ChartLint, again: AgainIn, release?: ChartRelease): Installation {
  let read: Chart | undefined;
  const opened = ({ settings: { kubernetes } }: LintInput): Chart => (read ??= readChart({ ...chart, kubernetes }));
  return {
    release,
    rendering: (path, input) => opened(input).render(path),
    judge: (path, source, input) => {
      const report = templateReports(source, opened(input).render(path), input, (values) => again(path, input, values));
      if (chart.release !== undefined || report.objects === 0) return report;
      return withNames(report, releaseNameReports(source, (name) => opened(input).renderAs(path, name), input));
    },
  };
}

function fileOf(layer: ValuesLayer): readonly Source[] {
  return layer.kind === "file" ? [layer.source] : [];
}

/** A suppression of what is said about names is of use here. */
function withNames(report: FileReport, names: readonly Report[]): FileReport {
  const reports = report.reports.filter(({ rule, message }) => rule !== "unused-suppression" || !message.includes("name-too-long"));
  return { ...report, reports: [...reports, ...names] };
}
