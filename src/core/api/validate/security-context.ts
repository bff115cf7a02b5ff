import { type Check, checkBounds, invalid } from "../check.js";
import { flagOf, isAbsent, objectOf, spotOf, textOf, textsOf, type TypedObject } from "../typed.js";
import { validateAppArmor } from "./app-armor.js";
import { checkChoice } from "./plain-field.js";
import { largestId } from "./pod-security.js";
import { validateSeccomp } from "./seccomp.js";
import { validateWindowsOptions } from "./windows-options.js";

/** The securityContext of one container. Source: ValidateSecurityContext in pkg/apis/core/validation/validation.go */
export function validateSecurityContext(check: Check, pod: TypedObject, container: TypedObject): void {
  const context = objectOf(container, "securityContext");
  if (!context) return;
  checkBounds(check, context, "runAsUser", 0, largestId);
  checkBounds(check, context, "runAsGroup", 0, largestId);
  checkProcMount(check, pod, context);
  validateSeccomp(check, context);
  checkEscalation(check, context);
  validateWindowsOptions(check, context);
  validateAppArmor(check, context);
}

/** Minors without user namespaces lose procMount before they look at it. */
function checkProcMount(check: Check, pod: TypedObject, context: TypedObject): void {
  checkChoice(check, context, "procMount", ["Default", "Unmasked"]);
  if (textOf(context, "procMount") !== "Unmasked") return;
  if (flagOf(pod, "hostUsers") !== true && !isAbsent(pod, "hostUsers")) return;
  const fact = "procMount is Unmasked, but the pod has the host's users";
  invalid(check, spotOf(context, "procMount"), `${fact}; write hostUsers: false in the pod`);
}

function checkEscalation(check: Check, context: TypedObject): void {
  if (flagOf(context, "allowPrivilegeEscalation") !== false) return;
  const spot = { path: context.path, at: spotOf(context, "allowPrivilegeEscalation").at };
  if (flagOf(context, "privileged") === true) {
    invalid(check, spot, "allowPrivilegeEscalation is false, but privileged is true; remove one of them");
  }
  const capabilities = objectOf(context, "capabilities");
  if (capabilities && textsOf(capabilities, "add").some(({ value }) => value === "CAP_SYS_ADMIN")) {
    invalid(check, spot, "allowPrivilegeEscalation is false, but CAP_SYS_ADMIN is added; remove one of them");
  }
}
