import { annotations, profileAnnotations } from "../../../../schemas/deprecated.js";
import type { Check } from "../check.js";
import { entrySpot, isAbsent, isSet, keyPlace, mapOf, objectOf, textOf, type TypedMap, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

/** From this minor on an annotation is fine that says the same as the pod's field. Source: warningsForPodSpecAndMeta of 1.34 */
const firstThatCompares = 34;

/** Annotations whose meaning moved to fields. */
export function warnOfAnnotations(
  check: Check,
  template: TypedObject,
  pod: TypedObject,
  containers: readonly TypedObject[],
  warn: Warn,
): void {
  const metadata = objectOf(template, "metadata");
  const map = metadata && mapOf(metadata, "annotations");
  if (!map) return;
  for (const { annotation, ended, field } of annotations) {
    if (map.entries.has(annotation)) warn(annotationSpot(map, annotation), `has no effect since ${ended}; use the field ${field}`);
  }
  const { seccompPod } = profileAnnotations;
  if (map.entries.has(seccompPod.annotation) && lacks(pod, "seccompProfile")) {
    warn(annotationSpot(map, seccompPod.annotation), `has no effect since ${seccompPod.ended}; use securityContext.seccompProfile`);
  }
  for (const container of containers) warnOfProfiles(check, container, pod, map, warn);
}

function warnOfProfiles(check: Check, container: TypedObject, pod: TypedObject, map: TypedMap, warn: Warn): void {
  const name = textOf(container, "name");
  if (name === undefined) return;
  const { seccompContainer, appArmor } = profileAnnotations;
  const seccomp = `${seccompContainer.prefix}${name}`;
  if (map.entries.has(seccomp) && lacks(container, "seccompProfile")) {
    warn(annotationSpot(map, seccomp), `has no effect since ${seccompContainer.ended}; use the container's securityContext.seccompProfile`);
  }
  const key = `${appArmor.prefix}${name}`;
  if (check.minor < appArmor.from || !map.entries.has(key) || !lacks(container, "appArmorProfile")) return;
  if (lacks(pod, "appArmorProfile") || (check.minor >= firstThatCompares && contradicts(pod, map, key))) {
    warn(annotationSpot(map, key), `is deprecated since ${appArmor.since}; use the container's securityContext.appArmorProfile`);
  }
}

function annotationSpot(map: TypedMap, key: string): { readonly path: string; readonly at: ReturnType<typeof keyPlace> } {
  return { path: entrySpot(map, key).path, at: keyPlace(map, key) };
}

/** Certainly without a profile in its security context. */
function lacks(owner: TypedObject, profile: string): boolean {
  const context = objectOf(owner, "securityContext");
  return context ? isAbsent(context, profile) : isAbsent(owner, "securityContext");
}

/** Whether the annotation certainly says something else than the pod's own profile. */
function contradicts(pod: TypedObject, map: TypedMap, key: string): boolean {
  const context = objectOf(pod, "securityContext");
  const profile = context && objectOf(context, "appArmorProfile");
  const value = map.entries.get(key);
  if (!profile || value?.kind !== "scalar") return false;
  const type = textOf(profile, "type");
  const local = textOf(profile, "localhostProfile");
  if (type === undefined || (local === undefined && isSet(profile, "localhostProfile"))) return false;
  return String(value.value) !== annotated(type, local);
}

/** The annotation that means a profile. Source: ApparmorFieldForAnnotation in pkg/api/pod/util.go */
function annotated(type: string, local: string | undefined): string | undefined {
  if (type === "Localhost") return local === undefined || local === "" ? undefined : `localhost/${local}`;
  if (local !== undefined) return undefined;
  return type === "Unconfined" ? "unconfined" : "runtime/default";
}
