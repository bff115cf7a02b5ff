import type { Document } from "../read/document.js";
import type { Place } from "../text/place.js";
import { type ApiError, type Check, checkFor } from "./check.js";
import { applyDefaults } from "./defaults.js";
import { dropDisabled } from "./drop.js";
import { unservedKind } from "./kind.js";
import type { MappingNode } from "../read/node.js";
import { lower, type Lowered, type Wrong } from "./lower.js";
import { mismatch } from "./scalar.js";
import { storeRefusal } from "./store.js";
import { validateCronJob } from "./validate/cron-job.js";
import { validateJob } from "./validate/job.js";
import { waysThrough } from "./template-ways.js";
import { versionsOf } from "./versions.js";
import { type ApiWarning, warningsOf } from "./warnings.js";

/** Where a request ends: https://kubernetes.io/docs/reference/using-api/api-concepts/#validation-for-unrecognized-or-duplicate-fields */
export type Stage = "ok" | "yaml" | "no-match" | "decode" | "strict" | "validate" | "update" | "old" | "panic";

/** A reason without a type and a field where the server gives a text only. */
export type Reason = ApiError | { readonly type?: undefined; readonly field?: undefined; readonly at: Place; readonly message: string };

/** What one minor answers. */
export interface Verdict {
  readonly accept: boolean;
  readonly stage: Stage;
  readonly errors: readonly Reason[];
  readonly strict: readonly { readonly at: Place; readonly message: string; readonly field: string }[];
  readonly warnings: readonly ApiWarning[];
  /** Fields of an accepted object that its stored form has lost. */
  readonly dropped: readonly string[];
  /** Only where it differs from `accept`: kubectl makes JSON of YAML itself, and duplicate keys are gone then. */
  readonly kubectlAccept?: boolean;
  /** The tool that deletes the object and makes it anew, where this refuses an update that would be accepted as a creation. */
  readonly replacedBy?: string;
}

/** The defaulted object of a manifest in one minor, and what was found on the way to it. */
export interface Prepared {
  readonly check: Check;
  readonly lowered: Lowered;
  readonly dropped: readonly string[];
}

interface ToPrepare {
  readonly root: MappingNode;
  readonly kind: Check["kind"];
  readonly version: string;
  readonly patch: boolean;
  readonly meant?: ReadonlySet<string>;
}

/** Decodes, defaults and drops what a gate hides: the state in which the server validates. */
export function prepare({ root, patch }: Document, kind: Check["kind"], version: string, meant?: ReadonlySet<string>): Prepared {
  return prepareObject({ root, kind, version, patch, ...(meant ? { meant } : {}) });
}

/** The same for an object without its document. */
export function prepareObject({ root, kind, version, patch, meant }: ToPrepare): Prepared {
  const check = checkFor(version, kind);
  const lowered = lower(root, kind, { version: versionsOf([version]), patch, ...(meant ? { meant } : {}) });
  applyDefaults(check, lowered.object);
  return { check, lowered, dropped: dropDisabled(check, lowered) };
}

/** Validates an object that `prepare` made; errors gather in its check. */
export function validate({ check, lowered }: Prepared): readonly ApiError[] {
  if (check.kind === "CronJob") validateCronJob(check, lowered.object);
  else validateJob(check, lowered.object);
  return check.errors;
}

/** What a server of this minor ("1.34") answers to the creation of an object by a strict client. Never throws. */
export function verdictOf({ root, patch }: Document, kind: Check["kind"], version: string): Verdict {
  const [first, ...others] = waysThrough(root);
  const verdict = ofWay({ root: first, patch }, kind, version);
  if (!verdict.accept) return verdict;
  return others.map((way) => ofWay({ root: way, patch }, kind, version)).find(({ accept }) => !accept) ?? verdict;
}

function ofWay({ root, patch }: Pick<Document, "root" | "patch">, kind: Check["kind"], version: string): Verdict {
  const creation = { root, kind, version, patch };
  const verdict = verdictOfObject({ ...creation, lastKeyWins: false });
  if (verdict.strict.length === 0) return verdict;
  const { accept } = verdictOfObject({ ...creation, lastKeyWins: true });
  return accept === verdict.accept ? verdict : { ...verdict, kubectlAccept: accept };
}

const nothing = { accept: false, errors: [], strict: [], warnings: [], dropped: [] } as const;

/** An object to be made, and who sends it. */
export interface Creation extends ToPrepare {
  /** The client has made JSON of it: a key that stood twice stands once. */
  readonly lastKeyWins: boolean;
}

/** The same for an object without its document. */
export function verdictOfObject(creation: Creation): Verdict {
  const unserved = unservedKind(creation.root, creation.kind, creation.version);
  if (unserved) return { ...nothing, stage: "no-match", errors: [unserved] };
  const prepared = prepareObject(creation);
  const [wrong] = prepared.lowered.mismatches;
  return wrong ? { ...nothing, stage: "decode", errors: [decodeError(wrong)] } : verdictOfDecoded(prepared, creation.lastKeyWins);
}

function verdictOfDecoded(prepared: Prepared, lastKeyWins: boolean): Verdict {
  const { check, lowered } = prepared;
  const found = validate(prepared);
  if (check.crashes.length > 0) return { ...nothing, stage: "panic", errors: check.crashes.map(({ at, message }) => ({ at, message })) };
  const refusal = found.length === 0 ? storeRefusal(lowered.object) : undefined;
  const errors = refusal ? [refusal] : found;
  const strict = [
    ...lowered.unknown.map((spot) => strictError(spot, "unknown field")),
    ...(lastKeyWins ? [] : lowered.repeated.map((spot) => strictError(spot, "duplicate field"))),
  ];
  const stage = strict.length > 0 ? "strict" : errors.length > 0 ? "validate" : "ok";
  if (errors.length > 0) return { ...nothing, stage, errors, strict };
  return { accept: stage === "ok", stage, errors, strict, warnings: warningsOf(check, lowered.object), dropped: prepared.dropped };
}

function decodeError({ type, node, path, at }: Wrong): Reason {
  const label = path.slice(path.lastIndexOf(".") + 1);
  const said = type.shape === "scalar" ? mismatch(label, node, type.name)?.message : undefined;
  return { at, message: said ?? `${label} must be a ${type.shape}; correct the value` };
}

function strictError({ path, at }: { readonly path: string; readonly at: Place }, what: string): Verdict["strict"][number] {
  return { at, field: path, message: `${what} ${path}` };
}
