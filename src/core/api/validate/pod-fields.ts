import { type Check, checkBounds, clipped, duplicate, invalid } from "../check.js";
import { textOrEmpty } from "../known.js";
import { dnsLabelFault, dnsSubdomainFault, qualifiedNameFault } from "../names.js";
import { isBlank, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkChoice, checkName, checkNameAt, checkSetName } from "./plain-field.js";

/** The pod's own plain fields. Source: ValidatePodSpec in pkg/apis/core/validation/validation.go */
export function validatePodFields(check: Check, pod: TypedObject): void {
  checkChoice(check, pod, "restartPolicy", ["Always", "OnFailure", "Never"], "missing");
  checkChoice(check, pod, "dnsPolicy", ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], "missing");
  checkChoice(check, pod, "preemptionPolicy", ["PreemptLowerPriority", "Never"], "missing");
  checkBounds(check, pod, "activeDeadlineSeconds", 1, 2 ** 31 - 1);
  checkAccount(check, pod);
  checkName(check, pod, "nodeName", dnsSubdomainFault);
  checkName(check, pod, "priorityClassName", dnsSubdomainFault);
  checkName(check, pod, "hostname", dnsLabelFault);
  checkName(check, pod, "subdomain", dnsLabelFault);
  checkSetName(check, pod, "runtimeClassName", dnsSubdomainFault);
  checkReadinessGates(check, pod);
  checkSchedulingGates(check, pod);
}

/** serviceAccount is the field's former name, and counts where the new one is not set. */
function checkAccount(check: Check, pod: TypedObject): void {
  checkName(check, pod, "serviceAccountName", dnsSubdomainFault);
  const former = textOf(pod, "serviceAccount") ?? "";
  if (former === "" || !isBlank(pod, "serviceAccountName")) return;
  const { path } = spotOf(pod, "serviceAccountName");
  checkNameAt(check, { path, at: spotOf(pod, "serviceAccount").at }, "serviceAccount", former, dnsSubdomainFault);
}

function checkReadinessGates(check: Check, pod: TypedObject): void {
  for (const gate of objectsOf(pod, "readinessGates")) {
    const type = textOrEmpty(gate, "conditionType");
    const spot = spotOf(gate, "conditionType");
    if (type === "") invalid(check, spot, "a readiness gate needs a conditionType; add one");
    else if (type !== undefined) checkNameAt(check, spot, "conditionType", type, qualifiedNameFault);
  }
}

function checkSchedulingGates(check: Check, pod: TypedObject): void {
  const seen = new Set<string>();
  for (const gate of objectsOf(pod, "schedulingGates")) {
    const name = textOrEmpty(gate, "name");
    if (name === undefined) continue;
    const spot = { path: gate.path, at: spotOf(gate, "name").at };
    if (name === "") invalid(check, spot, "a scheduling gate needs a name; add one");
    else checkNameAt(check, spot, "scheduling gate", name, qualifiedNameFault);
    if (seen.has(name)) duplicate(check, spot, `scheduling gate ${clipped(name)} is listed twice; remove one`);
    seen.add(name);
  }
}
