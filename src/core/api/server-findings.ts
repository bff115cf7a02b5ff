import type { Document } from "../read/document.js";
import { entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { ApiError, Crash } from "./check.js";
import { decode } from "./decode.js";
import { type ApiFinding, type ApiRule, type ErrorType, findingIn } from "./finding.js";
import { absentLevel } from "./absent-level.js";
import { nodeAt } from "./node-at.js";
import { oneForEach } from "./one-mistake.js";
import { prepare, validate } from "./verdict.js";
import { storeRefusal } from "./store.js";
import type { Spot } from "./typed.js";
import { minorsIn, type Versions, versionsOf } from "./versions.js";
import { waysThrough } from "./template-ways.js";
import { type ApiWarning, warningsOf } from "./warnings.js";

/** The id under which a lint run reports each type of error. */
export const errorRules: Readonly<Record<ErrorType, ApiRule>> = {
  FieldValueRequired: "field-required",
  FieldValueInvalid: "field-invalid",
  FieldValueTypeInvalid: "field-invalid",
  FieldValueNotSupported: "value-unsupported",
  FieldValueForbidden: "field-forbidden",
  FieldValueDuplicate: "field-duplicate",
  FieldValueNotFound: "field-not-found",
  FieldValueTooLong: "field-too-long",
  FieldValueTooMany: "field-too-many",
  InternalError: "field-invalid",
};

/** Something that some of the minors say. */
interface Heard<Said> {
  readonly said: Said;
  versions: Versions;
}

/** What all minors say, each thing once. */
interface Hearing {
  readonly errors: Map<string, Heard<ApiError>>;
  readonly crashes: Map<string, Heard<Crash>>;
  readonly warnings: Map<string, Heard<ApiWarning>>;
  readonly dropped: Map<string, Heard<string>>;
  readonly overrides: Map<string, Heard<Spot>>;
}

/**
 * What the servers of these minors say about one object: the decoder's complaints about its structure, with what the author will have
 * meant, then what validation and the warnings add. Templated values are silent. Never throws.
 */
export function serverFindings(document: Document, kind: "Job" | "CronJob", versions: readonly string[]): readonly ApiFinding[] {
  const structure = decode(document.root, { kind, versions, patch: document.patch });
  // What the author wrote elsewhere or misspelt is not missing.
  const meant = new Set(structure.findings.flatMap((finding) => finding.meant ?? []));
  const asked = versionsOf(versions);
  const hearing: Hearing = { errors: new Map(), crashes: new Map(), warnings: new Map(), dropped: new Map(), overrides: new Map() };
  // The newest minor speaks first, so that its words are heard.
  const ways = waysThrough(document.root).map((root) => ({ ...document, root }));
  for (const minor of minorsIn(asked).toReversed()) for (const way of ways) listen(hearing, way, kind, minor, meant);
  const tooNew = structure.tooNew(droppedIn(hearing));
  const slips = slipsIn([...structure.findings.filter(({ rule }) => rule === "unknown-field"), ...tooNew]);
  return [...structure.findings, ...tooNew, ...findingsOf(hearing, document, asked).filter((finding) => !isMeantBy(slips, finding))];
}

/** What these servers do not know, by the level that it stands in and by where it begins. */
type Slips = ReadonlyMap<string | number, ApiFinding>;

function slipsIn(findings: readonly ApiFinding[]): Slips {
  const slips = new Map<string | number, ApiFinding>();
  for (const one of findings) slips.set(levelAbove(one.field), one).set(one.at.start, one);
  return slips;
}

/** Levels with much in them, where a name that is none need not be meant for what is missing. */
const largeLevel = /(?:spec|template|metadata|ontainers\[\d+\])$/i;

/** What the author wrote under a name that is none, or that is too new there, is what the level lacks: one mistake. */
function isMeantBy(slips: Slips, { field, type, at, versions }: ApiFinding): boolean {
  if (type !== "FieldValueRequired" && type !== "FieldValueInvalid") return false;
  const above = levelAbove(field);
  const levels = type === "FieldValueInvalid" || largeLevel.test(above) ? [field] : [field, above];
  return [at.start, ...levels].some((place) => {
    const slip = slips.get(place);
    return slip !== undefined && (slip.versions === undefined || versions?.every((minor) => slip.versions?.includes(minor)) === true);
  });
}

function levelAbove(field: string): string {
  return field.slice(0, field.lastIndexOf("."));
}

function listen(hearing: Hearing, document: Document, kind: "Job" | "CronJob", minor: string, meant: ReadonlySet<string>): void {
  const prepared = prepare(document, kind, minor, meant);
  for (const path of prepared.dropped) hear(hearing.dropped, path, path, minor);
  const errors = validate(prepared);
  const { check, lowered } = prepared;
  for (const repeat of lowered.repeated) if (repeat.overrides) hear(hearing.overrides, "first", repeat, minor);
  for (const crash of check.crashes) hear(hearing.crashes, crash.field, crash, minor);
  // The entries of a map have one field.
  for (const error of errors) hear(hearing.errors, `${error.type} ${error.field} ${String(error.at.start)}`, error, minor);
  if (errors.length > 0 || check.crashes.length > 0) return;
  const refusal = storeRefusal(lowered.object);
  if (refusal) hear(hearing.errors, "stored", { type: "FieldValueForbidden", field: "metadata.resourceVersion", ...refusal }, minor);
  for (const warning of warningsOf(check, lowered.object)) hear(hearing.warnings, warning.message, warning, minor);
}

function hear<Said>(known: Map<string, Heard<Said>>, key: string, said: Said, minor: string): void {
  const heard = known.get(key);
  if (heard) heard.versions |= versionsOf([minor]);
  else known.set(key, { said, versions: versionsOf([minor]) });
}

function droppedIn({ dropped }: Hearing): ReadonlyMap<string, Versions> {
  return new Map([...dropped].map(([path, { versions }]) => [path, versions]));
}

function findingsOf({ errors, crashes, warnings, overrides }: Hearing, { root }: Document, asked: Versions): readonly ApiFinding[] {
  const findings: ApiFinding[] = [];
  const levels = new Set<string>();
  const told = [...errors.values()].filter(({ said }) => !isServerFilled(root, said) && !isOfSidecar(root, said));
  const faults = [...crashes.values()];
  for (const { said, versions } of oneForEach(told, root)) {
    const crashing = faults.filter((fault) => holds(fault.said.at, said.at)).reduce((sum, fault) => sum | fault.versions, 0);
    if (crashing !== 0 && (versions & ~crashing) === 0) continue;
    const level = said.type === "FieldValueRequired" ? absentLevel(root, said) : undefined;
    // One missing level is one mistake, whatever the server misses in it.
    if (level && levels.has(level.field)) continue;
    if (level) levels.add(level.field);
    findings.push(findingIn({ rule: errorRules[said.type], ...said, ...level }, versions | crashing, asked));
  }
  for (const { said, versions } of faults) {
    // Minors that do not crash may refuse it at the same place.
    if (!findings.some(({ at }) => holds(said.at, at))) findings.push(findingIn({ rule: "server-crash", ...said }, versions, asked));
  }
  for (const { said, versions } of warnings.values()) findings.push(warned(said, versions, asked));
  for (const { said } of overrides.values()) findings.push(overridden(said));
  return findings;
}

/** Usual YAML that kubectl and Helm take: said once, and no more than a hint. */
function overridden({ path: field, at }: Spot): ApiFinding {
  const key = field.slice(field.lastIndexOf(".") + 1);
  const message = `${key} is also brought in by <<: kubectl and Helm take this one, a strict client refuses both; keep one of them`;
  return { rule: "duplicate-yaml-key", at, field, message, outcome: "accepted", severity: "info" };
}

function holds(outer: Place, { start, end }: Place): boolean {
  return outer.start <= start && end <= outer.end;
}

function warned({ field, at, message }: ApiWarning, versions: Versions, asked: Versions): ApiFinding {
  const named = versions === asked ? {} : { versions: minorsIn(versions) };
  return { rule: "server-warning", at, field, message, outcome: "accepted", ...named };
}

const ofSidecars = /^(.*\.initContainers\[\d+\])\.(?:lifecycle|livenessProbe|readinessProbe|startupProbe)$/;

/** What a sidecar may have is refused where sidecars are not known, and that they are not is said. */
function isOfSidecar(root: MappingNode, { type, field }: ApiError): boolean {
  if (type !== "FieldValueForbidden" && type !== "FieldValueInvalid") return false;
  const path = ofSidecars.exec(field)?.[1];
  const policy = path === undefined ? undefined : nodeAt(root, `${path}.restartPolicy`);
  return policy?.kind === "scalar" && policy.value === "Always";
}

/** What the server itself wrote into an object that was exported from a cluster is refused only where nobody sends it: in a new one. */
function isServerFilled(root: MappingNode, { field }: ApiError): boolean {
  const filled = ["spec.selector", "spec.template.metadata.labels", "metadata.resourceVersion"];
  if (!filled.some((start) => field.startsWith(start))) return false;
  const metadata: Node | undefined = entryOf(root, "metadata")?.value;
  return metadata?.kind === "mapping" && entryOf(metadata, "uid") !== undefined;
}
