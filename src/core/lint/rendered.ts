import type { Document } from "../read/document.js";
import { entryOf, type MappingNode } from "../read/node.js";
import type { Place, Source } from "../text/place.js";
import { scalarAt } from "../render/field-at.js";
import { type ActiveRules, activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { documentReports } from "./document-reports.js";
import type { Failure } from "./findings.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";
import type { StoredFact } from "./workspace.js";

/** What a tool makes of files: the objects that meet in the cluster. */
export interface RenderedUnit {
  /** How reports name it: the folder of an overlay. */
  readonly name: string;
  readonly settings: FileSettings;
  readonly objects: readonly RenderedObject[];
  /** Where the unit is described. */
  readonly place: Place;
  /** What describes it, for rules that look at it beside the objects. */
  readonly around: readonly Document[];
}

export interface RenderedObject {
  /** As it was written. */
  readonly written: Document;
  /** As it is in the end: `unknown` when that cannot be told, `removed` when nothing is left of it. */
  readonly root: MappingNode | "unknown" | "removed";
  /** Other documents that went into it, as `file offset`. */
  readonly patches: readonly string[];
}

/** What is found in all units, each thing once. */
export interface RenderedReports {
  /** `plain` documents are judged as they are, `partial` ones as patches, and `judged` ones in what they became a part of. */
  readonly stateOf: (document: Document) => "plain" | "partial" | "judged";
  /** Findings in the files of one name. */
  readonly reportsIn: (file: string) => readonly Report[];
  readonly files: readonly string[];
  readonly failures: readonly Failure[];
}

/** A fact of one unit; others know the folder they come from. */
export interface UnitFact extends StoredFact {
  readonly unit: string;
}

/** Judges the objects of every unit. A finding that several units share is said once, where it is written. */
export function renderedReports(units: readonly RenderedUnit[], rules: readonly AnyRule[]): RenderedReports {
  const failures: Failure[] = [];
  const known = new Map<string, number>();
  const count = new Map<string, number>();
  const found = new Map<string, Found[]>();
  const facts: Report[] = [];
  const ofWritten = rules.filter(({ asWritten }) => asWritten === true);
  const ofRendered = rules.filter(({ asWritten }) => asWritten !== true);
  for (const unit of units) {
    const active = { ofWritten: activeRules(ofWritten, unit.settings), ofRendered: activeRules(ofRendered, unit.settings) };
    for (const object of unit.objects) {
      const key = documentKey(object.written);
      noteState(known, object, key);
      if (typeof object.root === "string") continue;
      count.set(key, (count.get(key) ?? 0) + 1);
      const reports = judged(object, object.root, unit, active, failures);
      facts.push(...factsOf(reports, unit));
      const own = reports.filter(({ awaits }) => !awaits);
      const { root } = object;
      for (const report of own) add(found, `${key} ${identity(report)}`, { report, unit, key, added: addedTo(root, report) });
    }
    facts.push(...factsAround(unit, rules, failures));
  }
  const reports = [...[...found.values()].map((shared) => asOne(shared, count)), ...facts];
  const byFile = new Map<string, Report[]>();
  for (const report of reports) add(byFile, report.place.source.name, report);
  return {
    stateOf: (document) => stateOf(known.get(documentKey(document))),
    reportsIn: (file) => byFile.get(file) ?? [],
    files: [...byFile.keys()],
    failures,
  };
}

/** A finding in one unit. */
interface Found {
  readonly report: Report;
  readonly unit: RenderedUnit;
  /** Of the object that it is about. */
  readonly key: string;
  /** What other files add to the name that it is about. */
  readonly added: readonly Place[];
}

/** A document by the place where it is written. */
export function documentKey({ source, root }: Document): string {
  return `${source.name} ${String(root.place.start)}`;
}

/** What is known in one unit at least is judged there; what is known in none can only be judged as a part. */
const states = ["removed", "unknown", "known"] as const;

function noteState(known: Map<string, number>, { root, patches }: RenderedObject, key: string): void {
  const state = states.indexOf(typeof root === "string" ? root : "known");
  for (const one of [key, ...patches]) known.set(one, Math.max(state, known.get(one) ?? 0));
}

function stateOf(state: number | undefined): "plain" | "partial" | "judged" {
  if (state === undefined) return "plain";
  return states[state] === "unknown" ? "partial" : "judged";
}

function judged(
  { written }: RenderedObject,
  root: MappingNode,
  { settings }: RenderedUnit,
  { ofWritten, ofRendered }: { readonly ofWritten: ActiveRules; readonly ofRendered: ActiveRules },
  failures: Failure[],
): readonly Report[] {
  const isAsked = ({ rule }: Report): boolean => ofWritten.byId.get(rule)?.asWritten === true;
  const asWritten = documentReports(written, settings, ofWritten, failures).filter(isAsked);
  const reports = [...documentReports({ ...written, root }, settings, ofRendered, failures), ...asWritten];
  const ignored = ignoredBy(root);
  return ignored ? reports.map((report) => (ignored.ids.has(report.rule) ? ignored.at(report) : report)) : reports;
}

/**
 * What the annotation of an object suppresses may stand in another file than it does. Such a finding is handed over to the file of the
 * annotation, whose suppressions are looked at there.
 */
function ignoredBy(root: MappingNode): { readonly ids: ReadonlySet<string>; readonly at: (report: Report) => Report } | undefined {
  const metadata = entryOf(root, "metadata")?.value;
  const annotations = metadata?.kind === "mapping" ? entryOf(metadata, "annotations")?.value : undefined;
  const note = annotations?.kind === "mapping" ? entryOf(annotations, "kronlint/ignore")?.value : undefined;
  if (note?.kind !== "scalar") return undefined;
  const { place, text } = note;
  const isElsewhere = (report: Report): boolean => report.place.source.name !== place.source.name;
  return { ids: new Set(text.split(/[\s,]+/)), at: (report) => (isElsewhere(report) ? { ...report, place } : report) };
}

function factsAround(unit: RenderedUnit, rules: readonly AnyRule[], failures: Failure[]): readonly Report[] {
  const { settings, around } = unit;
  return around.flatMap((document) => factsOf(documentReports(document, settings, activeRules(rules, settings), failures), unit));
}

/** Places that wait for what the objects of the unit lead to together. */
function factsOf(reports: readonly Report[], { name }: RenderedUnit): readonly Report[] {
  return reports.flatMap((report): readonly Report[] => {
    if (!report.awaits) return [];
    const awaits: UnitFact = { ...report.awaits, unit: name };
    return [{ ...report, awaits }];
  });
}

/** The same rule at the same place of the same object is the same finding, though names differ in its message. */
function identity({ rule, place: { source, start, end }, path = "" }: Report): string {
  return `${rule} ${source.name} ${String(start)} ${String(end)} ${path}`;
}

function add<One>(lists: Map<string, One[]>, key: string, one: One): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}

