import { serverFindings } from "../api/server-findings.js";
import { otherObjectOf } from "../model/other-object.js";
import { kindOf, workloadOf } from "../model/workload.js";
import type { Document, ReadResult } from "../read/document.js";
import { mayTalkToUs } from "../read/outside-comments.js";
import { joined, type ReadOptions, readParts } from "../read/read.js";
import type { Source } from "../text/place.js";
import { type ActiveRules, activeRules } from "./active-rules.js";
import { byPreset } from "./levels.js";
import type { Report } from "./diagnostic.js";
import { type Failure, meantPaths, problemReports, ruleReports, serverReports } from "./findings.js";
import { withoutInvented } from "./invented-value.js";
import { otherRuleReports } from "./neighbour.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";
import { withoutSuperseded } from "./supersede.js";
import { awaited, factReports, otherFactReports, type StoredFact } from "./workspace.js";
import { suppress, type SuppressedReport } from "./suppress.js";

export interface LintInput {
  readonly rules: readonly AnyRule[];
  readonly settings: FileSettings;
  /** A kustomization lists this file among its patches: what is absent is unknown. */
  readonly kustomizePatch?: boolean;
}

/** What one source gave. */
export interface FileReport {
  readonly reports: readonly Report[];
  readonly suppressed: readonly SuppressedReport[];
  /** Jobs and CronJobs found. */
  readonly objects: number;
  /** What rules about the whole workspace remember of this source. */
  readonly facts: readonly StoredFact[];
  /** Rules that threw: our fault, never the manifest's. */
  readonly failures: readonly Failure[];
}

/** Everything kronlint has to say about one source, as places; what a surface shows is made from it. */
export function lintReports(source: Source, input: LintInput): FileReport {
  const active = activeRules(input.rules, input.settings);
  // A document that nothing suppresses is done with when it is judged.
  const keeps = mayTalkToUs(source);
  const parts: ReadResult[] = [];
  const failures: Failure[] = [];
  const ofDocuments: Report[] = [];
  let objects = 0;
  for (const part of readParts(source, readingOf(input, active))) {
    // No spread: a document may have more findings than a call takes arguments.
    for (const document of part.documents) {
      for (const report of documentReports(document, input.settings, active, failures)) ofDocuments.push(report);
    }
    objects += part.documents.filter((document) => kindOf(document) !== undefined).length;
    parts.push(keeps ? part : { ...part, documents: [] });
  }
  const content = joined(parts);
  const found = [...problemReports(content.problems, active), ...ofDocuments];
  const { kept, suppressed } = suppress(found, content, { settings: input.settings, rules: input.rules });
  const facts = [...awaited(kept, false), ...awaited(suppressed, true)];
  const reports = kept.filter(({ awaits }) => !awaits).sort(byOffset);
  return { reports, suppressed: suppressed.filter(({ awaits }) => !awaits), facts, objects, failures };
}

/** What a person named is to be read, whatever it holds. */
function readingOf({ settings, kustomizePatch }: LintInput, { reads }: ActiveRules): ReadOptions {
  return { named: settings.adviceInProse, kinds: reads, ...(kustomizePatch === true ? { kustomizePatch } : {}) };
}

function documentReports(document: Document, settings: FileSettings, active: ActiveRules, failures: Failure[]): readonly Report[] {
  const kind = kindOf(document);
  if (!kind) return otherReports(document, settings, active, failures);
  const findings = serverFindings(document, kind, settings.kubernetes);
  const meant = meantPaths(findings, active);
  const workload = workloadOf(document, meant);
  if (!workload) return [];
  const reports = [
    ...serverReports(findings, workload, { document, active, meant }),
    ...ruleReports(workload, { document, active, failures }),
  ];
  const audibleReports = withoutInvented(reports).flatMap((report) => audible(report, document, settings));
  return [...withoutSuperseded(audibleReports, active), ...factReports(workload, { document, active, failures, settings })];
}

function otherReports(document: Document, settings: FileSettings, active: ActiveRules, failures: Failure[]): readonly Report[] {
  const object = otherObjectOf(document);
  if (!object) return [];
  const reports = otherRuleReports(object, { document, active, failures });
  const audibleReports = withoutInvented(reports).flatMap((report) => audible(report, document, settings));
  return [...withoutSuperseded(audibleReports, active), ...otherFactReports(object, { document, active, settings, failures })];
}

/** A manifest in prose is an example, about which advice is only given to those who ask. */
function audible(report: Report, document: Document, settings: FileSettings): readonly Report[] {
  const severity = byPreset(report.severity, report.rule, settings);
  if (severity === undefined) return [];
  if (report.severity === "info" && document.origin === "prose" && !settings.adviceInProse) return [];
  return [{ ...report, severity }];
}

function byOffset(a: Report, b: Report): number {
  return a.place.start - b.place.start || a.place.end - b.place.end || (a.rule < b.rule ? -1 : 1);
}
