import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";
import { validateAffinity } from "./affinity.js";
import { validateContainers } from "./containers.js";
import { validateDns, validateHostAliases } from "./dns.js";
import { validateHostNamespaces } from "./host-namespaces.js";
import { validateHostProcess } from "./host-process.js";
import { validatePodAnnotations } from "./pod-annotations.js";
import { validatePodClaims } from "./pod-claims.js";
import { validatePodFields } from "./pod-fields.js";
import { validateOs } from "./pod-os.js";
import { validatePodSecurityContext } from "./pod-security.js";
import { validateVolumes } from "./volumes.js";

/**
 * A pod as a template has it. Any value goes for imagePullSecrets, enableServiceLinks, schedulerName, priority and
 * terminationGracePeriodSeconds.
 * Source: ValidatePodSpec in pkg/apis/core/validation/validation.go
 */
export function validatePodSpec(check: Check, template: TypedObject, pod: TypedObject): void {
  validatePodAnnotations(check, template, pod);
  const volumes = validateVolumes(check, pod);
  validatePodClaims(check, pod);
  validateContainers(check, pod, volumes);
  validatePodFields(check, pod);
  validatePodSecurityContext(check, pod);
  validateDns(check, pod);
  validateHostAliases(check, pod);
  validateHostProcess(check, pod);
  validateHostNamespaces(check, pod);
  validateAffinity(check, pod);
  validateOs(check, pod);
}
