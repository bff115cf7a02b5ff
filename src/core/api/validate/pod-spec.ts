import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";
import { validateAffinity } from "./affinity.js";
import { validateContainers } from "./containers.js";
import { validatePodSecurityContext } from "./pod-security.js";
import { validateVolumes } from "./volumes.js";

/** Source: ValidatePodSpec in pkg/apis/core/validation/validation.go */
export function validatePodSpec(check: Check, _template: TypedObject, pod: TypedObject): void {
  const volumes = validateVolumes(check, pod);
  validateContainers(check, pod, volumes);
  validatePodSecurityContext(check, pod);
  validateAffinity(check, pod);
}
