import type { Document } from "../../read/document.js";
import { entryOf, type MappingNode } from "../../read/node.js";
import type { Place } from "../../text/place.js";
import { type Check, checkFor } from "../check.js";
import { applyDefaults } from "../defaults.js";
import { dropDisabled } from "../drop.js";
import { unservedKind } from "../kind.js";
import { lower, type Lowered } from "../lower.js";
import { mismatch } from "../scalar.js";
import { listOf, objectOf, type TypedObject } from "../typed.js";
import { validateCronJob } from "../validate/cron-job.js";
import { validateJob } from "../validate/job.js";
import { type Reason, type Verdict, verdictOfObject } from "../verdict.js";
import { versionsOf } from "../versions.js";
import { updateWarningsOf } from "../warnings.js";
import { validateJobUpdate } from "./job-update.js";
import { acceptUids, makeLive } from "./live.js";
import { applied } from "./merge.js";
import { validateMetadataUpdate } from "./metadata-update.js";
import { isSame } from "./same.js";
import { withoutGenerated } from "./selector-update.js";
import { withWrappedNumbers } from "./whole-numbers.js";
import { mapOfTyped, metadataText, namespaceIn, nodeOfTree, treeOfMapping, withNamespace } from "./tree.js";

const nothing = { accept: false, errors: [], strict: [], warnings: [], dropped: [] } as const;

/** One of the two manifests of an update. */
export interface Side {
  readonly root: MappingNode;
  /** All of it: what stands elsewhere is not of this manifest. */
  readonly place: Place;
  /** What is absent is unknown. */
  readonly patch: boolean;
}

/** An apply of one manifest over what another one has made. */
export interface Update {
  readonly now: Side;
  readonly old: Side;
  readonly kind: Check["kind"];
  /** "1.34" */
  readonly version: string;
}

/**
 * What a server of this minor answers when kubectl applies a manifest over the object that an older manifest made. A status in the
 * older manifest counts as the live object's. Never throws.
 */
export function verdictOfUpdate(document: Document, previous: Document, kind: Check["kind"], version: string): Verdict {
  return verdictOfApply({ now: document, old: previous, kind, version });
}

/** The same for objects without their documents. */
export function verdictOfApply(update: Update): Verdict {
  const { now, old, kind, version } = update;
  const unserved = unservedKind(now.root, kind, version);
  if (unserved) return { ...nothing, stage: "no-match", errors: [unserved] };
  const fault = oldFault(update);
  if (fault) return fault;
  const { check, live, status } = liveObject(update);
  const [original, modified] = [treeOfMapping(old.root), treeOfMapping(now.root)];
  const merged = applied(kind, withNamespace(mapOfTyped(live)), withNamespace(original), withNamespace(modified));
  if (merged.failure) return { ...nothing, stage: "decode", errors: [merged.failure] };
  if (!merged.changed) return { ...nothing, accept: true, stage: "ok" };
  const root = nodeOfTree(withWrappedNumbers(merged.tree, kind), now.place);
  const lowered = lower(root, kind, { version: versionsOf([version]), patch: now.patch || old.patch });
  const wrong = wrongType(lowered);
  if (wrong) return { ...nothing, stage: "decode", errors: [wrong] };
  settle(check, lowered);
  return judge({ check, live, status, lowered, now });
}

function liveObject({ old, kind, version }: Update): {
  readonly check: Check;
  readonly live: TypedObject;
  readonly status: TypedObject | undefined;
} {
  const check = checkFor(version, kind);
  const lowered = lower(old.root, kind, { version: versionsOf([version]), patch: old.patch });
  applyDefaults(check, lowered.object);
  dropDisabled(check, lowered);
  const status = objectOf(lowered.object, "status");
  makeLive(check, lowered.object);
  return { check, live: lowered.object, status };
}

