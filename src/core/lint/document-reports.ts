import { serverFindings } from "../api/server-findings.js";
import { otherObjectOf } from "../model/other-object.js";
import { kindOf, workloadOf } from "../model/workload.js";
import type { Document } from "../read/document.js";
import type { ActiveRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { type Failure, meantPaths, ruleReports, serverReports } from "./findings.js";
import { withoutInvented } from "./invented-value.js";
import { byPreset } from "./levels.js";
import { forLiveJob, forLiveNeighbour } from "./live-object.js";
import { otherRuleReports } from "./neighbour.js";
import type { FileSettings } from "./settings.js";
import { withoutSuperseded } from "./supersede.js";
import { factReports, otherFactReports } from "./workspace.js";

/** Everything that is found in one object, with places for what the workspace may lead to. */
export function documentReports(document: Document, settings: FileSettings, active: ActiveRules, failures: Failure[]): readonly Report[] {
  const kind = kindOf(document);
  if (!kind) return otherReports(document, settings, active, failures);
  const answer = (): ReturnType<typeof serverFindings> => serverFindings(document, kind, settings.kubernetes);
  const findings = active.asksServer ? answer() : [];
  const meant = meantPaths(findings, active);
  const workload = workloadOf(document, meant);
  if (!workload) return [];
  const reports = [
    ...serverReports(findings, workload, { document, active, meant }),
    ...ruleReports(workload, { document, active, failures }),
  ];
  // Whether a Job can exist as it is written decides what is safe to change in it.
  const told = active.asksServer || !reports.some(({ fix }) => fix) ? findings : answer();
  const mended = forLiveJob(withoutInvented(reports), workload, told, settings);
  const audibleReports = mended.flatMap((report) => audible(report, document, settings));
  return [...withoutSuperseded(audibleReports, active), ...factReports(workload, { document, active, failures, settings })];
}

function otherReports(document: Document, settings: FileSettings, active: ActiveRules, failures: Failure[]): readonly Report[] {
  const object = otherObjectOf(document);
  if (!object) return [];
  const reports = otherRuleReports(object, { document, active, failures });
  const mended = forLiveNeighbour(withoutInvented(reports), object);
  const audibleReports = mended.flatMap((report) => audible(report, document, settings));
  return [...withoutSuperseded(audibleReports, active), ...otherFactReports(object, { document, active, settings, failures })];
}

/** A manifest in prose is an example, about which advice is only given to those who ask. */
function audible(report: Report, document: Document, settings: FileSettings): readonly Report[] {
  const severity = byPreset(report.severity, report.rule, settings);
  if (severity === undefined) return [];
  if (report.severity === "info" && document.origin === "prose" && !settings.adviceInProse) return [];
  return [{ ...report, severity }];
}
