import type { ApiError } from "../api/check.js";
import { errorRules } from "../api/server-findings.js";
import { verdictOfUpdate } from "../api/update/verdict.js";
import { type Verdict, verdictOf } from "../api/verdict.js";
import { versionsOf, versionsText } from "../api/versions.js";
import { kindOf, type Workload, workloadOf } from "../model/workload.js";
import type { Document } from "../read/document.js";
import { textAt } from "../text/place.js";
import { type ActiveRules, activeRules } from "./active-rules.js";
import { changeReports } from "./change.js";
import { type Deployed, type DeployedObject, isWhole, reportedAt } from "./deployed.js";
import { type Diagnostic, type Report, toDiagnostics } from "./diagnostic.js";
import type { Failure } from "./findings.js";
import { timesChange, type TimesChange } from "./diff-times.js";
import { objectName } from "./object-name.js";
import type { LintInput } from "./run.js";
import { recreatedBy } from "./recreated.js";
import { hasSameContent } from "./same-content.js";
import { judgedObject, type ObjectVerdicts, type UnreadablePart, unreadableParts } from "./verdicts.js";
import { wayOut } from "./way-out.js";

/** An object that one or both sides have, with what servers answer to the new form. */
export interface ObjectChange extends ObjectVerdicts {
  readonly change: "added" | "updated";
  /** What the findings of the update are; the new object's own faults are a lint run's business. */
  readonly diagnostics: readonly Diagnostic[];
  /** Minors that refuse the old object itself: none of theirs can be live, so that the new one is judged as one to be made. */
  readonly oldRefusedBy?: readonly string[];
  /** Of a CronJob with another schedule or time zone, where it is known what time it is. */
  readonly times?: TimesChange;
}

export interface Diff {
  readonly changes: readonly ObjectChange[];
  /** Objects that only the old side has: an apply does not delete them. */
  readonly removed: readonly string[];
  /** Objects that a side has several times, so that no pair can be told. */
  readonly ambiguous: readonly string[];
  /** Parts of both sides that no server could read: what they hold is not compared. */
  readonly unreadable: readonly UnreadablePart[];
  readonly failures: readonly Failure[];
}

/** What a file of a side deploys. */
export interface SidePart {
  readonly deployed: Deployed;
  /** Where the file lies on its side: those of two folders are alike when they lie at the same place in them. */
  readonly place: string;
  /** The same of overlays, by the name that reports give them. */
  readonly placeOf?: (deployedBy: string) => string;
  /** Overlays that the file is built into, as places. */
  readonly overlays?: readonly string[];
}

interface Named {
  readonly place: string;
  readonly object: DeployedObject;
  readonly workload: Workload;
}

/**
 * What a cluster that runs the old manifests answers to the new ones, per minor. Objects are paired by kind, namespace and name. What only
 * minors refuse that do not decide is no more than a note.
 */
export function diffOf(
  old: readonly SidePart[],
  now: readonly SidePart[],
  input: LintInput,
  versions: readonly string[],
  deciding = versions,
): Diff {
  const before = sideOf(old);
  const after = sideOf(now);
  const failures: Failure[] = [];
  const changes: ObjectChange[] = [];
  const ambiguous: string[] = [];
  const active = activeRules(input.rules, input.settings);
  for (const [key, candidates] of after.objects) {
    const pairs = pairsOf(before.objects.get(key) ?? [], candidates);
    if (!pairs) ambiguous.push(key);
    const known = pairs?.filter(([was, { place }]) => was !== undefined || !before.broken.has(place)) ?? [];
    for (const [was, is] of known) changes.push(...changeOf(was, is, { versions, deciding, active, input, failures }));
  }
  const removed = [...before.objects].flatMap(([key, was]) => goneOf(key, was, after));
  return { changes, removed, ambiguous, unreadable: [...before.unreadable, ...after.unreadable], failures };
}

/** Of those that several overlays deploy under one name, the ones of overlays that are gone. */
function goneOf(key: string, was: readonly Named[], after: Objects): readonly string[] {
  const is = after.objects.get(key);
  if (!is) return was.some(({ place }) => after.broken.has(place)) ? [] : [key];
  if (was.length === 1 && is.length === 1) return [];
  const kept = new Set([...is.map(({ place }) => place), ...after.broken]);
  const gone = was.filter(({ place, object }) => object.deployedBy !== undefined && !kept.has(place));
  return gone.map(({ object: { deployedBy = "" } }) => `${key} as ${deployedBy} deploys it`);
}

interface Objects {
  readonly objects: ReadonlyMap<string, readonly Named[]>;
  readonly unreadable: readonly UnreadablePart[];
  /** Where what cannot be read lies: any object may be in it. */
  readonly broken: ReadonlySet<string>;
}

function sideOf(side: readonly SidePart[]): Objects {
  const objects = new Map<string, Named[]>();
  const unreadable: UnreadablePart[] = [];
  const broken = new Set<string>();
  for (const { deployed, place, placeOf, overlays = [] } of side) {
    const parts = unreadableParts(deployed.problems);
    unreadable.push(...parts);
    if (parts.length > 0) for (const one of [place, ...overlays]) broken.add(one);
    for (const object of deployed.objects) {
      addObject(objects, object, object.deployedBy === undefined ? place : (placeOf?.(object.deployedBy) ?? object.deployedBy));
    }
  }
  return { objects, unreadable, broken };
}

