import type { OtherObject } from "../model/other-object.js";
import type { Workload } from "../model/workload.js";
import type { Document } from "../read/document.js";
import type { ActiveRules, LookingRule } from "./active-rules.js";
import type { WorkspaceContext } from "./context.js";
import { type Diagnostic, placeOf, type Report, ruleUrl, spanOf } from "./diagnostic.js";
import type { Failure } from "./findings.js";
import { createFingerprints, type Identity } from "./fingerprint.js";
import { byPreset, findingSeverity } from "./levels.js";
import { objectName } from "./object-name.js";
import type { AnyRule, Fact, FactAt, Severity, WorkspaceFinding } from "./rule.js";
import type { FileSettings } from "./settings.js";

/**
 * What a rule about the whole workspace remembers of one object: plain data, so that it outlives the text it came from and could
 * travel between workers.
 */
export interface StoredFact extends Fact {
  readonly rule: string;
  /** How loud a finding of each own severity is there. */
  readonly severities: Readonly<Partial<Record<Severity, Severity>>>;
  readonly context: WorkspaceContext;
  /** A finding here is suppressed. */
  readonly suppressed: boolean;
}

export interface FactRun {
  readonly document: Document;
  readonly active: ActiveRules;
  readonly settings: FileSettings;
  /** Receives the rules that threw. */
  readonly failures: Failure[];
}

/** Placeholders for findings that the workspace may lead to; they go through suppression like findings. */
export function factReports(workload: Workload, run: FactRun): readonly Report[] {
  return reportsOf(workload, run, run.active.asking.facts, ({ rule, context }) => rule.facts?.(workload, context));
}

/** The same for an object of a kind that is read only because rules ask for it. */
export function otherFactReports(object: OtherObject, run: FactRun): readonly Report[] {
  const asked = run.active.asking.otherFacts.filter(({ rule: { reads = [] } }) => reads.includes(object.kind));
  return reportsOf(object, run, asked, ({ rule, context }) => rule.otherFacts?.(object, context));
}

type FactsOf = (looking: LookingRule) => Iterable<FactAt<unknown>> | undefined;

function reportsOf(subject: Workload | OtherObject, run: FactRun, asked: readonly LookingRule[], factsOf: FactsOf): readonly Report[] {
  const { document, settings, failures } = run;
  // Manifests in prose are examples, and a patch is no object of its own.
  if (document.origin === "prose" || document.patch) return [];
  const object = objectName(subject);
  const reports: Report[] = [];
  for (const looking of asked) {
    const { rule, level } = looking;
    try {
      for (const { at, data } of factsOf(looking) ?? []) {
        const place = placeOf(at);
        const { severities, context } = lastingOf(looking, settings);
        // Spans are spread first, which engines do quickly: an object has a dozen facts.
        const span = { ...spanOf(place), file: place.source.name };
        const awaits = { rule: rule.id, object, severities, context, data, at: span, suppressed: false };
        reports.push({ rule: rule.id, severity: level, message: "", place, object, document, related: [], superseded: [], awaits });
      }
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return reports;
}

type Lasting = Pick<StoredFact, "severities" | "context">;

const lasting = new WeakMap<LookingRule, Lasting>();

/** What of a rule and its context outlives a document; the same for all documents that are judged alike. */
function lastingOf(looking: LookingRule, settings: FileSettings): Lasting {
  const found = lasting.get(looking);
  if (found) return found;
  const { rule, level, context: { now, kubernetes, delivery, timeZone, options } } = looking;
  const made = { severities: severitiesOf(rule, level, settings), context: { now, kubernetes, delivery, timeZone, options } };
  lasting.set(looking, made);
  return made;
}

function severitiesOf(rule: AnyRule, level: Severity, settings: FileSettings): StoredFact["severities"] {
  const all: readonly Severity[] = ["error", "warning", "info"];
  return Object.fromEntries(
    all.flatMap((own) => {
      const heard = byPreset(findingSeverity(rule, own, level), rule.id, settings);
      return heard === undefined ? [] : [[own, heard] as const];
    }),
  );
}

/** The facts that placeholders stand for. */
export function awaited(reports: readonly Report[], suppressed: boolean): readonly StoredFact[] {
  return reports.flatMap(({ awaits }) => (awaits ? [suppressed ? { ...awaits, suppressed } : awaits] : []));
}

/** Facts of one unit, within which objects meet: a folder, a chart, an overlay. */
export interface Unit {
  readonly facts: readonly StoredFact[];
}

/** What the rules find when they see all objects of each unit. A rule that throws is named, and the others still run. */
export function workspaceDiagnostics(units: Iterable<Unit>, rules: readonly AnyRule[], failures: Failure[]): readonly Diagnostic[] {
  const judging = rules.filter((rule) => rule.workspace !== undefined);
  const found: Diagnostic[] = [];
  for (const { facts } of units) {
    for (const rule of judging) {
      const own = withoutCopies(facts.filter((fact) => fact.rule === rule.id));
      try {
        found.push(...judged(rule, own));
      } catch (error) {
        failures.push({ rule: rule.id, error });
      }
    }
  }
  return found.sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}

function judged(rule: AnyRule, facts: readonly StoredFact[]): readonly Diagnostic[] {
  const [first] = facts;
  if (!first || !rule.workspace) return [];
  const stored = new Map<Fact, StoredFact>(facts.map((fact) => [fact, fact]));
  const fingerprintOf = createFingerprints();
  return [...rule.workspace(facts, first.context)].flatMap((finding) => diagnostic(rule, finding, stored, fingerprintOf));
}

/** The same object twice in a folder is two variants of it, of which a cluster has one. */
function withoutCopies(facts: readonly StoredFact[]): readonly StoredFact[] {
  const owners = new Map<string, string>();
  return facts.filter(({ object: { kind, namespace, name }, at }) => {
    if (name === undefined) return true;
    const key = JSON.stringify([kind, namespace, name]);
    const owner = owners.get(key) ?? at.file;
    owners.set(key, owner);
    return owner === at.file;
  });
}

function diagnostic(
  rule: AnyRule,
  { fact, message, ...finding }: WorkspaceFinding,
  stored: ReadonlyMap<Fact, StoredFact>,
  fingerprintOf: (identity: Identity) => string,
): readonly Diagnostic[] {
  const { at, object, severities, suppressed } = stored.get(fact) ?? {};
  const severity = severities?.[finding.severity ?? rule.severity];
  if (!at || !object || severity === undefined || suppressed === true) return [];
  const related = (finding.related ?? []).map(({ fact: other, message: said }) => ({ ...other.at, message: said }));
  const fingerprint = fingerprintOf({ rule: rule.id, object });
  return [{ ...at, rule: rule.id, severity, message, url: ruleUrl(rule.id), object, related, superseded: [], fingerprint }];
}
