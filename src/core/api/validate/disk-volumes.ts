import { type Check, checkBounds, notSupported } from "../check.js";
import { isBlank, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkChoice } from "./plain-field.js";
import { requireSecretName, requireText, requireTexts } from "./required-text.js";

const mostPartitions = 255;

/** Source: validateGCEPersistentDiskVolumeSource in pkg/apis/core/validation/validation.go */
export function validateGceDisk(check: Check, source: TypedObject): void {
  requireText(check, source, "a GCE disk", "pdName");
  checkBounds(check, source, "partition", 0, mostPartitions);
}

/** Source: validateAWSElasticBlockStoreVolumeSource */
export function validateAwsDisk(check: Check, source: TypedObject): void {
  requireText(check, source, "an EBS volume", "volumeID");
  checkBounds(check, source, "partition", 0, mostPartitions);
}

/** Source: validateCinderVolumeSource */
export function validateCinder(check: Check, source: TypedObject): void {
  requireText(check, source, "a Cinder volume", "volumeID");
  requireSecretName(check, source);
}

/** Source: validateVsphereVolumeSource */
export function validateVsphere(check: Check, source: TypedObject): void {
  requireText(check, source, "a vSphere volume", "volumePath");
}

/** Source: validatePhotonPersistentDiskVolumeSource */
export function validatePhoton(check: Check, source: TypedObject): void {
  requireText(check, source, "a Photon disk", "pdID");
}

/** Source: validateAzureFile */
export function validateAzureFile(check: Check, source: TypedObject): void {
  requireTexts(check, source, "an Azure file share", ["secretName", "shareName"]);
}

const managed = "Managed";
const diskUris = {
  managed: { start: "/subscriptions/", shape: "/subscriptions/{id}/resourcegroups/{group}/providers/microsoft.compute/disks/{disk}" },
  blob: { start: "https://", shape: "https://{account}.blob.core.windows.net/{container}/{disk}.vhd" },
} as const;

/** Source: validateAzureDisk */
export function validateAzureDisk(check: Check, source: TypedObject): void {
  requireTexts(check, source, "an Azure disk", ["diskName", "diskURI"]);
  checkChoice(check, source, "cachingMode", ["None", "ReadOnly", "ReadWrite"]);
  checkChoice(check, source, "kind", ["Dedicated", managed, "Shared"]);
  const kind = textOf(source, "kind");
  const uri = isBlank(source, "diskURI") ? "" : textOf(source, "diskURI");
  if (kind === undefined || uri === undefined) return;
  const { start, shape } = kind === managed ? diskUris.managed : diskUris.blob;
  if (!uri.startsWith(start)) notSupported(check, spotOf(source, "diskURI"), "diskURI", [shape]);
}
