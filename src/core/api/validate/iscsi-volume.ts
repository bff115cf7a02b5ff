import { type Check, checkBounds, clipped, invalid, required } from "../check.js";
import { flagOf, isAbsent, isBlank, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { requireTexts } from "./required-text.js";

const largestLun = 255;
const longestInterface = 64;
/** Beyond this a name is not looked at: the search below takes quadratic time. */
const longestName = 2048;

/** Source: iscsiInitiatorIqnRegex, iscsiInitiatorEuiRegex and iscsiInitiatorNaaRegex in pkg/apis/core/validation/validation.go */
const shapes: Readonly<Record<string, RegExp | undefined>> = {
  iqn: /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+$/,
  eui: /^eui[^\n][A-Za-z0-9]{16}$/u,
  naa: /^naa[^\n][A-Za-z0-9]{32}$/u,
};

/** Source: validateISCSIVolumeSource and validateVolumeSource, as above */
export function validateIscsi(check: Check, source: TypedObject): void {
  requireTexts(check, source, "an iSCSI volume", ["targetPortal", "iqn"]);
  const iqn = textOf(source, "iqn") ?? "";
  if (iqn !== "") checkIscsiName(check, spotOf(source, "iqn"), "iqn", iqn);
  checkBounds(check, source, "lun", 0, largestLun);
  const chap = flagOf(source, "chapAuthDiscovery") === true || flagOf(source, "chapAuthSession") === true;
  if (chap && isAbsent(source, "secretRef")) required(check, spotOf(source, "secretRef"), "CHAP authentication has no secretRef; add one");
  const initiator = textOf(source, "initiatorName");
  const spot: Spot = { path: `${source.path}.initiatorname`, at: spotOf(source, "initiatorName").at };
  if (initiator !== undefined) checkIscsiName(check, spot, "initiatorName", initiator);
}

function checkIscsiName(check: Check, spot: Spot, field: string, name: string): void {
  const shape = shapes[name.slice(0, 3)];
  if (name.length > longestName || shape?.test(name)) return;
  const fact = `${field} ${clipped(name)} is no name of iSCSI`;
  invalid(check, spot, `${fact}; write one such as iqn.2001-04.com.example:disk1, or one that begins with eui. or naa.`);
}

/** The kubelet names the interface after the volume and the portal. Also where the volume has several sources. */
export function checkIscsiInterface(check: Check, volume: TypedObject, source: TypedObject): void {
  const name = isBlank(volume, "name") ? "" : textOf(volume, "name");
  const portal = isBlank(source, "targetPortal") ? "" : textOf(source, "targetPortal");
  if (textOf(source, "initiatorName") === undefined || name === undefined || portal === undefined) return;
  const bytes = byteLength(`${name}:${portal}`);
  if (bytes <= longestInterface) return;
  const fact = `the volume's name and its targetPortal have ${String(bytes)} bytes together`;
  const limit = `at most ${String(longestInterface)} are allowed beside an initiatorName`;
  invalid(check, spotOf(volume, "name"), `${fact}, but ${limit}; shorten the name`);
}
