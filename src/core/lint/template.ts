import type { Limit } from "../render/helm/machine.js";
import type { Rendered } from "../render/helm/rendered.js";
import type { Span } from "../render/helm/syntax.js";
import type { Place, Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import { type Report, spanOf } from "./diagnostic.js";
import { byPreset } from "./levels.js";
import { type Again, mappedReport, unquoted } from "./mapped-report.js";
import { mappedPlace } from "./rendered-place.js";
import type { AnyRule } from "./rule.js";
import { type FileReport, type LintInput, lintReports } from "./run.js";
import type { SuppressedReport } from "./suppress.js";
import type { StoredFact } from "./workspace.js";

/** What a template of a chart writes with the chart's values; undefined for what cannot be followed. */
export type Rendering = Rendered | { readonly limit: Limit } | undefined;

/**
 * What is found in a template of a chart: as the values render it, and where they leave something out, as it is written. One that cannot
 * be rendered is judged as it is written alone. Findings may stand in values files and helpers.
 */
export function templateReports(template: Source, rendered: Rendering, input: LintInput, again: Again): FileReport {
  if (rendered === undefined) return lintReports(template, input);
  if ("limit" in rendered) return limited(template, rendered.limit, input);
  const judged = lintReports(rendered.source, input);
  // What the reader takes for broken, it may not understand; and nothing may be lost.
  if (!isReadable(judged)) return lintReports(template, input);
  const report = asWritten(otherWays(mapped(judged, rendered, again), rendered, input), template, input);
  if (report.objects > 0) return report;
  const raw = lintReports(template, input);
  return raw.objects > 0 ? raw : report;
}

const known = new WeakMap<readonly AnyRule[], readonly AnyRule[]>();

/** The same list for all templates, by which more is remembered. */
function writtenRules(rules: readonly AnyRule[]): readonly AnyRule[] {
  const found = known.get(rules) ?? rules.filter((rule) => rule.asWritten === true);
  known.set(rules, found);
  return found;
}

/** Adds what rules find that look at the template itself: that something comes from a value is what they are about. */
function asWritten(report: FileReport, template: Source, input: LintInput): FileReport {
  const rules = writtenRules(input.rules);
  if (rules.length === 0) return report;
  const ids = new Set(rules.map(({ id }) => id));
  const own = lintReports(template, { ...input, rules });
  const isAsked = ({ rule }: Report): boolean => ids.has(rule);
  const suppressed = own.suppressed.filter(isAsked);
  const isUsed = ({ rule, message }: Report): boolean =>
    rule === "unused-suppression" && suppressed.some((one) => message.includes(one.rule));
  return {
    ...report,
    reports: [...report.reports.filter((one) => !isAsked(one) && !isUsed(one)), ...own.reports.filter(isAsked)],
    suppressed: [...report.suppressed.filter((one) => !isAsked(one)), ...suppressed],
  };
}

function isReadable({ reports, suppressed }: FileReport): boolean {
  const unreadable = new Set(["yaml-syntax", "unreadable-input"]);
  const isAboutReading = ({ rule }: Report): boolean => unreadable.has(rule);
  // A schedule without quotes is what Helm refuses as well, and the rest is read without it.
  const others = [...reports, ...suppressed].filter(({ rule }) => rule !== unquoted);
  return !others.some((report) => isAboutReading(report) || report.superseded.some(isAboutReading));
}

/** Adds what is found where the values do not lead. */
function otherWays(first: FileReport, rendered: Rendered, input: LintInput): FileReport {
  let all = first;
  for (const other of rendered.others()) {
    const judged = lintReports(other.source, input);
    if (isReadable(judged)) all = together(all, mapped(judged, other), other.fresh, rendered.template);
  }
  return all;
}

function mapped(judged: FileReport, rendered: Rendered, again: Again = () => undefined): FileReport {
  return {
    ...judged,
    reports: judged.reports.map((report) => mappedReport(report, rendered, again)),
    suppressed: judged.suppressed.map((report): SuppressedReport => ({ ...mappedReport(report, rendered), reason: report.reason })),
    facts: judged.facts.map((fact) => mappedFact(fact, rendered)),
  };
}

function mappedFact(fact: StoredFact, rendered: Rendered): StoredFact {
  const { place } = mappedPlace(rendered, { source: rendered.source, start: fact.at.start, end: fact.at.end });
  return { ...fact, at: { file: place.source.name, ...spanOf(place) } };
}

function together(first: FileReport, other: FileReport, fresh: readonly Span[], template: Source): FileReport {
  const isFresh = (start: number): boolean => fresh.some((span) => span.start <= start && start < span.end);
  const isAdded = ({ place }: Report): boolean => place.source === template && isFresh(place.start);
  const complaints = new Set(other.reports.filter(isComplaint).map(({ place }) => place.start));
  // What holds back a finding in one way is of use.
  const isSilenced = ({ place }: Report): boolean => place.source === template && !complaints.has(place.start);
  const kept = first.reports.filter((report) => !isComplaint(report) || !isSilenced(report));
  return {
    reports: [...kept, ...other.reports.filter(isAdded)],
    suppressed: [...first.suppressed, ...other.suppressed.filter(isAdded)],
    facts: [...first.facts, ...other.facts.filter(({ at }) => at.file === template.name && isFresh(at.start))],
    objects: Math.max(first.objects, other.objects),
    failures: [...first.failures, ...other.failures],
  };
}

function isComplaint({ rule }: Report): boolean {
  return rule === "unused-suppression";
}

const reasons: Readonly<Record<Limit, string>> = {
  steps: "evaluating this template takes more than 400,000 steps",
  text: "this template makes texts of more than 4 million characters",
  depth: "the helpers of this template include each other more than 60 levels deep",
  nesting: "the actions of this template stand in each other too deeply to be followed",
};

function limited(template: Source, limit: Limit, input: LintInput): FileReport {
  const raw = lintReports(template, input);
  const { levels } = activeRules(input.rules, input.settings);
  const level = levels.get("evaluation-limit");
  const severity = level && byPreset(level, "evaluation-limit", input.settings);
  if (!severity) return raw;
  const message = `${reasons[limit]}, so it is judged as it is written, without values; lint what helm template prints as well`;
  const place: Place = { source: template, start: 0, end: Math.max(0, template.text.search(/\r?\n|$/)) };
  const report: Report = { rule: "evaluation-limit", severity, message, place, related: [], superseded: [] };
  return { ...raw, reports: [report, ...raw.reports] };
}
