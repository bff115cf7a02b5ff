import { type Check, clipped, forbidden, invalid, notFound, notSupported } from "../check.js";
import { flagOf, isAbsent, isBlank, objectOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkDescendingPath } from "./path-rules.js";
import { requireText } from "./required-text.js";
import { validateVolumeDevices } from "./volume-devices.js";
import type { Volumes } from "./volumes.js";

/** volumeMounts and volumeDevices of one container. Source: ValidateVolumeMounts in pkg/apis/core/validation/validation.go */
export function validateVolumeMounts(check: Check, container: TypedObject, volumes: Volumes): void {
  const mounts = objectsOf(container, "volumeMounts");
  const devices = objectsOf(container, "volumeDevices");
  const paths = new Set<string>();
  const taken = placesOf(devices, "devicePath");
  for (const mount of mounts) {
    validateMountedName(check, mount, volumes, taken);
    validateMountPath(check, mount, paths, taken);
    validateSubPaths(check, container, mount);
    validatePropagation(check, container, mount);
    validateRecursiveReadOnly(check, container, mount);
  }
  if (devices.length > 0) validateVolumeDevices(check, devices, volumes, placesOf(mounts, "mountPath"));
}

/** Names and paths of a container's other list. */
export interface Places {
  readonly names: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

/** Of several with one name the last counts. Source: GetVolumeMountMap and GetVolumeDeviceMap */
function placesOf(items: readonly TypedObject[], field: "mountPath" | "devicePath"): Places {
  const byName = new Map<string, string | undefined>();
  for (const item of items) {
    const name = isBlank(item, "name") ? "" : textOf(item, "name");
    if (name !== undefined) byName.set(name, isBlank(item, field) ? "" : textOf(item, field));
  }
  return { names: new Set(byName.keys()), paths: new Set([...byName.values()].filter((path) => path !== undefined)) };
}

function validateMountedName(check: Check, mount: TypedObject, volumes: Volumes, taken: Places): void {
  const name = isBlank(mount, "name") ? "" : textOf(mount, "name");
  const spot = spotOf(mount, "name");
  requireText(check, mount, "a volumeMount", "name");
  if (name === undefined) return;
  if (volumes && !volumes.has(name)) notFound(check, spot, `the pod has no valid volume ${clipped(name)}; add it or correct the name`);
  if (taken.names.has(name)) invalid(check, spot, `the volume ${clipped(name)} stands in volumeDevices too; use it in one way`);
}

function validateMountPath(check: Check, mount: TypedObject, paths: Set<string>, taken: Places): void {
  const path = isBlank(mount, "mountPath") ? "" : textOf(mount, "mountPath");
  const spot = spotOf(mount, "mountPath");
  requireText(check, mount, "a volumeMount", "mountPath");
  if (path === undefined) return;
  if (paths.has(path)) invalid(check, spot, `two volumes are mounted at ${clipped(path)}; move one`);
  if (taken.paths.has(path)) invalid(check, spot, `mountPath ${clipped(path)} is a devicePath of this container too; move one`);
  paths.add(path);
}

/** The server names the list, not the item, in these paths. */
function listSpot(container: TypedObject, mount: TypedObject, name: string): Spot {
  return { path: `${container.path}.volumeMounts.${name}`, at: spotOf(mount, name).at };
}

function validateSubPaths(check: Check, container: TypedObject, mount: TypedObject): void {
  const subPath = textOf(mount, "subPath") ?? "";
  const expression = textOf(mount, "subPathExpr") ?? "";
  if (subPath !== "") checkDescendingPath(check, listSpot(container, mount, "subPath"), "subPath", subPath);
  if (expression === "") return;
  if (subPath !== "") invalid(check, spotOf(mount, "subPathExpr"), "subPath and subPathExpr are both set; remove one");
  checkDescendingPath(check, listSpot(container, mount, "subPathExpr"), "subPathExpr", expression);
}

const propagations = ["Bidirectional", "HostToContainer", "None"] as const;

/** Source: validateMountPropagation */
function validatePropagation(check: Check, container: TypedObject, mount: TypedObject): void {
  const mode = textOf(mount, "mountPropagation");
  if (mode === undefined || mode === "None" || mode === "HostToContainer") return;
  const field = { ...spotOf(mount, "mountPropagation"), ...listSpot(container, mount, "mountPropagation") };
  if (mode !== "Bidirectional") notSupported(check, field, "mountPropagation", propagations);
  else if (isUnprivileged(container)) {
    forbidden(check, field, "mountPropagation Bidirectional needs a privileged container; use HostToContainer or set privileged");
  }
}

/** For certain. */
function isUnprivileged(container: TypedObject): boolean {
  const context = objectOf(container, "securityContext");
  if (!context) return isAbsent(container, "securityContext");
  return isAbsent(context, "privileged") || flagOf(context, "privileged") === false;
}

const recursions = ["Disabled", "Enabled", "IfPossible"] as const;

/** Source: validateMountRecursiveReadOnly; the field is gone where its gate is off. */
function validateRecursiveReadOnly(check: Check, container: TypedObject, mount: TypedObject): void {
  const mode = textOf(mount, "recursiveReadOnly");
  if (mode === undefined || mode === "Disabled") return;
  const field = { ...spotOf(mount, "recursiveReadOnly"), ...listSpot(container, mount, "recursiveReadOnly") };
  if (mode !== "Enabled" && mode !== "IfPossible") return notSupported(check, field, "recursiveReadOnly", recursions);
  const propagation = textOf(mount, "mountPropagation");
  if (isAbsent(mount, "readOnly") || flagOf(mount, "readOnly") === false) {
    forbidden(check, field, `recursiveReadOnly ${mode} needs readOnly: true; add it or remove recursiveReadOnly`);
  }
  if (propagation !== undefined && propagation !== "None") {
    forbidden(check, field, `recursiveReadOnly ${mode} stands beside mountPropagation ${clipped(propagation)}; use None or remove one`);
  }
}
