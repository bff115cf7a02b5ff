import { type Check, immutable } from "../check.js";
import { isAbsent, numberOf, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { firstDifference } from "./difference.js";
import { progressOf } from "./job-status.js";
import { validateTemplateUpdate } from "./pod-template-update.js";
import { isSame } from "./same.js";

/** Source: ValidateJobSpecUpdate in pkg/apis/batch/validation/validation.go; what a minor does not know is in none of its objects. */
const fixedFields = ["selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"] as const;

/** What may not change in a live Job. `status` is the live one. */
export function validateJobUpdate(check: Check, live: TypedObject, now: TypedObject, status: TypedObject | undefined): void {
  const before = objectOf(live, "spec");
  const after = objectOf(now, "spec");
  if (!before || !after) return;
  validateCompletions(check, before, after);
  for (const name of fixedFields) validateImmutable(check, before, after, name);
  const template = objectOf(before, "template");
  const nowTemplate = objectOf(after, "template");
  if (template && nowTemplate) validateTemplateUpdate(check, template, nowTemplate, progressOf(before, status));
}

/** Source: validateCompletions, as above */
function validateCompletions(check: Check, before: TypedObject, after: TypedObject): void {
  if (!check.on("ElasticIndexedJob") || textOf(after, "completionMode") !== "Indexed") {
    if (!after.fields.has("completionMode") || after.fields.get("completionMode")?.kind !== "unknown")
      validateImmutable(check, before, after, "completions");
    return;
  }
  if (isAbsent(after, "completions") || isSame(before.fields.get("completions"), after.fields.get("completions")) !== false) return;
  const completions = numberOf(after, "completions");
  const parallelism = numberOf(after, "parallelism");
  if (completions === undefined || parallelism === undefined || completions === parallelism) return;
  const fact = `completions changes to ${String(completions)} and parallelism is ${String(parallelism)}`;
  immutable(check, spotOf(after, "completions"), `${fact}, but completions of an indexed Job change with parallelism only`);
}

function validateImmutable(check: Check, before: TypedObject, after: TypedObject, name: string): void {
  const live = before.fields.get(name);
  const now = after.fields.get(name);
  const whole = before.whole && after.whole;
  if ((!live || !now) && !whole) return;
  if (isSame(live, now) !== false) return;
  const { path } = spotOf(after, name);
  const { at } = now ? firstDifference(live, now) : spotOf(after, name);
  const fact = `${name} ${now ? (live ? "differs from" : "is not in") : "is missing, but is in"} the live Job, and cannot change`;
  immutable(check, { path, at }, fact);
}
