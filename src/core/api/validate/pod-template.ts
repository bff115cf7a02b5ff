import type { Check } from "../check.js";
import { objectOf, type TypedObject } from "../typed.js";
import { validatePodSpec } from "./pod-spec.js";

/** Source: ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go */
export function validatePodTemplate(check: Check, template: TypedObject): void {
  const pod = objectOf(template, "spec");
  if (pod) validatePodSpec(check, template, pod);
}
