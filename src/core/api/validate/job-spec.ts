import type { Check } from "../check.js";
import { objectOf, type TypedObject } from "../typed.js";
import { validatePodTemplate } from "./pod-template.js";

/** Source: validateJobSpec in pkg/apis/batch/validation/validation.go */
export function validateJobSpec(check: Check, _owner: TypedObject, spec: TypedObject): void {
  const template = objectOf(spec, "template");
  if (template) validatePodTemplate(check, template);
}
