import type { Check } from "../check.js";
import { objectOf, type TypedObject } from "../typed.js";
import { validateJobSpec } from "./job-spec.js";
import { validateObjectMeta } from "./metadata.js";

/** Source: ValidateCronJobCreate in pkg/apis/batch/validation/validation.go */
export function validateCronJob(check: Check, cronJob: TypedObject): void {
  validateObjectMeta(check, cronJob);
  const spec = objectOf(cronJob, "spec");
  const template = spec && objectOf(spec, "jobTemplate");
  const jobSpec = template && objectOf(template, "spec");
  if (jobSpec) validateJobSpec(check, template, jobSpec);
}
