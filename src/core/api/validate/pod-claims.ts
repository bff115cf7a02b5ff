import { type Check, duplicate, invalid, required } from "../check.js";
import { dnsLabelFault, dnsSubdomainFault } from "../names.js";
import { isAbsent, isBlank, isSet, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkName, checkSetName } from "./plain-field.js";

/**
 * The resourceClaims of a pod. No minor that keeps them by default has the older form with a source in it.
 * Source: validatePodResourceClaim in pkg/apis/core/validation/validation.go
 */
export function validatePodClaims(check: Check, pod: TypedObject): void {
  const seen = new Set<string>();
  for (const claim of objectsOf(pod, "resourceClaims")) {
    const name = textOf(claim, "name") ?? "";
    if (isBlank(claim, "name")) required(check, spotOf(claim, "name"), "a resource claim needs a name; add one");
    else if (seen.has(name)) duplicate(check, spotOf(claim, "name"), `there is another resource claim named ${name}; rename one`);
    else {
      checkName(check, claim, "name", dnsLabelFault);
      if (name !== "") seen.add(name);
    }
    checkSource(check, claim);
  }
}

function checkSource(check: Check, claim: TypedObject): void {
  const sources = ["resourceClaimName", "resourceClaimTemplateName"];
  const spot = { path: claim.path, at: claim.anchor };
  if (sources.every((name) => isSet(claim, name) && textOf(claim, name) !== undefined)) {
    invalid(check, spot, "resourceClaimName and resourceClaimTemplateName are both set; remove one");
  } else if (sources.every((name) => isAbsent(claim, name))) {
    invalid(check, spot, "a resource claim needs resourceClaimName or resourceClaimTemplateName; add one");
  }
  for (const name of sources) checkSetName(check, claim, name, dnsSubdomainFault);
}
