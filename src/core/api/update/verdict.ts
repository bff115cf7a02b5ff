import { kindOf } from "../../model/workload.js";
import type { Document } from "../../read/document.js";
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
import { prepare, type Reason, type Verdict, verdictOf } from "../verdict.js";
import { versionsOf } from "../versions.js";
import { updateWarningsOf } from "../warnings.js";
import { validateJobUpdate } from "./job-update.js";
import { statusOf } from "./job-status.js";
import { acceptUids, makeLive } from "./live.js";
import { applied } from "./merge.js";
import { validateMetadataUpdate } from "./metadata-update.js";
import { isSame } from "./same.js";
import { withoutGenerated } from "./selector-update.js";
import { withWrappedNumbers } from "./whole-numbers.js";
import { mapOfTyped, metadataText, nodeOfTree, treeOfMapping } from "./tree.js";

const nothing = { accept: false, errors: [], strict: [], warnings: [], dropped: [] } as const;

/**
 * What a server of this minor answers when kubectl applies a manifest over the object that an older manifest made. A status in the
 * older manifest counts as the live object's. Never throws.
 */
export function verdictOfUpdate(document: Document, previous: Document, kind: Check["kind"], version: string): Verdict {
  const unserved = unservedKind(document.root, kind, version);
  if (unserved) return { ...nothing, stage: "no-match", errors: [unserved] };
  const old = oldFault(document, previous, kind, version);
  if (old) return old;
  const { check, lowered: before } = prepare(previous, kind, version);
  const live = before.object;
  const status = statusOf(live);
  makeLive(check, live);
  const merged = applied(kind, mapOfTyped(live), treeOfMapping(previous.root), treeOfMapping(document.root));
  if (merged.failure) return { ...nothing, stage: "decode", errors: [merged.failure] };
  if (!merged.changed) return { ...nothing, accept: true, stage: "ok" };
  const root = nodeOfTree(withWrappedNumbers(merged.tree, kind), document.place);
  const patch = document.patch || previous.patch;
  const lowered = lower(root, kind, { version: versionsOf([version]), patch });
  const wrong = wrongType(lowered);
  if (wrong) return { ...nothing, stage: "decode", errors: [wrong] };
  const fresh = checkFor(version, kind);
  settle(fresh, lowered);
  return judge({ check: fresh, live, status, lowered, document });
}

function oldFault(document: Document, previous: Document, kind: Check["kind"], version: string): Verdict | undefined {
  const at = previous.place;
  const oldKind = kindOf(previous);
  const reason = (message: string): Verdict => ({ ...nothing, stage: "old", errors: [{ at, message }] });
  if (!oldKind) return reason("the old manifest is no Job and no CronJob; compare the same object");
  const { stage, accept, errors, strict } = verdictOf(previous, oldKind, version);
  if (stage === "panic") return { ...nothing, stage, errors };
  const [first] = strict;
  if (first) return reason(`the old manifest has an ${first.message}; correct it`);
  if (!accept) return { ...nothing, stage: "old", errors };
  if (oldKind !== kind || !hasSameName(document, previous)) return reason("the old manifest is of another object; compare the same one");
  return undefined;
}

function hasSameName({ root }: Document, { root: old }: Document): boolean {
  const name = metadataText(root, "name") ?? "";
  const namespace = metadataText(root, "namespace") ?? "default";
  return name === (metadataText(old, "name") ?? "") && namespace === (metadataText(old, "namespace") ?? "default");
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

interface Update {
  readonly check: Check;
  readonly live: TypedObject;
  readonly status: TypedObject | undefined;
  readonly lowered: Lowered;
  readonly document: Document;
}

function judge({ check, live, status, lowered, document }: Update): Verdict {
  const now = lowered.object;
  const strict = lowered.unknown.map(({ path, at }) => ({ at, field: path, message: `unknown field ${path}` }));
  if (check.kind === "CronJob") validateCronJob(check, now);
  else {
    validateJob(check, withoutGenerated(check, now));
    validateJobUpdate(check, live, now, status);
  }
  validateMetadataUpdate(check, now, document.root);
  const panics = check.crashes.map(({ at, message }): Reason => ({ at, message }));
  if (panics.length > 0) return { ...nothing, stage: "panic", errors: panics };
  const errors: readonly Reason[] = check.errors.length > 0 ? check.errors : staleVersion(document);
  const stage = strict.length > 0 ? "strict" : errors.length > 0 ? "update" : "ok";
  if (errors.length > 0) return { ...nothing, stage, errors, strict };
  const changed = isSame(live.fields.get("spec"), now.fields.get("spec")) === false;
  const warnings = updateWarningsOf(check, now, changed);
  return { ...nothing, accept: stage === "ok", stage, strict, warnings };
}

/** A resourceVersion in a file is that of an earlier state. */
function staleVersion({ root, place }: Document): readonly Reason[] {
  const version = metadataText(root, "resourceVersion") ?? "";
  if (version === "") return [];
  return [{ at: place, message: "metadata.resourceVersion is not that of the live object; remove it" }];
}
