import { volumes } from "../../../../schemas/deprecated.js";
import type { Check } from "../check.js";
import { objectOf, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { warnOfBytes } from "./bytes.js";
import type { Warn } from "./warn.js";

/** Storage of an ephemeral volume. Source: GetWarningsForPersistentVolumeClaimSpec, called for pods since 1.26 */
const firstWithClaims = 26;

/** Volumes that left Kubernetes or are about to. */
export function warnOfVolumes(check: Check, pod: TypedObject, warn: Warn): void {
  for (const volume of objectsOf(pod, "volumes")) {
    for (const { field, path = field, since, ended, instead, from = 0 } of volumes) {
      if (!volume.fields.has(field) || check.minor < from) continue;
      const { at } = spotOf(volume, field);
      warn({ path: `${volume.path}.${path}`, at }, `deprecated since ${since}, and does not work since ${ended}; use ${instead}`);
    }
    if (check.minor >= firstWithClaims) warnOfClaim(volume, warn);
  }
}

function warnOfClaim(volume: TypedObject, warn: Warn): void {
  let object = objectOf(volume, "ephemeral");
  for (const name of ["volumeClaimTemplate", "spec", "resources"]) object = object && objectOf(object, name);
  if (!object) return;
  warnOfBytes(object, "requests", ["storage"], warn);
  warnOfBytes(object, "limits", ["storage"], warn);
}
