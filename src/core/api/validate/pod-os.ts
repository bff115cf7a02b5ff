import { type Check, forbidden, notSupported, required } from "../check.js";
import { flagOf, isBlank, listOf, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { everyContainer } from "./every-container.js";

const systems = ["linux", "windows"] as const;

/** What is Linux's alone. Source: validateWindows in pkg/apis/core/validation/validation.go */
const linuxPodContext = [
  ...["appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "runAsUser", "runAsGroup"],
  ...["supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy"],
] as const;
const linuxContainerContext = [
  ...["appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged"],
  ...["allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup"],
] as const;

/** spec.os of a pod, and what must not stand beside it. Source: validateOS, as above */
export function validateOs(check: Check, pod: TypedObject): void {
  const os = objectOf(pod, "os");
  if (!os) return;
  const name = os.fields.get("name");
  const text = textOf(os, "name");
  if (isBlank(os, "name")) required(check, spotOf(os, "name"), "os needs a name; write linux or windows");
  else if (text === "linux") forbidWindowsOptions(check, pod);
  else if (text === "windows") forbidLinuxFields(check, pod);
  else if (name?.kind === "scalar") notSupported(check, { ...name, path: os.path }, "os", systems);
}

function forbidWindowsOptions(check: Check, pod: TypedObject): void {
  for (const owner of [pod, ...everyContainer(pod)]) {
    const context = objectOf(owner, "securityContext");
    if (context && isKnown(context, "windowsOptions")) {
      forbidden(check, spotOf(context, "windowsOptions"), "windowsOptions are set, but the pod's os is linux; remove them");
    }
  }
}

function forbidLinuxFields(check: Check, pod: TypedObject): void {
  for (const name of ["hostPID", "hostIPC"]) if (flagOf(pod, name) === true) forbidOnWindows(check, pod, name);
  forbidAll(check, pod, ["hostUsers", "shareProcessNamespace"]);
  const context = objectOf(pod, "securityContext");
  if (context) {
    forbidAll(check, context, linuxPodContext);
    if ((listOf(context, "sysctls")?.items.length ?? 0) > 0) forbidOnWindows(check, context, "sysctls");
  }
  for (const container of everyContainer(pod)) {
    const own = objectOf(container, "securityContext");
    if (own) forbidAll(check, own, linuxContainerContext);
  }
}

function forbidAll(check: Check, owner: TypedObject, names: readonly string[]): void {
  for (const name of names) if (isKnown(owner, name)) forbidOnWindows(check, owner, name);
}

function forbidOnWindows(check: Check, owner: TypedObject, name: string): void {
  forbidden(check, spotOf(owner, name), `${name} is set, but the pod's os is windows; remove it`);
}

/** Set for certain: a template may write null. */
function isKnown(owner: TypedObject, name: string): boolean {
  const field = owner.fields.get(name);
  return field !== undefined && field.kind !== "unknown";
}
