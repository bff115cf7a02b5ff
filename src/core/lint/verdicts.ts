import { type Reason, type Stage, type Verdict, verdictOf } from "../api/verdict.js";
import { type Check } from "../api/check.js";
import { kindOf, workloadOf } from "../model/workload.js";
import type { Document, Problem } from "../read/document.js";
import type { Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import { type Deployed, type DeployedObject, mendingPlace, ownPlace } from "./deployed.js";
import { type ObjectName, type Span, spanOf } from "./diagnostic.js";
import { objectName } from "./object-name.js";

/** What a server answers about one object; https://kubernetes.io/docs/reference/using-api/api-concepts/ */
export interface ServerVerdict {
  readonly accepted: boolean;
  /**
   * `ok`, or where the request ends: `yaml` (not one document), `no-match` (no such kind), `decode` (a wrong type), `strict` (unknown or
   * duplicate fields), `validate`, `update`, `old` (the previous manifest is refused itself), `panic` (the server's code crashes).
   */
  readonly stage: Stage;
  readonly errors: readonly VerdictError[];
  /** Unknown and duplicate fields; a client that is not strict gets past them. */
  readonly strict: readonly VerdictNote[];
  readonly warnings: readonly VerdictNote[];
  /** Fields that the stored object has lost, because their feature gate is off. */
  readonly dropped: readonly string[];
  /** Only where it differs from `accepted`: kubectl makes JSON of YAML, and duplicate keys are gone then. */
  readonly acceptedByKubectl?: boolean;
  /** Only in a comparison: the tool that deletes the object and makes it anew, since the server refuses the update. */
  readonly replacedBy?: string;
}

export interface VerdictNote {
  readonly message: string;
  readonly range: Span;
  /** Only where that is another file than the object's: values of a chart, a patch. */
  readonly file?: string;
}

export interface VerdictError extends VerdictNote {
  /** Kubernetes' own: `FieldValueRequired`; missing where the server gives a text only. */
  readonly type?: string;
  /** Kubernetes' own: `spec.template.spec.restartPolicy`. */
  readonly field?: string;
}

/** One object with the answers of several minors. */
export interface ObjectVerdicts extends ObjectName {
  readonly file: string;
  readonly line: number;
  /** Something in it is a template's or a placeholder, or it is a patch: the answers are about what is known. */
  readonly partial: boolean;
  /** The overlay, or one of several releases, that makes it of what stands in the file. */
  readonly deployedBy?: string;
  readonly verdicts: Readonly<Record<string, ServerVerdict>>;
}

/** A part of a source that no server could read. */
export interface UnreadablePart {
  readonly file: string;
  readonly message: string;
  readonly range: Span;
}

/** What servers of these minors answer about every Job and CronJob that a file deploys. Never throws. */
export function verdictsOf(
  { objects, problems }: Deployed,
  versions: readonly string[],
): { objects: readonly ObjectVerdicts[]; unreadable: readonly UnreadablePart[] } {
  return { objects: objects.flatMap((object) => objectVerdicts(object, versions)), unreadable: unreadableParts(problems) };
}

export function unreadableParts(problems: readonly Problem[]): readonly UnreadablePart[] {
  const unreadable = problems.filter(({ rule }) => rule !== "duplicate-yaml-key");
  return unreadable.map(({ place, message }) => ({ file: place.source.name, message, range: spanOf(place) }));
}

function objectVerdicts(object: DeployedObject, versions: readonly string[]): readonly ObjectVerdicts[] {
  return judgedObject(object, versions, (kind, version) => verdictOf(object.document, kind, version));
}

/** One object with its answers; nothing for a document of another kind. */
export function judgedObject(
  object: DeployedObject,
  versions: readonly string[],
  judge: (kind: Check["kind"], version: string) => Verdict,
): readonly ObjectVerdicts[] {
  const { document, deployedBy } = object;
  const kind = kindOf(document);
  const workload = workloadOf(document, new Set());
  if (!kind || !workload) return [];
  const named = objectName(workload);
  const own = ownPlace(object, workload.kind === "CronJob" ? workload.root.place : workload.object.root.place);
  const file = own.source.name;
  const locate = (place: Place): Located => locatedFrom(file, mendingPlace(object, place));
  const verdicts = Object.fromEntries(versions.map((version) => [version, shown(judge(kind, version), locate)]));
  const { line } = spanOf(own);
  return [{ file, line, ...named, partial: isPartial(document), ...(deployedBy === undefined ? {} : { deployedBy }), verdicts }];
}

function isPartial({ template, patch, root }: Document): boolean {
  return template || patch || hasUnknown(root, new Set());
}

/** What an anchor shares is looked at once. */
function hasUnknown(node: Node, seen: Set<Node>): boolean {
  if (node.kind === "unknown") return true;
  if (node.kind === "scalar" || seen.has(node)) return false;
  seen.add(node);
  const inside = node.kind === "sequence" ? node.items : node.entries.map(({ value }) => value);
  return node.open || inside.some((one) => hasUnknown(one, seen));
}

type Located = Pick<VerdictNote, "range" | "file">;

function locatedFrom(file: string, place: Place): Located {
  const { name } = place.source;
  return { range: spanOf(place), ...(name === file ? {} : { file: name }) };
}

/** With lines and columns instead of places. */
export function shown(verdict: Verdict, locate: (place: Place) => Located = (place) => ({ range: spanOf(place) })): ServerVerdict {
  const { accept, stage, errors, strict, warnings, dropped, kubectlAccept, replacedBy } = verdict;
  const note = ({ message, at }: { readonly message: string; readonly at: Place }): VerdictNote => ({ message, ...locate(at) });
  const error = ({ type, field, message, at }: Reason): VerdictError => {
    return { ...(type === undefined ? {} : { type, field }), message, ...locate(at) };
  };
  return {
    accepted: accept,
    stage,
    errors: errors.map(error),
    strict: strict.map(note),
    warnings: warnings.map(note),
    dropped,
    ...(kubectlAccept === undefined ? {} : { acceptedByKubectl: kubectlAccept }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}
