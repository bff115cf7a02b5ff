import { type Check, clipped, invalid, notFound } from "../check.js";
import { isBlank, isSet, spotOf, textOf, type TypedObject } from "../typed.js";
import { hasBackstep } from "./path-rules.js";
import { requireText } from "./required-text.js";
import type { Volumes } from "./volumes.js";

/** Names and paths of the container's volumeMounts. */
interface Mounts {
  readonly names: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

/** Source: ValidateVolumeDevices in pkg/apis/core/validation/validation.go */
export function validateVolumeDevices(check: Check, devices: readonly TypedObject[], volumes: Volumes, mounts: Mounts): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const device of devices) {
    validateDeviceName(check, device, volumes, mounts, names);
    validateDevicePath(check, device, mounts, paths);
  }
}

function validateDeviceName(check: Check, device: TypedObject, volumes: Volumes, mounts: Mounts, names: Set<string>): void {
  const name = isBlank(device, "name") ? "" : textOf(device, "name");
  const spot = spotOf(device, "name");
  requireText(check, device, "a volumeDevice", "name");
  if (name === undefined) return;
  const volume = volumes?.get(name);
  if (names.has(name)) invalid(check, spot, `the volume ${clipped(name)} is a device of this container already; remove one`);
  if (volumes && !volume) notFound(check, spot, `the pod has no valid volume ${clipped(name)}; add it or correct the name`);
  if (volume && isFileVolume(volume)) {
    invalid(check, spot, `the volume ${clipped(name)} is no block device; use a persistentVolumeClaim or an ephemeral volume`);
  }
  if (mounts.names.has(name)) invalid(check, spot, `the volume ${clipped(name)} stands in volumeMounts too; use it in one way`);
  if (name !== "") names.add(name);
}

/** For certain no volume from a claim. */
function isFileVolume(volume: TypedObject): boolean {
  return volume.whole && !isSet(volume, "persistentVolumeClaim") && !isSet(volume, "ephemeral");
}

function validateDevicePath(check: Check, device: TypedObject, mounts: Mounts, paths: Set<string>): void {
  const path = isBlank(device, "devicePath") ? "" : textOf(device, "devicePath");
  const spot = spotOf(device, "devicePath");
  requireText(check, device, "a volumeDevice", "devicePath");
  if (path === undefined) return;
  if (paths.has(path)) invalid(check, spot, `two devices have the devicePath ${clipped(path)}; change one`);
  if (hasBackstep(path)) invalid(check, spot, `devicePath ${clipped(path)} climbs with ".."; write the path without it`);
  else paths.add(path);
  if (mounts.paths.has(path)) invalid(check, spot, `devicePath ${clipped(path)} is a mountPath of this container too; change one`);
}
