import { overlaps } from "../text/place.js";
import { weightOf } from "./severity.js";
import type { Report } from "./diagnostic.js";
import type { AnyRule } from "./rule.js";

/**
 * One finding per mistake: where two rules speak about one cause, the one that says more stays, and carries along what
 * gave way. That the server rejects the object stays true: the sharper text takes over the higher severity.
 */
export function withoutSuperseded(reports: readonly Report[], rules: ReadonlyMap<string, AnyRule>): readonly Report[] {
  if (reports.length < 2) return reports;
  const gone = new Map<Report, Report>();
  for (const sharper of reports) {
    const rule = rules.get(sharper.rule);
    if (!rule?.supersedes && !rule?.outranks) continue;
    for (const other of reports) {
      if (other !== sharper && gone.get(sharper) !== other && !gone.has(other) && givesWay(other, sharper, rule)) gone.set(other, sharper);
    }
  }
  if (gone.size === 0) return reports;
  return reports.filter((report) => !gone.has(report)).map((report) => takingOver(report, gone));
}

function givesWay(other: Report, sharper: Report, rule: AnyRule): boolean {
  if (rule.outranks?.includes(other.rule) && other.document === sharper.document) return true;
  if (!rule.supersedes?.includes(other.rule)) return false;
  if (other.path !== undefined && sharper.path !== undefined) {
    return other.path === sharper.path && other.document === sharper.document;
  }
  return overlaps(other.place, sharper.place);
}

function takingOver(report: Report, gone: ReadonlyMap<Report, Report>): Report {
  const superseded = [...gone].filter(([, by]) => survivor(by, gone) === report).map(([one]) => one);
  if (superseded.length === 0) return report;
  const heaviest = superseded.reduce((most, { severity }) => (weightOf(severity) > weightOf(most) ? severity : most), report.severity);
  return { ...report, severity: heaviest, superseded };
}

/** Follows a chain of rules that each gave way to the next. */
function survivor(report: Report, gone: ReadonlyMap<Report, Report>): Report {
  let last = report;
  for (let steps = 0; steps < gone.size; steps++) last = gone.get(last) ?? last;
  return last;
}
