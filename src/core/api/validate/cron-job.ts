import { type Check, checkBounds, clipped, invalid } from "../check.js";
import { flagOf, isSet, objectOf, spotOf, type TypedObject } from "../typed.js";
import { validateJobSpec } from "./job-spec.js";
import { validateObjectMeta } from "./metadata.js";
import { objectName } from "./object-name.js";
import { checkChoice } from "./plain-field.js";
import { validateSchedule } from "./schedule.js";

/** A Job's name may have 63 characters, and the controller appends 11 to the CronJob's. Source: ValidateCronJobCreate, as below */
const longestName = 52;
const counts = ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"] as const;

/** Source: ValidateCronJobCreate in pkg/apis/batch/validation/validation.go */
export function validateCronJob(check: Check, cronJob: TypedObject): void {
  validateObjectMeta(check, cronJob);
  const metadata = objectOf(cronJob, "metadata");
  const name = metadata && objectName(metadata);
  if (name && name.text.length > longestName) {
    const fact = `the name ${clipped(name.text)} has ${String(name.text.length)} characters`;
    invalid(check, name, `${fact}, but a CronJob's may have ${String(longestName)}; shorten it`);
  }
  const spec = objectOf(cronJob, "spec");
  if (!spec) return;
  validateSchedule(check, spec);
  checkChoice(check, spec, "concurrencyPolicy", ["Allow", "Forbid", "Replace"]);
  for (const count of counts) checkBounds(check, spec, count, 0);
  const template = objectOf(spec, "jobTemplate");
  const jobSpec = template && objectOf(template, "spec");
  if (jobSpec) validateJobTemplate(check, jobSpec);
}

/** Source: ValidateJobTemplateSpec, as above */
function validateJobTemplate(check: Check, spec: TypedObject): void {
  validateJobSpec(check, spec);
  if (isSet(spec, "selector")) {
    invalid(check, spotOf(spec, "selector"), "a jobTemplate may not have a selector, since each Job gets its own; remove it");
  }
  if (flagOf(spec, "manualSelector") !== true) return;
  const { path: field, at } = spotOf(spec, "manualSelector");
  const message = "a jobTemplate may not set manualSelector, since each Job gets its own selector; remove it";
  check.errors.push({ type: "FieldValueNotSupported", field, at, message });
}
