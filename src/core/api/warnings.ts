import type { Place } from "../text/place.js";
import type { Check } from "./check.js";
import { objectOf, type TypedObject } from "./typed.js";
import { warnOfClusterName, warnOfJobSpec, warnOfName, warnOfZone } from "./warn/job.js";
import type { Warn } from "./warn/warn.js";

/** A Warning header of an accepted request; the message begins as the server's does. */
export interface ApiWarning {
  readonly field: string;
  readonly at: Place;
  readonly message: string;
}

/** What the server warns about when it creates an object. Source: WarningsOnCreate in pkg/registry/batch/{job,cronjob}/strategy.go */
export function warningsOf(check: Check, object: TypedObject): readonly ApiWarning[] {
  const { warnings, warn } = collector();
  warnOfClusterName(object, warn);
  warnOfName(check, object, warn);
  warnOfSpec(check, object, warn);
  if (check.kind === "CronJob") warnOfZone(check, object, false, warn);
  return warnings;
}

/**
 * What the server warns about in an accepted update; `changed` says whether the new spec differs from the old one. It looks at
 * the new object only. Source: WarningsOnUpdate, in the same files.
 */
export function updateWarningsOf(check: Check, object: TypedObject, changed: boolean): readonly ApiWarning[] {
  const { warnings, warn } = collector();
  warnOfClusterName(object, warn);
  if (changed) warnOfSpec(check, object, warn);
  if (check.kind === "CronJob") warnOfZone(check, object, true, warn);
  return warnings;
}

function warnOfSpec(check: Check, object: TypedObject, warn: Warn): void {
  const spec = objectOf(object, "spec");
  const template = check.kind === "CronJob" ? spec && objectOf(spec, "jobTemplate") : object;
  const jobSpec = template && objectOf(template, "spec");
  if (jobSpec) warnOfJobSpec(check, jobSpec, warn);
}

function collector(): { readonly warnings: ApiWarning[]; readonly warn: Warn } {
  const warnings: ApiWarning[] = [];
  const warn: Warn = ({ path, at }, text, beginning = path) => {
    warnings.push({ field: path, at, message: `${beginning}: ${text}` });
  };
  return { warnings, warn };
}
