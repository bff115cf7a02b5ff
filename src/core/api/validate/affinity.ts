import type { Check } from "../check.js";
import { objectOf, type TypedObject } from "../typed.js";
import { validateNodeAffinity, validateNodeSelector } from "./node-affinity.js";
import { validatePodAffinity } from "./pod-affinity.js";
import { validateTolerations } from "./tolerations.js";
import { validateTopologySpread } from "./topology-spread.js";

/** Which nodes may run the pod. Source: ValidatePodSpec and validateAffinity in pkg/apis/core/validation/validation.go */
export function validateAffinity(check: Check, pod: TypedObject): void {
  validateNodeSelector(check, pod);
  const affinity = objectOf(pod, "affinity");
  if (affinity) {
    validateNodeAffinity(check, objectOf(affinity, "nodeAffinity"));
    validatePodAffinity(check, objectOf(affinity, "podAffinity"));
    validatePodAffinity(check, objectOf(affinity, "podAntiAffinity"));
  }
  validateTolerations(check, pod);
  validateTopologySpread(check, pod);
}
