import { type Check, checkBounds, invalid } from "../check.js";
import { listOf, objectOf, type TypedObject } from "../typed.js";
import { validateAppArmor } from "./app-armor.js";
import { checkChoice } from "./plain-field.js";
import { validateSeccomp } from "./seccomp.js";
import { validateSysctls } from "./sysctls.js";
import { validateWindowsOptions } from "./windows-options.js";

/** The largest user and group of Linux that Kubernetes takes: math.MaxInt32. */
export const largestId = 2 ** 31 - 1;

/** Source: validatePodSpecSecurityContext in pkg/apis/core/validation/validation.go */
export function validatePodSecurityContext(check: Check, pod: TypedObject): void {
  const context = objectOf(pod, "securityContext");
  if (!context) return;
  for (const name of ["fsGroup", "runAsUser", "runAsGroup"]) checkBounds(check, context, name, 0, largestId);
  checkGroups(check, context);
  validateSysctls(check, pod, context);
  checkChoice(check, context, "fsGroupChangePolicy", ["Always", "OnRootMismatch"]);
  checkChoice(check, context, "supplementalGroupsPolicy", ["Merge", "Strict"]);
  checkChoice(check, context, "seLinuxChangePolicy", check.on("SELinuxMount") ? ["MountOption", "Recursive"] : ["Recursive"]);
  validateSeccomp(check, context);
  validateWindowsOptions(check, context);
  validateAppArmor(check, context);
}

function checkGroups(check: Check, context: TypedObject): void {
  for (const item of listOf(context, "supplementalGroups")?.items ?? []) {
    if (item.kind !== "scalar" || (typeof item.value !== "number" && typeof item.value !== "bigint")) continue;
    if (item.value >= 0 && item.value <= largestId) continue;
    const fact = `the group is ${String(item.value)}, but must be between 0 and ${String(largestId)}`;
    invalid(check, item, `${fact}; write a number in that range`);
  }
}