function addObject(objects: Map<string, Named[]>, object: DeployedObject, place: string): void {
  const workload = isWhole(object) ? workloadOf(object.document, new Set()) : undefined;
  const name = workload && nameIn(workload, object);
  if (!workload || name === undefined) return;
  const named = objectName(workload);
  const namespace = named.namespace === undefined || named.namespace === "" ? "default" : named.namespace;
  const key = `${named.kind} ${namespace}/${name}`;
  const alike = objects.get(key);
  if (alike) alike.push({ object, workload, place });
  else objects.set(key, [{ object, workload, place }]);
}

/** A name that the server is to invent stands for its beginning. */
function nameIn({ metadata: { name, generateName } }: Workload, { rendered }: DeployedObject): string | undefined {
  if (name.state === "present") return name.value;
  // Of a release that nobody names, both sides are the same one.
  if (name.state === "unknown" && rendered) return textAt(name.place).trim();
  return name.state === "absent" && generateName.state === "present" ? `${generateName.value}*` : undefined;
}

type Pair = readonly [was: Named | undefined, is: Named];

/** Variants of an object are told apart by their files; undefined where they cannot be. */
function pairsOf(before: readonly Named[], after: readonly Named[]): readonly Pair[] | undefined {
  const [was] = before;
  const [is] = after;
  if (is && before.length <= 1 && after.length === 1) return [[was, is]];
  const places = new Set(before.map(({ place }) => place));
  if (places.size < before.length || new Set(after.map(({ place }) => place)).size < after.length) return undefined;
  return after.map((one) => [before.find(({ place }) => place === one.place), one]);
}

interface Judging {
  readonly versions: readonly string[];
  readonly deciding: readonly string[];
  readonly active: ActiveRules;
  readonly input: LintInput;
  readonly failures: Failure[];
}

function changeOf(was: Named | undefined, { object: after, workload }: Named, judging: Judging): readonly ObjectChange[] {
  const { document } = after;
  const { versions, deciding, active, failures } = judging;
  const tool = recreatedBy(workload, judging.input.settings.delivery);
  if (was && isAlike(was.object, after)) return [];
  // What gets a name from the server is made anew each time.
  const live = workload.metadata.name.state === "absent" ? undefined : was;
  const oldRefusedBy: string[] = [];
  const errors = new Map<string, { readonly error: ApiError; readonly versions: string[] }>();
  const objects = judgedObject(after, versions, (kind, version) => {
    if (!live || kindOf(live.object.document) !== kind) return verdictOf(document, kind, version);
    const verdict = verdictOfUpdate(document, live.object.document, kind, version);
    if (verdict.stage === "old") {
      oldRefusedBy.push(version);
      return verdictOf(document, kind, version);
    }
    const isRecreated = tool !== undefined && isRefusedChange(verdict) && verdictOf(document, kind, version).accept;
    if (isRecreated) return { ...verdict, replacedBy: tool };
    for (const error of verdict.errors) if (error.type !== undefined) heard(errors, error, version);
    return verdict;
  });
  const reports = [...errors.values()].flatMap(({ error, versions: refusing }) => refusal(error, refusing, judging, document, workload));
  const accepted = deciding.every((version) => objects[0]?.verdicts[version]?.accepted !== false);
  const effects = live && accepted ? changeReports(live.workload, workload, { document, active, failures }) : [];
  const placed = [...reports, ...effects].map((report) => reportedAt(after, report));
  const diagnostics = [...toDiagnostics(placed)].sort((a, b) => a.start - b.start);
  const { now, timeZone } = judging.input.settings;
  const times = live && now !== undefined ? timesChange(live.workload, workload, { now, controllerZone: timeZone }) : undefined;
  const old = oldRefusedBy.length === 0 ? {} : { oldRefusedBy };
  return objects.map((object) => ({ ...object, change: live ? "updated" : "added", diagnostics, ...old, ...(times ? { times } : {}) }));
}

/** It is nothing but the change that is refused. */
function isRefusedChange({ accept, errors, strict }: Verdict): boolean {
  return !accept && strict.length === 0 && errors.every((error) => error.type !== undefined && error.immutable !== undefined);
}

/** As they are written; of what a chart or an overlay makes, as far as a cluster would see it. */
function isAlike(was: DeployedObject, is: DeployedObject): boolean {
  const isMade = [was, is].some(({ rendered, deployedBy }) => rendered !== undefined || deployedBy !== undefined);
  if (isMade) return hasSameContent(was.document.root, is.document.root);
  return textAt(was.document.place).trim() === textAt(is.document.place).trim();
}

function heard(errors: Map<string, { readonly error: ApiError; readonly versions: string[] }>, error: ApiError, version: string): void {
  const key = `${error.type} ${error.field}`;
  const known = errors.get(key);
  if (known) known.versions.push(version);
  else errors.set(key, { error, versions: [version] });
}

function refusal(
  error: ApiError,
  refusing: readonly string[],
  judging: Judging,
  document: Document,
  workload: Workload,
): readonly Report[] {
  const { active, input, versions, deciding } = judging;
  const id = error.immutable === undefined ? errorRules[error.type] : "field-immutable";
  const level = active.levels.get(id);
  if (level === undefined) return [];
  const severity = refusing.some((version) => deciding.includes(version)) ? level : "info";
  const fact = error.immutable === undefined ? error.message : `${error.immutable}; ${wayOut(input.settings.delivery, workload.kind)}`;
  const where = refusing.length === versions.length ? "" : ` (refused by ${versionsText(versionsOf(refusing))})`;
  const object = objectName(workload);
  return [{ rule: id, severity, message: fact + where, place: error.at, path: error.field, object, document, related: [], superseded: [] }];
}
