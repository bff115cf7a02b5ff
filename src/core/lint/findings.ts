import type { ApiFinding } from "../api/decode.js";
import { jobOfWorkload, type Workload } from "../model/workload.js";
import type { Document, Problem } from "../read/document.js";
import type { ActiveRules, LookingRule } from "./active-rules.js";
import { type ObjectName, placeOf, type Report } from "./diagnostic.js";
import { objectName } from "./object-name.js";
import { findingSeverity } from "./levels.js";
import { withoutSuperseded } from "./supersede.js";
import { unquotedSchedule } from "./unquoted-schedule.js";
import { changesSomething } from "./fix.js";
import { moveFix } from "./move-fix.js";
import { pathAt } from "./path-at.js";
import type { AnyRule, Finding, Severity } from "./rule.js";

/** A rule that threw. */
export interface Failure {
  readonly rule: string;
  readonly error: unknown;
}

/** What the reader could not read, as far as its rule is switched on. */
export function problemReports(problems: readonly Problem[], active: ActiveRules): readonly Report[] {
  const reports = problems.flatMap((problem) => {
    const sharper = unquotedSchedule(problem);
    return [problem, ...(sharper ? [{ ...problem, ...sharper }] : [])].flatMap((one) => problemReport(one, active));
  });
  return withoutSuperseded(reports, active);
}

type NamedProblem = Omit<Problem, "rule"> & { readonly rule: string };

function problemReport({ rule, place, message, fix }: NamedProblem, active: ActiveRules): readonly Report[] {
  const severity = active.levels.get(rule);
  if (!severity) return [];
  return [{ rule, severity, message, place, related: [], superseded: [], ...(fix ? { fix: { ...fix, safe: true } } : {}) }];
}

/** Where the author meant to write what stands at another level or under another name, as far as that is said. */
export function meantPaths(findings: readonly ApiFinding[], { byId }: ActiveRules): ReadonlySet<string> {
  return new Set(findings.flatMap(({ rule, meant }) => (byId.has(rule) ? (meant ?? []) : [])));
}

export interface ServerRun {
  readonly document: Document;
  readonly active: ActiveRules;
  readonly meant: ReadonlySet<string>;
}

/** What the API server would say about the structure. That a field is missing which stands elsewhere is the same mistake. */
export function serverReports(findings: readonly ApiFinding[], workload: Workload, run: ServerRun): readonly Report[] {
  const object = objectName(workload);
  const told = findings.filter(({ rule, field }) => rule !== "field-required" || !run.meant.has(field));
  const reports = told.flatMap((finding) => apiReport(finding, run.active, run.document, object));
  return withoutWeaker(reports);
}

/** That a field is refused or lost counts for more than what the server warns of where it is not. */
function withoutWeaker(reports: readonly Report[]): readonly Report[] {
  const isWarning = ({ rule }: Report): boolean => rule === "server-warning";
  if (!reports.some(isWarning)) return reports;
  const told = new Set(reports.filter((report) => !isWarning(report)).flatMap((report) => [report.path, placeKey(report)]));
  return reports.filter((report) => !isWarning(report) || !(told.has(report.path) || told.has(placeKey(report))));
}

function placeKey({ place: { start, end } }: Report): string {
  return `${String(start)}-${String(end)}`;
}

function apiReport(finding: ApiFinding, active: ActiveRules, document: Document, object: ObjectName): readonly Report[] {
  const rule = active.byId.get(finding.rule);
  const level = active.levels.get(finding.rule);
  if (!rule || !level) return [];
  const fix = finding.fix ?? (finding.move && moveFix(finding.move, finding.field));
  return [
    {
      rule: rule.id,
      severity: findingSeverity(rule, finding.severity, level),
      message: finding.message,
      place: finding.at,
      path: finding.field,
      object,
      document,
      related: finding.related ?? [],
      superseded: [],
      ...(finding.outcome === "rejected" && finding.versions && finding.rule !== "field-too-new" ? { rejectedBy: finding.versions } : {}),
      ...(fix ? { fix } : {}),
    },
  ];
}

export interface RuleRun {
  readonly document: Document;
  readonly active: ActiveRules;
  /** Receives the rules that threw. */
  readonly failures: Failure[];
}

/**
 * What the rules find in one object: each subject goes to the method that asks for it. A rule that throws is named, and the others
 * still run.
 */
export function ruleReports(workload: Workload, run: RuleRun): readonly Report[] {
  const { cronJob, job: ofJob, podTemplate, container: ofContainer } = run.active.asking;
  const job = jobOfWorkload(workload);
  const object = objectName(workload);
  const reports: Report[] = [];
  const ask = (all: readonly LookingRule[], find: (looking: LookingRule) => Iterable<Finding> | undefined): void => {
    for (const looking of all) heard(looking, find, run, object, reports);
  };
  if (workload.kind === "CronJob") ask(cronJob, ({ rule, context }) => rule.cronJob?.(workload, context));
  ask(ofJob, ({ rule, context }) => rule.job?.(job, context));
  ask(podTemplate, ({ rule, context }) => rule.podTemplate?.(job.pod, context));
  for (const container of job.pod.written) ask(ofContainer, ({ rule, context }) => rule.container?.(container, context));
  return reports.length > 1 ? withoutRepeats(reports) : reports;
}

/** A container that is written once and used twice, through an anchor, has its faults once. */
function withoutRepeats(reports: readonly Report[]): readonly Report[] {
  const seen = new Set<string>();
  return reports.filter((report) => {
    const key = `${report.rule} ${placeKey(report)} ${report.message}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function heard(
  looking: LookingRule,
  find: (looking: LookingRule) => Iterable<Finding> | undefined,
  { document, failures }: RuleRun,
  object: ObjectName,
  reports: Report[],
): void {
  const { rule, level } = looking;
  try {
    for (const finding of find(looking) ?? []) reports.push(ruleReport(rule, level, finding, document, object));
  } catch (error) {
    // Once for a file, though it has several containers.
    if (!failures.some((known) => known.rule === rule.id)) failures.push({ rule: rule.id, error });
  }
}

/** A finding of a rule as it goes on. */
export function ruleReport(rule: AnyRule, level: Severity, finding: Finding, document: Document, object: ObjectName): Report {
  const path = "path" in finding.at ? finding.at.path : pathAt(document.root, finding.at);
  return {
    rule: rule.id,
    severity: findingSeverity(rule, finding.severity, level),
    message: finding.message,
    place: placeOf(finding.at),
    object,
    document,
    related: (finding.related ?? []).map(({ at, message }) => ({ place: placeOf(at), message })),
    superseded: [],
    path,
    ...(finding.fix && changesSomething(finding.fix.edits) ? { fix: finding.fix } : {}),
  };
}
