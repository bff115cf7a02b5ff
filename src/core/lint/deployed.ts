import { kindOf } from "../model/workload.js";
import type { Document, Problem } from "../read/document.js";
import { read, type ReadOptions } from "../read/read.js";
import { type Rendered, segmentsAt } from "../render/helm/rendered.js";
import type { Place, Source } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { isStartedByCronJob } from "./exported.js";
import { documentKey, type RenderedObject, type RenderedUnit } from "./rendered.js";
import { mappedPlace, templatePlace } from "./rendered-place.js";
import { mappedReport } from "./mapped-report.js";
import type { Rendering } from "./template.js";

/** What a file gives the cluster, for commands that look at objects rather than lint texts. */
export interface Deployed {
  readonly objects: readonly DeployedObject[];
  /** Of the text itself; their places are where it is written. */
  readonly problems: readonly Problem[];
  /** Jobs and CronJobs of a template that the values switch off. */
  readonly switchedOff?: number;
}

/** An object as it will be deployed, as far as that is known. */
export interface DeployedObject {
  readonly document: Document;
  /** The template that wrote it: places of the document are those of its output. */
  readonly rendered?: Rendered;
  /** What deploys it in its own way, as reports name it: the folder of an overlay, one of several releases of a chart. */
  readonly deployedBy?: string;
}

/** The objects of a text that is sent as it stands. */
export function deployedAsWritten(source: Source, reading: Pick<ReadOptions, "kustomizePatch"> = {}): Deployed {
  const { documents, problems } = read(source, { ...reading, named: true });
  const manifests = documents.filter((document) => !isStartedByCronJob(document));
  return { objects: manifests.map((document) => ({ document })), problems };
}

/**
 * The objects that a template of a chart writes; of one that cannot be followed, those that stand in it. One of several releases is
 * named.
 */
export function deployedByTemplate(template: Source, rendered: Rendering, release?: string): Deployed {
  if (rendered === undefined || "limit" in rendered) return deployedAsWritten(template);
  const { objects, problems } = deployedAsWritten(rendered.source);
  // What the reader takes for broken, it may not understand.
  if (problems.some(isBeyondReading)) return deployedAsWritten(template);
  const deployed = objects.filter(({ document }) => !isSwitchedOff(document, rendered));
  return {
    objects: deployed.map((object) => ({ ...object, rendered, ...(release === undefined ? {} : { deployedBy: release }) })),
    switchedOff: objects.filter(({ document }) => kindOf(document) !== undefined && isSwitchedOff(document, rendered)).length,
    problems: problems.map(({ fix: _, ...problem }) => ({ ...problem, place: templatePlace(rendered, problem.place).place })),
  };
}

function isSwitchedOff({ root: { place } }: Document, { segments }: Rendered): boolean {
  return segmentsAt(segments, { ...place, end: place.start }).some(({ piece }) => piece.off === true);
}

/** Helm refuses a schedule without quotes as well, and the rest is read without it. */
function isBeyondReading({ rule, cause }: Problem): boolean {
  return rule !== "duplicate-yaml-key" && cause !== "alias" && cause !== "at-sign";
}

/** What several releases of a chart deploy from one file. */
export function deployedTogether(parts: readonly Deployed[]): Deployed {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    problems: parts[0]?.problems ?? [],
    switchedOff: Math.min(...parts.map(({ switchedOff = 0 }) => switchedOff)),
  };
}

/** What several files deploy. */
export function deployedInTurn(parts: readonly Deployed[]): Deployed {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    problems: parts.flatMap(({ problems }) => problems),
    switchedOff: parts.reduce((sum, { switchedOff = 0 }) => sum + switchedOff, 0),
  };
}

const objectsOf = new WeakMap<RenderedObject, DeployedObject>();

/**
 * The objects that units make of a file, and what stands in it for itself; all objects of the units that it describes. The same object
 * comes from each file that has a part in it.
 */
export function deployedByUnits(source: Source, written: Deployed, units: readonly RenderedUnit[]): Deployed {
  const used = new Set(units.flatMap(({ objects }) => objects.flatMap((object) => [documentKey(object.written), ...object.patches])));
  const alone = written.objects.filter(({ document }) => !used.has(documentKey(document)));
  const isIn = (document: string): boolean => document.startsWith(`${source.name} `);
  const isDescribed = ({ place }: RenderedUnit): boolean => place.source.name === source.name;
  const hasPart = ({ written: { source: { name } }, patches }: RenderedObject): boolean => name === source.name || patches.some(isIn);
  const asked = (unit: RenderedUnit): readonly RenderedObject[] => (isDescribed(unit) ? unit.objects : unit.objects.filter(hasPart));
  const built = units.flatMap((unit) => asked(unit).flatMap((object) => builtObject(unit, object)));
  return { objects: [...alone, ...built], problems: written.problems };
}

/** All objects that units make. */
export function deployedBy(units: readonly RenderedUnit[]): readonly DeployedObject[] {
  return units.flatMap((unit) => unit.objects.flatMap((object) => builtObject(unit, object)));
}

/** Of what cannot be told in the end, the part that is written is known. */
function builtObject({ name }: RenderedUnit, object: RenderedObject): readonly DeployedObject[] {
  const { written, root } = object;
  if (root === "removed" || isStartedByCronJob(written)) return [];
  const document = root === "unknown" ? { ...written, patch: true } : { ...written, root };
  const found = objectsOf.get(object) ?? { document, deployedBy: name };
  objectsOf.set(object, found);
  return [found];
}

/** Whether it is an object rather than a part of one: patches are no objects of their own. */
export function isWhole({ document, deployedBy }: DeployedObject): boolean {
  return !document.patch || deployedBy !== undefined;
}

/** Where the template or the overlay's file has what stands at a place of the document. */
export function ownPlace({ rendered }: DeployedObject, place: Place): Place {
  return rendered ? templatePlace(rendered, place).place : place;
}

/** Where it is to be mended: of a chart, it may be a values file. */
export function mendingPlace({ rendered }: DeployedObject, place: Place): Place {
  return rendered ? mappedPlace(rendered, place).place : place;
}

/** A finding about the document where it is to be mended. An overlay's values belong to several files, so that none is edited. */
export function reportedAt({ rendered, deployedBy }: DeployedObject, report: Report): Report {
  if (rendered) return mappedReport(report, rendered);
  const { fix: _, ...rest } = report;
  return deployedBy === undefined ? report : rest;
}