const loudness = { info: 0, warning: 1, error: 2 } as const;
/** Units that are named; of many, some say enough. */
const mostNamed = 3;

/** Where it is not true of all units, those in which it is are named. */
function asOne(shared: readonly Found[], count: ReadonlyMap<string, number>): Report {
  const [loudest] = [...shared].sort((a, b) => loudness[b.report.severity] - loudness[a.report.severity]);
  if (!loudest) throw new RangeError("a finding without a unit");
  const { fix: _, ...report } = loudest.report;
  const isEverywhere = shared.length >= (count.get(loudest.key) ?? 0);
  const isInOwnFile = shared.every(({ unit }) => unit.place.source.name === report.place.source.name);
  if (isEverywhere || isInOwnFile) return { ...report, related: [...report.related, ...loudest.added.map(asAdded)] };
  const own = shared.filter(({ unit }) => !isBeside(report.place.source, unit.place.source));
  const named = own.slice(0, mostNamed).flatMap(({ unit: { name, place }, added: [first = place, ...others] }) => {
    return [{ place: first, message: `so it is as ${name} builds it` }, ...others.map(asAdded)];
  });
  return { ...report, related: [...report.related, ...named] };
}

function asAdded(place: Place): Report["related"][number] {
  return { place, message: "added to the name" };
}

/** Prefixes and suffixes stand elsewhere than the name. */
function addedTo(root: MappingNode, { path, place: { source } }: Report): readonly Place[] {
  const name = path === "metadata.name" ? scalarAt(root, "metadata", "name") : undefined;
  const found: Place[] = [];
  for (let at = 0; name && at < name.text.length; at++) {
    const one = name.slice(at, at + 1);
    const last = found.at(-1);
    if (one.source.name === source.name) continue;
    if (last?.source === one.source && last.end === one.start) found.splice(-1, 1, { ...last, end: one.end });
    else found.push(one);
  }
  return found;
}

/** Whether a file stands with the kustomization in its folder or below: no one need be told which overlay it belongs to. */
function isBeside(file: Source, kustomization: Source): boolean {
  const folder = kustomization.name.slice(0, kustomization.name.search(/[^/\\]*$/));
  return folder !== "" && file.name.startsWith(folder);
}

/**
 * Findings in a file that is read now, with the fixes of those that are found there too when the file stands alone: an edit of
 * something that several files make together would write one's values into another.
 */
export function reportsForFile(
  rendered: readonly Report[],
  source: Source,
  documents: readonly Document[],
  alone: readonly Report[],
): readonly Report[] {
  const mendable = new Map(alone.flatMap((report) => (report.fix ? [[identity(report), report.fix] as const] : [])));
  return rendered.map((report): Report => {
    const place = { ...report.place, source };
    const from = report.document;
    const own = from && documents.find((document) => documentKey(document) === documentKey(from));
    const { document: _, ...rest } = report;
    const fix = mendable.get(identity(report));
    return { ...rest, place, ...(own ? { document: own } : {}), ...(fix ? { fix } : {}) };
  });
}
