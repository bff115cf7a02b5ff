import type { Document, ReadResult } from "../read/document.js";
import { mayTalkToUs } from "../read/outside-comments.js";
import { joined, type ReadOptions, readParts } from "../read/read.js";
import type { Source } from "../text/place.js";
import { type ActiveRules, activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { documentReports } from "./document-reports.js";
import { isManifest, isNobodysObject } from "./exported.js";
import { type Failure, problemReports } from "./findings.js";
import { type RenderedReports, reportsForFile } from "./rendered.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";
import { awaited, type StoredFact } from "./workspace.js";
import { suppress, type SuppressedReport } from "./suppress.js";

export interface LintInput {
  readonly rules: readonly AnyRule[];
  readonly settings: FileSettings;
  /** A kustomization lists this file among its patches: what is absent is unknown. */
  readonly kustomizePatch?: boolean;
  /** What is found in objects that the source is only a part of, the source being as it is given. */
  readonly rendered?: (source: Source) => RenderedReports | undefined;
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
  const rendered = input.rendered?.(source);
  const alone: Report[] = [];
  let objects = 0;
  for (const part of readParts(source, readingOf(input, active))) {
    // No spread: a document may have more findings than a call takes arguments.
    for (const document of part.documents) {
      if (isNobodysObject(document)) continue;
      const state = rendered?.stateOf(document) ?? "plain";
      const judged = state === "partial" ? { ...document, patch: true } : document;
      const into = state === "judged" ? alone : ofDocuments;
      for (const report of documentReports(judged, input.settings, active, failures)) into.push(report);
    }
    objects += part.documents.filter(isManifest).length;
    parts.push(keeps ? part : { ...part, documents: [] });
  }
  const content = joined(parts);
  if (rendered) failures.push(...rendered.failures);
  if (rendered) ofDocuments.push(...inRendered(rendered, source, content.documents, alone, active));
  const found = [...problemReports(content.problems, active), ...ofDocuments];
  const { kept, suppressed } = suppress(found, content, { settings: input.settings, rules: input.rules });
  const facts = [...awaited(kept, false), ...awaited(suppressed, true)];
  const reports = kept.filter(({ awaits }) => !awaits).sort(byOffset);
  return { reports, suppressed: suppressed.filter(({ awaits }) => !awaits), facts, objects, failures };
}

/** What is switched off for the file is not said there, whatever the overlay's settings are. */
function inRendered(
  rendered: RenderedReports,
  source: Source,
  documents: readonly Document[],
  alone: readonly Report[],
  active: ActiveRules,
): readonly Report[] {
  const reports = rendered.reportsIn(source.name).filter(({ rule }) => active.levels.has(rule));
  return reportsForFile(reports, source, documents, alone);
}

/** What a person named is to be read, whatever it holds. */
function readingOf({ settings, kustomizePatch }: LintInput, { reads }: ActiveRules): ReadOptions {
  return { named: settings.adviceInProse, kinds: reads, ...(kustomizePatch === true ? { kustomizePatch } : {}) };
}

function byOffset(a: Report, b: Report): number {
  return a.place.start - b.place.start || a.place.end - b.place.end || (a.rule < b.rule ? -1 : 1);
}
