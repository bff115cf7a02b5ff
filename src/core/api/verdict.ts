import type { Document } from "../read/document.js";
import type { Place } from "../text/place.js";
import { type ApiError, type Check, checkFor } from "./check.js";
import { applyDefaults } from "./defaults.js";
import { dropDisabled } from "./drop.js";
import { unservedKind } from "./kind.js";
import { lower, type Lowered } from "./lower.js";
import { mismatch } from "./scalar.js";
import { validateCronJob } from "./validate/cron-job.js";
import { validateJob } from "./validate/job.js";
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
}

/** The defaulted object of a manifest in one minor, and what was found on the way to it. */
export interface Prepared {
  readonly check: Check;
  readonly lowered: Lowered;
  readonly dropped: readonly string[];
}

/** Decodes, defaults and drops what a gate hides: the state in which the server validates. */
export function prepare(document: Document, kind: Check["kind"], version: string, meant?: ReadonlySet<string>): Prepared {
  const check = checkFor(version, kind);
  const lowered = lower(document.root, kind, { version: versionsOf([version]), patch: document.patch, ...(meant ? { meant } : {}) });
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
export function verdictOf(document: Document, kind: Check["kind"], version: string): Verdict {
  const unserved = unservedKind(document.root, kind, version);
  const nothing = { accept: false, errors: [], strict: [], warnings: [], dropped: [] } as const;
  if (unserved) return { ...nothing, stage: "no-match", errors: [unserved] };
  const prepared = prepare(document, kind, version);
  const { lowered, dropped, check } = prepared;
  const [wrong] = lowered.mismatches;
  if (wrong) {
    const { type, node, path, at } = wrong;
    const label = path.slice(path.lastIndexOf(".") + 1);
    const said = type.shape === "scalar" ? mismatch(label, node, type.name)?.message : undefined;
    return { ...nothing, stage: "decode", errors: [{ at, message: said ?? `${label} must be a ${type.shape}; correct the value` }] };
  }
  const strict = [...lowered.unknown.map((spot) => strictError(spot, "unknown field")), ...lowered.repeated.map((spot) => strictError(spot, "duplicate field"))];
  const errors = validate(prepared);
  if (check.crashes.length > 0) return { ...nothing, stage: "panic", errors: check.crashes.map(({ at, message }) => ({ at, message })) };
  const stage = strict.length > 0 ? "strict" : errors.length > 0 ? "validate" : "ok";
  const accept = stage === "ok";
  const warnings = errors.length === 0 ? warningsOf(check, lowered.object) : [];
  return { accept, stage, errors, strict, warnings, dropped: errors.length === 0 ? dropped : [] };
}

function strictError({ path, at }: { readonly path: string; readonly at: Place }, what: string): Verdict["strict"][number] {
  return { at, field: path, message: `${what} ${path}` };
}