function oldFault({ now, old, kind, version }: Update): Verdict | undefined {
  const reason = (message: string): Verdict => ({ ...nothing, stage: "old", errors: [{ at: old.place, message }] });
  if (kindIn(old.root) !== kind) return reason("the old manifest is of another kind; compare the same object");
  // kubectl has made JSON of it.
  const { stage, accept, errors, strict } = verdictOfObject({ ...old, kind, version, lastKeyWins: true });
  if (stage === "panic") return { ...nothing, stage, errors };
  const [first] = strict;
  if (first) return reason(`the old manifest has an ${first.message}; correct it`);
  if (!accept) return { ...nothing, stage: "old", errors };
  if (!hasSameName(now.root, old.root)) return reason("the old manifest is of another object; compare the same one");
  return undefined;
}

function kindIn(root: MappingNode): unknown {
  const value = entryOf(root, "kind")?.value;
  return value?.kind === "scalar" ? value.value : undefined;
}

function hasSameName(root: MappingNode, old: MappingNode): boolean {
  const name = metadataText(root, "name") ?? "";
  return name === (metadataText(old, "name") ?? "") && namespaceIn(treeOfMapping(root)) === namespaceIn(treeOfMapping(old));
}

function wrongType({ mismatches }: Lowered): { readonly at: Place; readonly message: string } | undefined {
  const [wrong] = mismatches;
  if (!wrong) return undefined;
  const { type, node, path, at } = wrong;
  const label = path.slice(path.lastIndexOf(".") + 1);
  const said = type.shape === "scalar" ? mismatch(label, node, type.name)?.message : undefined;
  return { at, message: said ?? `${label} must be a ${type.shape}; correct the value` };
}

/**
 * Defaults, and what a gate hides. On an update managedBy and rules with FailIndex stay, whatever their gates.
 * Source: PrepareForUpdate in pkg/registry/batch/job/strategy.go
 */
function settle(check: Check, lowered: Lowered): void {
  const { object } = lowered;
  object.fields.delete("status");
  applyDefaults(check, object);
  acceptUids(object);
  const policy = policyOf(object);
  const rules = policy && listOf(policy, "rules");
  dropDisabled(check, { ...lowered, gated: lowered.gated.filter(({ gate }) => gate !== "JobManagedBy") });
  if (policy && rules) policy.fields.set("rules", rules);
}

function policyOf(job: TypedObject): TypedObject | undefined {
  const spec = objectOf(job, "spec");
  return spec && objectOf(spec, "podFailurePolicy");
}

interface Decoded {
  readonly check: Check;
  readonly live: TypedObject;
  readonly status: TypedObject | undefined;
  readonly lowered: Lowered;
  readonly now: Side;
}

function judge({ check, live, status, lowered, now }: Decoded): Verdict {
  const object = lowered.object;
  const strict = lowered.unknown.map(({ path, at }) => ({ at, field: path, message: `unknown field ${path}` }));
  if (check.kind === "CronJob") {
    validateCronJob(check, object);
    acceptGeneratedName(check);
  } else {
    validateJob(check, withoutGenerated(check, object));
    validateJobUpdate(check, live, object, status);
  }
  validateMetadataUpdate(check, object, now.root);
  const panics = check.crashes.map(({ at, message }): Reason => ({ at, message }));
  if (panics.length > 0) return { ...nothing, stage: "panic", errors: panics };
  const errors: readonly Reason[] = check.errors.length > 0 ? check.errors : staleVersion(now);
  const stage = strict.length > 0 ? "strict" : errors.length > 0 ? "update" : "ok";
  if (errors.length > 0) return { ...nothing, stage, errors, strict };
  const changed = isSame(live.fields.get("spec"), object.fields.get("spec")) === false;
  const warnings = updateWarningsOf(check, object, changed);
  return { ...nothing, accept: stage === "ok", stage, strict, warnings };
}

/** An update of a CronJob does not look at it. Source: ValidateCronJobUpdate in pkg/apis/batch/validation/validation.go */
function acceptGeneratedName({ errors }: Check): void {
  const at = errors.findIndex(({ field }) => field === "metadata.generateName");
  if (at >= 0) errors.splice(at, 1);
}

/** A resourceVersion in a file is that of an earlier state. */
function staleVersion({ root, place }: Side): readonly Reason[] {
  const version = metadataText(root, "resourceVersion") ?? "";
  if (version === "") return [];
  return [{ at: place, message: "metadata.resourceVersion is not that of the live object; remove it" }];
}
