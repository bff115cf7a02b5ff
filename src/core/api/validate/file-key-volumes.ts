import { type Check, clipped, invalid, notFound } from "../check.js";
import { textOrEmpty } from "../known.js";
import { isAbsent, isFullyKnown, isSet, listOf, objectOf, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { everyContainer } from "./every-container.js";

/**
 * Files of variables come from an emptyDir that an init container filled.
 * Source: validateFileKeyRefVolumes in pkg/apis/core/validation/validation.go
 */
export function validateFileKeyVolumes(check: Check, pod: TypedObject): void {
  const refs = everyContainer(pod).flatMap((container) => objectsOf(container, "env").flatMap(fileKeyRefOf));
  if (refs.length === 0) return;
  const volumes = volumesByName(pod);
  for (const ref of refs) checkVolume(check, ref, volumes);
}

function fileKeyRefOf(variable: TypedObject): readonly TypedObject[] {
  const from = objectOf(variable, "valueFrom");
  const ref = from && objectOf(from, "fileKeyRef");
  return ref ? [ref] : [];
}

interface Found {
  readonly byName: ReadonlyMap<string, TypedObject>;
  readonly complete: boolean;
}

function volumesByName(pod: TypedObject): Found {
  const list = listOf(pod, "volumes");
  const byName = new Map<string, TypedObject>();
  let complete = list ? isFullyKnown(list) : isAbsent(pod, "volumes");
  for (const volume of objectsOf(pod, "volumes")) {
    const name = textOrEmpty(volume, "name");
    if (name === undefined) complete = false;
    else byName.set(name, volume);
  }
  return { byName, complete };
}

function checkVolume(check: Check, ref: TypedObject, { byName, complete }: Found): void {
  const name = textOrEmpty(ref, "volumeName");
  if (name === undefined) return;
  const volume = byName.get(name);
  const spot = spotOf(ref, "volumeName");
  if (!volume) {
    if (complete) notFound(check, spot, `the pod has no volume named ${clipped(name)}; add it, or correct the name`);
  } else if (complete && volume.whole && !isSet(volume, "emptyDir")) {
    invalid(check, spot, `volume ${clipped(name)} is no emptyDir, which a file of variables must be in; use one that is`);
  }
}
