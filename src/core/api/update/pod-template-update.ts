import { type Check, immutable } from "../check.js";
import { listOf, objectOf, type Typed, type TypedList, type TypedObject, textOf } from "../typed.js";
import { firstDifference } from "./difference.js";
import type { Progress } from "./job-status.js";
import { isSame } from "./same.js";

/** From this minor on scheduling gates of a suspended Job may change. Source: validatePodTemplateUpdate */
const gatesMutableFrom = 27;

/**
 * The template of a Job is fixed, but for where its pods run and what they may use, as long as the Job is suspended.
 * Source: validatePodTemplateUpdate in pkg/apis/batch/validation/validation.go,
 * validationOptionsForJob in pkg/registry/batch/job/strategy.go
 */
export function validateTemplateUpdate(check: Check, live: TypedObject, now: TypedObject, progress: Progress): void {
  if (progress.suspended === undefined) return;
  const { suspended, started, parked, active } = progress;
  const idle = suspended && (!started || parked) && active === 0;
  const movable = check.on("MutableSchedulingDirectivesForSuspendedJobs") ? idle : suspended && !started;
  const old = movable ? withDirectives(check, live, now) : live;
  if (suspended && check.on("MutablePodResourcesForSuspendedJobs") && idle) compareSpecs(check, old, now);
  else if (isSame(old, now) === false) {
    const { path, at } = firstDifference(old, now);
    immutable(check, { path: now.path, at }, `${path} differs from the live Job, whose template cannot change`);
  }
}

function compareSpecs(check: Check, live: TypedObject, now: TypedObject): void {
  const before = objectOf(live, "spec");
  const after = objectOf(now, "spec");
  if (!before || !after) return;
  const old = changed(before, (fields) => {
    for (const name of ["containers", "initContainers"]) {
      const list = withResources(listOf(before, name), listOf(after, name));
      if (list) fields.set(name, list);
    }
  });
  if (isSame(old, after) !== false) return;
  const { path, at } = firstDifference(old, after);
  immutable(check, { path: after.path, at }, `${path} differs from the live Job, of whose pods only resources and scheduling can change`);
}

function withResources(live: TypedList | undefined, now: TypedList | undefined): TypedList | undefined {
  if (live?.items.length !== now?.items.length) return live;
  return live && { ...live, items: live.items.map((item, index) => containerWithResources(item, now?.items[index])) };
}

function containerWithResources(live: Typed, now: Typed | undefined): Typed {
  if (live.kind !== "object" || now?.kind !== "object" || textOf(live, "name") !== textOf(now, "name")) return live;
  return changed(live, (fields) => {
    take(fields, now, "resources");
  });
}

/** The live template with the new one's directives for the scheduler, labels and annotations. */
function withDirectives(check: Check, live: TypedObject, now: TypedObject): TypedObject {
  return changed(live, (fields) => {
    const metadata = objectOf(live, "metadata");
    const nowMetadata = objectOf(now, "metadata");
    if (metadata && nowMetadata) {
      const made = changed(metadata, (own) => {
        take(own, nowMetadata, "labels");
        take(own, nowMetadata, "annotations");
      });
      fields.set("metadata", made);
    }
    const spec = objectOf(live, "spec");
    const nowSpec = objectOf(now, "spec");
    if (spec && nowSpec) fields.set("spec", podWithDirectives(check, spec, nowSpec));
  });
}

function podWithDirectives(check: Check, live: TypedObject, now: TypedObject): TypedObject {
  return changed(live, (fields) => {
    take(fields, now, "nodeSelector");
    take(fields, now, "tolerations");
    if (check.minor >= gatesMutableFrom) take(fields, now, "schedulingGates");
    const affinity = affinityWithNodes(objectOf(live, "affinity"), objectOf(now, "affinity"));
    if (affinity) fields.set("affinity", affinity);
    else fields.delete("affinity");
  });
}

function affinityWithNodes(live: TypedObject | undefined, now: TypedObject | undefined): TypedObject | undefined {
  const base = live ?? (now && { ...now, fields: new Map<string, Typed>() });
  const made =
    base &&
    changed(base, (fields) => {
      if (now) take(fields, now, "nodeAffinity");
      else fields.delete("nodeAffinity");
    });
  return made && !now && made.fields.size === 0 ? undefined : made;
}

function changed(object: TypedObject, change: (fields: Map<string, Typed>) => void): TypedObject {
  const fields = new Map(object.fields);
  change(fields);
  return { ...object, fields };
}

function take(fields: Map<string, Typed>, from: TypedObject, name: string): void {
  const field = from.fields.get(name);
  if (field) fields.set(name, field);
  else fields.delete(name);
}
