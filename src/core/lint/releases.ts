import type { ChartRelease } from "../render/chart-releases.js";
import type { Report } from "./diagnostic.js";
import type { UnitFact } from "./rendered.js";
import type { FileReport } from "./run.js";

/** What is found in a file of a chart as one installation has it. */
export interface ReleaseReport {
  readonly release: ChartRelease;
  readonly report: FileReport;
}

/** What several installations of a chart have in common is said once; what only some have names them. */
export function inAllReleases(found: readonly ReleaseReport[], isTemplate: (report: Report) => boolean): FileReport {
  const shared = new Map<string, Found[]>();
  for (const { release, report } of found) {
    const own = new Set<string>();
    for (const one of report.reports) {
      const key = identity(one);
      // A loop finds the same several times.
      if (!own.has(key)) shared.set(key, [...(shared.get(key) ?? []), { release, report: one }]);
      own.add(key);
    }
  }
  const suppressed = new Map(found.flatMap(({ report }) => report.suppressed.map((one) => [identity(one), one] as const)));
  return {
    reports: [...shared.values()].flatMap((some) => asOne(some, found.length, isTemplate)),
    suppressed: [...suppressed.values()],
    objects: Math.max(0, ...found.map(({ report }) => report.objects)),
    facts: found.flatMap(({ release, report }) => report.facts.map((fact): UnitFact => ({ ...fact, unit: unitOf(release) }))),
    failures: found.flatMap(({ report }) => report.failures),
  };
}

interface Found {
  readonly release: ChartRelease;
  readonly report: Report;
}

function unitOf({ name, place: { source, start } }: ChartRelease): string {
  return `${name} ${source.name} ${String(start)}`;
}

/** Objects are called by the release's name. */
function identity({ rule, place: { source, start, end }, path = "" }: Report): string {
  return `${rule} ${source.name} ${String(start)} ${String(end)} ${path}`;
}

const loudness = { info: 0, warning: 1, error: 2 } as const;
/** Installations that are named; of many, some say enough. */
const mostNamed = 3;

function asOne(shared: readonly Found[], count: number, isTemplate: (report: Report) => boolean): readonly Report[] {
  const [loudest] = [...shared].sort((a, b) => loudness[b.report.severity] - loudness[a.report.severity]);
  if (!loudest) return [];
  const isEverywhere = shared.length >= count;
  // A suppression that one installation needs is of use.
  if (loudest.report.rule === "unused-suppression" && !isEverywhere) return [];
  const { fix, ...report } = loudest.report;
  const isMended = fix !== undefined && (isEverywhere || !isTemplate(report)) && shared.every((one) => editsOf(one) === editsOf(loudest));
  const related = count === 1 ? report.related : relatedOf(shared, isEverywhere);
  return [{ ...report, related, ...(isMended ? { fix } : {}) }];
}

/** What is mended in a template holds for all installations. */
function editsOf({ report: { fix } }: Found): string {
  return JSON.stringify(fix?.edits.map(({ at, text }) => [at.source.name, at.start, at.end, text]));
}

function relatedOf(shared: readonly Found[], isEverywhere: boolean): Report["related"] {
  const known = new Map(shared.flatMap(({ report }) => report.related.map((one) => [placeKey(one), one] as const)));
  const related = [...known.values()].slice(0, mostNamed);
  if (isEverywhere) return related;
  const isTold = ({ release, report }: Found): boolean =>
    [report.place, ...report.related.map(({ place }) => place)].some(({ source }) => source.name === release.place.source.name);
  const untold = shared.filter((one) => !isTold(one)).slice(0, mostNamed);
  return [...related, ...untold.map(({ release: { name, place } }) => ({ place, message: `so it is as ${name} installs it` }))];
}

function placeKey({ message, place: { source, start, end } }: Report["related"][number]): string {
  return `${message} ${source.name} ${String(start)} ${String(end)}`;
}
