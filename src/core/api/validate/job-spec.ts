import { type Check, checkBounds, invalid, listed, notSupported, required } from "../check.js";
import { isAbsent, isBlank, isSet, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { validateCompletionMode } from "./indexed.js";
import { validateManagedBy } from "./managed-by.js";
import { validatePodFailurePolicy, validatePodReplacementPolicy } from "./pod-failure-policy.js";
import { validatePodTemplate } from "./pod-template.js";
import { validateSuccessPolicy } from "./success-policy.js";

const counts = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
] as const;
const restartPolicies = ["OnFailure", "Never"] as const;

/** What Jobs and a CronJob's jobTemplate have in common. Source: validateJobSpec in pkg/apis/batch/validation/validation.go */
export function validateJobSpec(check: Check, spec: TypedObject): void {
  for (const name of counts) checkBounds(check, spec, name, 0);
  if (isSet(spec, "maxFailedIndexes") && isAbsent(spec, "backoffLimitPerIndex")) {
    required(check, spotOf(spec, "backoffLimitPerIndex"), "maxFailedIndexes needs backoffLimitPerIndex; add it");
  }
  validateManagedBy(check, spec);
  validateCompletionMode(check, spec);
  validatePodFailurePolicy(check, spec);
  validateSuccessPolicy(check, spec);
  validatePodReplacementPolicy(check, spec);
  const template = objectOf(spec, "template");
  if (!template) return;
  validatePodTemplate(check, template);
  const pod = objectOf(template, "spec");
  if (pod) validateRestartPolicy(check, spec, pod);
}

function validateRestartPolicy(check: Check, spec: TypedObject, pod: TypedObject): void {
  const field = pod.fields.get("restartPolicy") ?? spotOf(pod, "restartPolicy");
  const policy = textOf(pod, "restartPolicy");
  if (isBlank(pod, "restartPolicy") || policy === "Always") {
    const written = "node" in field && field.node !== undefined;
    const fact = written
      ? "the pods of a Job may not have restartPolicy Always"
      : "restartPolicy is missing and defaults to Always, which a Job may not use";
    required(check, field, `${fact}; write ${listed(restartPolicies)}`);
  } else if (policy === undefined) return;
  else if (policy !== "OnFailure" && policy !== "Never") notSupported(check, field, "restartPolicy", restartPolicies);
  else if (policy === "OnFailure" && isSet(spec, "podFailurePolicy")) {
    invalid(check, field, "podFailurePolicy works with restartPolicy Never only; write Never");
  }
}
