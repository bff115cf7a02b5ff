import { type Check, checkBounds, clipped, invalid, required } from "../check.js";
import { dnsLabelFault } from "../names.js";
import { entrySpot, isAbsent, isBlank, isEmpty, listOf, mapOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { isHostAndPort } from "./host-port.js";
import { checkName } from "./plain-field.js";
import { requireSecretName, requireText, requireTexts } from "./required-text.js";

/** Source: validateNFSVolumeSource in pkg/apis/core/validation/validation.go */
export function validateNfs(check: Check, source: TypedObject): void {
  requireTexts(check, source, "an NFS volume", ["server", "path"]);
  const path = isBlank(source, "path") ? "" : textOf(source, "path");
  if (path === undefined || path.startsWith("/")) return;
  invalid(check, spotOf(source, "path"), `path ${clipped(path)} is not absolute; begin it with /`);
}

/** Source: validateGlusterfsVolumeSource */
export function validateGlusterfs(check: Check, source: TypedObject): void {
  requireTexts(check, source, "a Glusterfs volume", ["endpoints", "path"]);
}

/** Source: validateFlockerVolumeSource */
export function validateFlocker(check: Check, source: TypedObject): void {
  const here = { path: source.path, at: source.at };
  const name = textOf(source, "datasetName");
  if (isBlank(source, "datasetName") && isBlank(source, "datasetUUID")) {
    required(check, here, "a Flocker volume needs a datasetName or a datasetUUID; add one");
  }
  if (isFilled(source, "datasetName") && isFilled(source, "datasetUUID")) {
    invalid(check, here, "datasetName and datasetUUID are both set; remove one");
  }
  if (name?.includes("/")) invalid(check, spotOf(source, "datasetName"), `datasetName ${clipped(name)} has a / in it; remove it`);
}

function isFilled(object: TypedObject, name: string): boolean {
  const text = textOf(object, name);
  return text !== undefined && text !== "";
}

/** Source: validateRBDVolumeSource */
export function validateRbd(check: Check, source: TypedObject): void {
  requireMonitors(check, source);
  requireText(check, source, "an RBD volume", "image");
}

/** Source: validateCephFSVolumeSource */
export function validateCephFs(check: Check, source: TypedObject): void {
  requireMonitors(check, source);
}

function requireMonitors(check: Check, source: TypedObject): void {
  if (isEmpty(source, "monitors")) required(check, spotOf(source, "monitors"), "a volume of Ceph needs monitors; add one");
}

const longestTenant = 64;

/** Source: validateQuobyteVolumeSource */
export function validateQuobyte(check: Check, source: TypedObject): void {
  const registry = textOf(source, "registry");
  const tenant = textOf(source, "tenant") ?? "";
  if (isBlank(source, "registry")) requireText(check, source, "a Quobyte volume", "registry");
  else if (byteLength(tenant) > longestTenant) {
    const message = `tenant has ${String(byteLength(tenant))} bytes, but at most ${String(longestTenant)} are allowed; write a UUID`;
    required(check, spotOf(source, "tenant"), message);
  } else if (registry !== undefined && !registry.split(",").every(isHostAndPort)) {
    invalid(check, spotOf(source, "registry"), `registry ${clipped(registry)} is no list of host:port; write pairs with , between them`);
  }
  requireText(check, source, "a Quobyte volume", "volume");
}

const largestLun = 255;

/** Source: validateFCVolumeSource */
export function validateFibreChannel(check: Check, source: TypedObject): void {
  const hasNames = (listOf(source, "targetWWNs")?.items.length ?? 0) > 0;
  const hasIds = (listOf(source, "wwids")?.items.length ?? 0) > 0;
  const spot = spotOf(source, "targetWWNs");
  const hasNone = isEmpty(source, "targetWWNs") && isEmpty(source, "wwids");
  if (hasNone) required(check, spot, "a Fibre Channel volume needs targetWWNs or wwids; add one");
  if (hasNames && hasIds) invalid(check, spot, "targetWWNs and wwids are both set; remove one");
  if (!hasNames) return;
  if (isAbsent(source, "lun")) required(check, spotOf(source, "lun"), "targetWWNs are set without a lun; add one");
  checkBounds(check, source, "lun", 0, largestLun);
}

/** Source: validateFlexVolumeSource */
export function validateFlex(check: Check, source: TypedObject): void {
  requireText(check, source, "a Flex volume", "driver");
  const options = mapOf(source, "options");
  for (const key of options?.entries.keys() ?? []) {
    const [prefix = ""] = key.split("/", 1);
    const domain = `.${prefix.toLowerCase()}`;
    if (!options || (!domain.endsWith(".kubernetes.io") && !domain.endsWith(".k8s.io"))) continue;
    invalid(check, entrySpot(options, key), `the option ${clipped(key)} stands under a name that Kubernetes keeps for itself; rename it`);
  }
}

/** Source: validatePortworxVolumeSource */
export function validatePortworx(check: Check, source: TypedObject): void {
  requireText(check, source, "a Portworx volume", "volumeID");
}

/** Source: validateScaleIOVolumeSource */
export function validateScaleIo(check: Check, source: TypedObject): void {
  requireTexts(check, source, "a ScaleIO volume", ["gateway", "system", "volumeName"]);
}

/** Source: validateStorageOSVolumeSource */
export function validateStorageOs(check: Check, source: TypedObject): void {
  requireText(check, source, "a StorageOS volume", "volumeName");
  checkName(check, source, "volumeName", dnsLabelFault);
  checkName(check, source, "volumeNamespace", dnsLabelFault);
  requireSecretName(check, source);
}
