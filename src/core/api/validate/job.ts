import { type Check, clipped, invalid } from "../check.js";
import { dnsLabelFault } from "../names.js";
import { mapOf, numberOf, objectOf, type TypedObject } from "../typed.js";
import { isIndexed } from "./indexed.js";
import { validateJobSelector } from "./job-selector.js";
import { validateJobSpec } from "./job-spec.js";
import { validateObjectMeta } from "./metadata.js";
import { type ObjectName, objectName } from "./object-name.js";

/** Source: ValidateJob in pkg/apis/batch/validation/validation.go */
export function validateJob(check: Check, job: TypedObject): void {
  validateObjectMeta(check, job);
  const metadata = objectOf(job, "metadata");
  const name = metadata && objectName(metadata);
  const spec = objectOf(job, "spec");
  if (!spec) return;
  validateJobSelector(check, spec, name, metadata && mapOf(metadata, "labels"));
  validateJobSpec(check, spec);
  if (name) validateHostnames(check, spec, name);
}

/** The pods of an indexed Job are hosts named after it and their index. */
function validateHostnames(check: Check, spec: TypedObject, name: ObjectName): void {
  const completions = numberOf(spec, "completions");
  if (isIndexed(spec) !== true || completions === undefined || completions <= 0) return;
  const hostname = `${name.text}-${String(completions - 1)}`;
  const fault = dnsLabelFault(hostname);
  if (fault === undefined) return;
  const message = `the last pod of this indexed Job would have the hostname ${clipped(hostname)}, which ${fault}; choose another name`;
  invalid(check, name, message);
}
