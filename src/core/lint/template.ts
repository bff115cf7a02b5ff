import type { Limit } from "../render/helm/machine.js";
import type { Rendered } from "../render/helm/rendered.js";
import type { Edit } from "../text/edit.js";
import type { Place, Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import { type Report, spanOf } from "./diagnostic.js";
import { byPreset } from "./levels.js";
import { mappedEdit, mappedPlace } from "./rendered-place.js";
import { type FileReport, type LintInput, lintReports } from "./run.js";
import type { SuppressedReport } from "./suppress.js";
import type { StoredFact } from "./workspace.js";

/** What a template of a chart writes with the chart's values; undefined for what cannot be followed. */
export type Rendering = Rendered | { readonly limit: Limit } | undefined;

/**
 * What is found in a template of a chart: as the values render it, and where they leave something out, as it is written. One that cannot
 * be rendered is judged as it is written alone. Findings may stand in values files and helpers.
 */
export function templateReports(template: Source, rendered: Rendering, input: LintInput): FileReport {
  if (rendered === undefined) return lintReports(template, input);
  if ("limit" in rendered) return limited(template, rendered.limit, input);
  const judged = lintReports(rendered.source, input);
  if (rendered.skipped.length === 0 && isReadable(judged)) return mapped(judged, rendered);
  const raw = lintReports(template, input);
  // What the reader takes for broken, it may not understand; and nothing may be lost.
  if (!isReadable(judged) || judged.objects < countedIn(raw, rendered)) return raw;
  return together(mapped(judged, rendered), raw, rendered);
}

function isReadable({ reports, suppressed }: FileReport): boolean {
  const unreadable = new Set(["yaml-syntax", "unreadable-input"]);
  return ![...reports, ...suppressed].some(({ rule, superseded }) => unreadable.has(rule) || superseded.some((one) => unreadable.has(one.rule)));
}

/** An object of the template that only stands where the values leave it out need not be rendered. */
function countedIn({ objects }: FileReport, { skipped }: Rendered): number {
  return skipped.length > 0 ? Math.min(objects, 1) : objects;
}

function mapped(judged: FileReport, rendered: Rendered): FileReport {
  return {
    ...judged,
    reports: judged.reports.map((report) => mappedReport(report, rendered)),
    suppressed: judged.suppressed.map((report): SuppressedReport => ({ ...mappedReport(report, rendered), reason: report.reason })),
    facts: judged.facts.map((fact) => mappedFact(fact, rendered)),
  };
}

function mappedReport(report: Report, rendered: Rendered): Report {
  const { place, related: besides } = mappedPlace(rendered, report.place);
  const related = [...report.related.map((one) => ({ ...one, place: mappedPlace(rendered, one.place).place })), ...besides];
  const superseded = report.superseded.map((one) => mappedReport(one, rendered));
  const edits = report.fix && mappedEdits(report.fix.edits, rendered);
  const { fix, ...rest } = report;
  return { ...rest, place, related, superseded, ...(fix && edits ? { fix: { ...fix, edits } } : {}) };
}

/** All of them, in one file; otherwise none. */
function mappedEdits(edits: readonly Edit[], rendered: Rendered): readonly Edit[] | undefined {
  const found = edits.flatMap((edit) => mappedEdit(rendered, edit) ?? []);
  const isWhole = found.length === edits.length && new Set(found.map(({ at }) => at.source)).size === 1;
  return isWhole ? found : undefined;
}

function mappedFact(fact: StoredFact, rendered: Rendered): StoredFact {
  const { place } = mappedPlace(rendered, { source: rendered.source, start: fact.at.start, end: fact.at.end });
  return { ...fact, at: { file: place.source.name, ...spanOf(place) } };
}

function together(judged: FileReport, raw: FileReport, { skipped, template }: Rendered): FileReport {
  const isSkipped = (start: number): boolean => skipped.some((span) => span.start <= start && start < span.end);
  const isLeftOut = ({ place }: Report): boolean => isSkipped(place.start);
  const complaints = new Set(raw.reports.filter(isComplaint).map(({ place }) => place.start));
  // A suppression may hold back what stands where the values leave it out.
  const kept = judged.reports.filter((report) => !isComplaint(report) || report.place.source !== template || complaints.has(report.place.start));
  return {
    reports: [...kept, ...raw.reports.filter(isLeftOut)].sort((a, b) => a.place.start - b.place.start),
    suppressed: [...judged.suppressed, ...raw.suppressed.filter(isLeftOut)],
    facts: [...judged.facts, ...raw.facts.filter(({ at }) => isSkipped(at.start))],
    objects: Math.max(judged.objects, raw.objects),
    failures: [...judged.failures, ...raw.failures],
  };
}

function isComplaint({ rule }: Report): boolean {
  return rule === "unused-suppression";
}

const reasons: Readonly<Record<Limit, string>> = {
  steps: "evaluating this template takes more than 400,000 steps",
  text: "the helpers of this template write more than 4 million characters",
  depth: "the helpers of this template include each other more than 60 levels deep",
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
