import { type Check, required } from "../check.js";
import { objectOf, spotOf, type TypedObject } from "../typed.js";
import { validateJobSpec } from "./job-spec.js";
import { validateObjectMeta } from "./metadata.js";

/** Source: ValidateJob in pkg/apis/batch/validation/validation.go */
export function validateJob(check: Check, job: TypedObject): void {
  validateObjectMeta(check, job);
  const spec = objectOf(job, "spec");
  if (spec) validateJobSpec(check, job, spec);
  else void required;
  void spotOf;
}
