import { type Check, clipped, duplicate, forbidden, invalid, required } from "../check.js";
import { dnsLabelFault } from "../names.js";
import { isAbsent, isBlank, isFullyKnown, listOf, objectOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkIscsiInterface } from "./iscsi-volume.js";
import { validateVolumeSource, volumeSources } from "./volume-source.js";

/** The valid volumes of a pod by name; undefined when a template may bring more. */
export type Volumes = ReadonlyMap<string, TypedObject> | undefined;

/** Source: ValidateVolumes in pkg/apis/core/validation/validation.go */
export function validateVolumes(check: Check, pod: TypedObject): Volumes {
  const volumes = new Map<string, TypedObject>();
  let complete = isAllKnown(pod);
  for (const volume of objectsOf(pod, "volumes")) {
    const name = textOf(volume, "name");
    const before = check.errors.length;
    validateSource(check, volume);
    validateName(check, volume, volumes);
    if (name !== undefined && check.errors.length === before) volumes.set(name, volume);
    if (name === undefined && !isBlank(volume, "name")) complete = false;
  }
  return complete ? volumes : undefined;
}

function isAllKnown(pod: TypedObject): boolean {
  const list = listOf(pod, "volumes");
  return list ? isFullyKnown(list) : isAbsent(pod, "volumes");
}

function validateName(check: Check, volume: TypedObject, others: ReadonlyMap<string, TypedObject>): void {
  const name = textOf(volume, "name");
  const spot = spotOf(volume, "name");
  if (isBlank(volume, "name")) required(check, spot, "a volume needs a name; add one");
  else if (name !== undefined) {
    const fault = dnsLabelFault(name);
    if (fault !== undefined) invalid(check, spot, `the volume name ${clipped(name)} ${fault}; correct it`);
    if (others.has(name)) duplicate(check, spot, `another volume is called ${clipped(name)} too; rename one`);
  }
}

/** Exactly one source. Source: validateVolumeSource, as above */
function validateSource(check: Check, volume: TypedObject): void {
  const iscsi = objectOf(volume, "iscsi");
  if (iscsi) checkIscsiInterface(check, volume, iscsi);
  const given = [...volume.fields.keys()].filter((name) => name !== "name");
  const [only] = given;
  if (given.length === 1 && only !== undefined) return validateVolumeSource(check, volume, only);
  if (given.length > 1) return validateSources(check, volume);
  if (volume.whole) required(check, { path: volume.path, at: volume.anchor }, "a volume needs a source; add one such as emptyDir");
}

/** The server looks at the first in its own order, and refuses the others. */
function validateSources(check: Check, volume: TypedObject): void {
  const given = volumeSources.filter((name) => objectOf(volume, name));
  const [first, ...others] = given;
  if (first !== undefined) validateVolumeSource(check, volume, first);
  const message = `a volume has one source, but this one has ${given.join(", ")}; keep one`;
  for (const name of others) {
    const path = `${volume.path}.${forbiddenAs[name] ?? name}`;
    forbidden(check, { path, at: spotOf(volume, name).at }, message);
  }
}

/** Names that the server misspells in its own paths. */
const forbiddenAs: Readonly<Record<string, string | undefined>> = { cephfs: "cephFS", downwardAPI: "downwarAPI" };
