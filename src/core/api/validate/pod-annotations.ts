import { type Check, clipped, invalid } from "../check.js";
import { textOrEmpty } from "../known.js";
import { entrySpot, isAbsent, isBlank, mapOf, objectOf, textEntries, type TypedMap, type TypedObject } from "../typed.js";
import { checkAppArmorAgreement, checkAppArmorAnnotation } from "./app-armor.js";
import { everyContainer, mayHaveMore } from "./every-container.js";
import { checkSeccompAgreement, checkSeccompAnnotation } from "./seccomp.js";
import { checkTolerationsAnnotation, tolerationsKey } from "./toleration-annotation.js";

const mirror = "kubernetes.io/config.mirror";
const deletionCost = "controller.kubernetes.io/pod-deletion-cost";
const seccompPod = "seccomp.security.alpha.kubernetes.io/pod";
const seccompContainer = "container.seccomp.security.alpha.kubernetes.io/";
const appArmorContainer = "container.apparmor.security.beta.kubernetes.io/";
/** AppArmor became a field, and must agree with its annotation, with this minor. */
const appArmorFieldFrom = 30;

/** Annotations of a pod template that servers read. Source: ValidatePodSpecificAnnotations in pkg/apis/core/validation/validation.go */
export function validatePodAnnotations(check: Check, template: TypedObject, pod: TypedObject): void {
  const metadata = objectOf(template, "metadata");
  const written = metadata && mapOf(metadata, "annotations");
  if (!written || written.entries.size === 0) return;
  // The server leaves metadata out of these paths.
  const annotations: TypedMap = { ...written, path: `${template.path}.annotations` };
  const containers = containerNames(pod);
  for (const [key, value] of textEntries(annotations)) checkAnnotation(check, annotations, key, value, containers);
  if (written.entries.has(mirror) && isBlank(pod, "nodeName")) {
    invalid(check, entrySpot(annotations, mirror), "a mirror pod must be on a node; remove the annotation");
  }
  checkAgreement(check, annotations, pod);
}

function checkAnnotation(check: Check, annotations: TypedMap, key: string, value: string, containers: Names): void {
  const keyed = entrySpot(annotations, key);
  if (key === deletionCost && !isDeletionCost(value)) {
    invalid(check, keyed, `${clipped(value)} is no cost of deletion; write a whole number without + and leading zeros`);
  } else if (key === tolerationsKey) {
    checkTolerationsAnnotation(check, annotations, value);
  } else if (key === seccompPod || key.startsWith(seccompContainer)) {
    checkSeccompAnnotation(check, { path: `${annotations.path}.${key}`, at: keyed.at }, value);
  } else if (key.startsWith(appArmorContainer)) {
    const name = key.slice(appArmorContainer.length);
    if (containers?.has(name) === false) invalid(check, keyed, `there is no container named ${clipped(name)}; correct the key of this annotation`);
    checkAppArmorAnnotation(check, keyed, value);
  }
}

/** Source: GetDeletionCostFromPodAnnotations in pkg/apis/core/helper/helpers.go */
function isDeletionCost(value: string): boolean {
  return value === "0" || (/^(?:-\d|[1-9])\d*$/.test(value) && Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31);
}

/** The names of all containers; undefined where a template hides one. */
type Names = ReadonlySet<string> | undefined;

function containerNames(pod: TypedObject): Names {
  if (mayHaveMore(pod)) return undefined;
  const names = new Set<string>();
  for (const container of everyContainer(pod)) {
    const name = textOrEmpty(container, "name");
    if (name === undefined) return undefined;
    names.add(name);
  }
  return names;
}

/** What annotations say must be what the fields say. Source: validateSeccompAnnotationsAndFields, as above */
function checkAgreement(check: Check, annotations: TypedMap, pod: TypedObject): void {
  const values = new Map(textEntries(annotations));
  const ofPod = objectOf(pod, "securityContext");
  const seccomp = values.get(seccompPod);
  if (seccomp !== undefined) checkSeccompAgreement(check, ofPod, seccomp);
  const withAppArmor = check.minor >= appArmorFieldFrom && isNoWindows(pod);
  for (const container of everyContainer(pod)) {
    const name = textOrEmpty(container, "name");
    if (name === undefined) continue;
    const seccompOf = values.get(`${seccompContainer}${name}`);
    if (seccompOf !== undefined) checkSeccompAgreement(check, objectOf(container, "securityContext"), seccompOf);
    const appArmorOf = withAppArmor ? values.get(`${appArmorContainer}${name}`) : undefined;
    const profile = appArmorProfileOf(container, pod);
    if (appArmorOf !== undefined && profile) checkAppArmorAgreement(check, profile, container, appArmorOf);
  }
}

/** Certainly for another system, or for none in particular. */
function isNoWindows(pod: TypedObject): boolean {
  const os = objectOf(pod, "os");
  if (!os) return isAbsent(pod, "os");
  const name = textOrEmpty(os, "name");
  return name !== undefined && name !== "windows";
}

/** The profile of a container: its own, or else its pod's. */
function appArmorProfileOf(container: TypedObject, pod: TypedObject): TypedObject | undefined {
  const own = container.fields.get("securityContext");
  const ofPod = objectOf(pod, "securityContext");
  const inherited = ofPod && objectOf(ofPod, "appArmorProfile");
  if (!own) return container.whole ? inherited : undefined;
  if (own.kind !== "object") return undefined;
  const profile = own.fields.get("appArmorProfile");
  if (!profile) return own.whole ? inherited : undefined;
  return profile.kind === "object" ? profile : undefined;
}
