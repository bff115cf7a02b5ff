import { type Check, invalid } from "../check.js";
import { flagOf, isAbsent, objectOf, spotOf, type TypedObject } from "../typed.js";
import { everyContainer } from "./every-container.js";

/** What hostProcess says; undefined for what a template hides. */
type HostProcess = boolean | "unset" | undefined;

function hostProcessOf(owner: TypedObject): HostProcess {
  let at = owner;
  for (const name of ["securityContext", "windowsOptions"]) {
    const next = objectOf(at, name);
    if (!next) return isAbsent(at, name) ? "unset" : undefined;
    at = next;
  }
  return isAbsent(at, "hostProcess") ? "unset" : flagOf(at, "hostProcess");
}

/**
 * All containers of a Windows pod are processes of the host, or none is.
 * Source: validateWindowsHostProcessPod in pkg/apis/core/validation/validation.go
 */
export function validateHostProcess(check: Check, pod: TypedObject): void {
  const ofPod = hostProcessOf(pod);
  const own = everyContainer(pod).map((container) => ({ container, says: hostProcessOf(container) }));
  if (ofPod !== true && own.every(({ says }) => says !== true && says !== false)) return;
  for (const { container, says } of own) {
    if (typeof ofPod !== "boolean" || typeof says !== "boolean" || says === ofPod) continue;
    const path = `${container.path}.securityContext.windowsOptions.hostProcess`;
    const fact = `hostProcess is ${String(says)} here, but ${String(ofPod)} for the pod`;
    invalid(check, { path, at: placeOf(container) }, `${fact}; write the same in both`);
  }
  const effective = own.map(({ says }) => (says === "unset" ? (ofPod === "unset" ? false : ofPod) : says));
  if (effective.includes(true)) checkHost(check, pod, effective);
}

function checkHost(check: Check, pod: TypedObject, effective: readonly (boolean | undefined)[]): void {
  const some = effective.filter((says) => says === true).length;
  if (effective.includes(false)) {
    const fact = `hostProcess is true for ${String(some)} of ${String(effective.length)} containers, but must be for all or none`;
    invalid(check, { path: pod.path, at: pod.anchor }, `${fact}; set it for the whole pod`);
  }
  if (flagOf(pod, "hostNetwork") === false || isAbsent(pod, "hostNetwork")) {
    invalid(check, spotOf(pod, "hostNetwork"), "hostProcess containers need the host's network; write hostNetwork: true");
  }
}

function placeOf(container: TypedObject): TypedObject["at"] {
  const context = objectOf(container, "securityContext");
  const options = context && objectOf(context, "windowsOptions");
  return options ? spotOf(options, "hostProcess").at : container.at;
}
