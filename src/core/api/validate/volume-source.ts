import { amountOf } from "../amount.js";
import { type Check, clipped, forbidden, invalid, tooLong } from "../check.js";
import { dnsSubdomainFault } from "../names.js";
import { relocatedObject } from "../relocate.js";
import { isBlank, objectOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { validateEphemeralVolume } from "./claim-template.js";
import * as disk from "./disk-volumes.js";
import { validateConfigMapVolume, validateDownwardVolume, validateSecretVolume } from "./file-volumes.js";
import { validateIscsi } from "./iscsi-volume.js";
import * as network from "./network-volumes.js";
import { checkDescendingPath, checkNoBackstep } from "./path-rules.js";
import { checkChoice, checkNameAt } from "./plain-field.js";
import { validateProjectedVolume } from "./projected-volume.js";
import { requireText } from "./required-text.js";

type Validator = (check: Check, source: TypedObject) => void;

/** By field, in the server's order. Source: validateVolumeSource in pkg/apis/core/validation/validation.go */
const validators: Readonly<Record<string, Validator | undefined>> = {
  emptyDir: validateEmptyDir,
  hostPath: validateHostPath,
  gitRepo: validateGitRepo,
  gcePersistentDisk: validateGceDisk,
  awsElasticBlockStore: disk.validateAwsDisk,
  secret: validateSecretVolume,
  nfs: network.validateNfs,
  iscsi: validateIscsi,
  glusterfs: network.validateGlusterfs,
  flocker: network.validateFlocker,
  persistentVolumeClaim: (check, source) => { requireText(check, source, "a volume from a claim", "claimName"); },
  rbd: network.validateRbd,
  cinder: disk.validateCinder,
  cephfs: network.validateCephFs,
  quobyte: network.validateQuobyte,
  downwardAPI: validateDownwardVolume,
  fc: network.validateFibreChannel,
  flexVolume: network.validateFlex,
  configMap: validateConfigMapVolume,
  azureFile: disk.validateAzureFile,
  vsphereVolume: disk.validateVsphere,
  photonPersistentDisk: disk.validatePhoton,
  portworxVolume: network.validatePortworx,
  azureDisk: disk.validateAzureDisk,
  storageos: network.validateStorageOs,
  projected: validateProjectedVolume,
  scaleIO: network.validateScaleIo,
  csi: validateCsi,
  ephemeral: validateEphemeralVolume,
  image: validateImage,
};

export const volumeSources: readonly string[] = Object.keys(validators);

/** One source of a volume, by the name of its field. */
export function validateVolumeSource(check: Check, volume: TypedObject, name: string): void {
  const source = objectOf(volume, name);
  if (source) validators[name]?.(check, source);
}

/** The server names the field persistentDisk here. */
function validateGceDisk(check: Check, source: TypedObject): void {
  disk.validateGceDisk(check, relocatedObject(source, source.path.replace(/gcePersistentDisk$/, "persistentDisk")));
}

function validateEmptyDir(check: Check, source: TypedObject): void {
  const limit = source.fields.get("sizeLimit");
  if (limit?.kind !== "scalar" || (amountOf(limit) ?? 0n) >= 0n) return;
  forbidden(check, limit, `sizeLimit is ${clipped(String(limit.value))}, but must not be below 0; write a size such as 1Gi`);
}

const hostPathTypes = ["BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"] as const;

function validateHostPath(check: Check, source: TypedObject): void {
  const path = textOf(source, "path");
  requireText(check, source, "a hostPath volume", "path");
  if (path === undefined || path === "") return;
  checkNoBackstep(check, spotOf(source, "path"), "path", path);
  if (textOf(source, "type") !== "") checkChoice(check, source, "type", hostPathTypes);
}

function validateGitRepo(check: Check, source: TypedObject): void {
  requireText(check, source, "a gitRepo volume", "repository");
  const directory = textOf(source, "directory");
  if (directory !== undefined) checkDescendingPath(check, spotOf(source, "directory"), "directory", directory);
}

/** Source: validateImageVolumeSource; a template may leave the reference to what makes the pod. */
function validateImage(check: Check, source: TypedObject): void {
  if (isBlank(source, "pullPolicy")) requireText(check, source, "an image volume", "pullPolicy");
  else checkChoice(check, source, "pullPolicy", ["Always", "IfNotPresent", "Never"]);
}

const longestDriver = 63;
/** From this minor on an empty driver is said once. Source: ValidateCSIDriverName of 1.34 and 1.35 */
const emptyDriverSaidOnceFrom = 35;

/** Source: validateCSIVolumeSource and ValidateCSIDriverName */
function validateCsi(check: Check, source: TypedObject): void {
  const driver = isBlank(source, "driver") ? "" : textOf(source, "driver");
  const spot = spotOf(source, "driver");
  requireText(check, source, "a CSI volume", "driver");
  const secret = objectOf(source, "nodePublishSecretRef");
  if (driver !== undefined && (driver !== "" || check.minor < emptyDriverSaidOnceFrom)) validateDriver(check, spot, driver);
  if (!secret) return;
  requireText(check, secret, "nodePublishSecretRef", "name");
  const name = textOf(secret, "name") ?? "";
  // The server shows this one as the volume's own name.
  const shown = { path: `${source.path}.name`, at: spotOf(secret, "name").at };
  if (name !== "") checkNameAt(check, shown, "the Secret", name, dnsSubdomainFault);
}

function validateDriver(check: Check, spot: Spot, driver: string): void {
  const bytes = byteLength(driver);
  const fact = `driver has ${String(bytes)} bytes, but at most ${String(longestDriver)} are allowed`;
  if (bytes > longestDriver) tooLong(check, spot, `${fact}; shorten it`);
  const fault = dnsSubdomainFault(driver.toLowerCase());
  if (fault !== undefined) invalid(check, spot, `driver ${clipped(driver)} ${fault}; correct it`);
}
