import { type Workload, workloadOf } from "../model/workload.js";
import type { Document } from "../read/document.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { type Failure, type RuleRun, ruleReport } from "./findings.js";
import { objectName } from "./object-name.js";
import type { LintInput } from "./run.js";

/**
 * What rules find in an update that the server accepts; `run.document` is the one after. A rule that throws is named, and the
 * others still run.
 */
export function changeReports(before: Workload, after: Workload, { document, active, failures }: RuleRun): readonly Report[] {
  const object = objectName(after);
  const reports: Report[] = [];
  for (const { rule, level, context } of active.looking) {
    if (!rule.change) continue;
    try {
      for (const finding of rule.change(before, after, context)) reports.push(ruleReport(rule, level, finding, document, object));
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return reports;
}

export interface Changes {
  readonly reports: readonly Report[];
  readonly failures: readonly Failure[];
}

/** The same for two texts: objects of one kind, namespace and name are compared, in the order of the later text. */
export function changesBetween(before: Source, after: Source, input: LintInput): Changes {
  const active = activeRules(input.rules, input.settings);
  const failures: Failure[] = [];
  const former = new Map(workloadsIn(before).map(({ workload }) => [keyOf(workload), workload]));
  const reports = workloadsIn(after).flatMap(({ document, workload }) => {
    const was = former.get(keyOf(workload));
    return was ? changeReports(was, workload, { document, active, failures }) : [];
  });
  return { reports, failures };
}

interface Found {
  readonly document: Document;
  readonly workload: Workload;
}

function workloadsIn(source: Source): readonly Found[] {
  return read(source).documents.flatMap((document) => {
    const workload = workloadOf(document, new Set());
    return workload ? [{ document, workload }] : [];
  });
}

function keyOf(workload: Workload): string {
  const { kind, namespace, name } = objectName(workload);
  return JSON.stringify([kind, namespace, name]);
}
