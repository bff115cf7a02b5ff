import type { Check } from "../check.js";
import { numberOf, objectOf, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { warnOfLists } from "./addresses.js";
import { warnOfAnnotations } from "./annotations.js";
import { warnOfBytes } from "./bytes.js";
import { warnOfEnv } from "./env.js";
import { warnOfScheduling } from "./node-labels.js";
import { warnOfPaths } from "./overlapping-paths.js";
import { warnOfPortNames, warnOfPorts } from "./ports.js";
import { warnOfVolumes } from "./volumes.js";
import type { Warn } from "./warn.js";

/** Source: warningsForPodSpecAndMeta of 1.27 */
const firstWithGracePeriod = 27;
const bytes = ["memory", "ephemeral-storage"];

/** Source: GetWarningsForPodTemplate in pkg/api/pod/warnings.go */
export function warnOfPodTemplate(check: Check, template: TypedObject, warn: Warn): void {
  const pod = objectOf(template, "spec");
  if (!pod) return;
  const containers = [...objectsOf(pod, "initContainers"), ...objectsOf(pod, "containers")];
  warnOfScheduling(check, pod, warn);
  warnOfAnnotations(check, template, pod, containers, warn);
  warnOfVolumes(check, pod, warn);
  warnOfPaths(check, pod, warn);
  warnOfLists(check, pod, warn);
  warnOfBytes(pod, "overhead", bytes, warn);
  for (const container of containers) {
    const resources = objectOf(container, "resources");
    if (resources) for (const name of ["limits", "requests"]) warnOfBytes(resources, name, bytes, warn);
    warnOfEnv(check, container, warn);
  }
  warnOfPorts(check, containers, warn);
  warnOfPortNames(check, containers, warn);
  warnOfGracePeriod(check, pod, warn);
}

function warnOfGracePeriod(check: Check, pod: TypedObject, warn: Warn): void {
  const seconds = numberOf(pod, "terminationGracePeriodSeconds");
  if (check.minor < firstWithGracePeriod || seconds === undefined || seconds >= 0) return;
  warn(spotOf(pod, "terminationGracePeriodSeconds"), `${String(seconds)} seconds count as 1; write 0 or more`);
}
