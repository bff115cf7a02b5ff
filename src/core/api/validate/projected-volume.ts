import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { isBlank, numberOf, objectOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { validateDownwardFile, validateKeys } from "./file-volumes.js";
import { checkFilePath, checkMode } from "./path-rules.js";
import { requireText } from "./required-text.js";

/** From this minor on a token's path is held to the rules of the other files. Source: validateProjectionSources of 1.29 and 1.30 */
const tokenPathsCheckedFrom = 30;
/** Seconds. Source: validateProjectionSources */
const shortestToken = 600;
const longestToken = 2 ** 32;

/**
 * Kinds of sources that some server keeps; clusterTrustBundle and podCertificate are behind gates that no server has on by itself, and
 * are gone before validation.
 */
const kinds = ["secret", "configMap", "downwardAPI", "serviceAccountToken"] as const;

/** Source: validateProjectedVolumeSource in pkg/apis/core/validation/validation.go */
export function validateProjectedVolume(check: Check, volume: TypedObject): void {
  checkMode(check, volume, "defaultMode");
  const paths = new Set<string>();
  for (const source of objectsOf(volume, "sources")) validateSource(check, volume, source, paths);
}

function validateSource(check: Check, volume: TypedObject, source: TypedObject, paths: Set<string>): void {
  for (const kind of ["secret", "configMap"] as const) {
    const files = objectOf(source, kind);
    if (!files) continue;
    requireText(check, files, `a projected ${kind}`, "name");
    validateKeys(check, files);
    claimPaths(check, volume, files, paths);
  }
  const downward = objectOf(source, "downwardAPI");
  if (downward) {
    for (const file of objectsOf(downward, "items")) validateDownwardFile(check, file, downward.path);
    claimPaths(check, volume, downward, paths);
  }
  const token = objectOf(source, "serviceAccountToken");
  if (token) validateToken(check, volume, token);
  const given = kinds.filter((kind) => objectOf(source, kind));
  if (given.length < 2) return;
  forbidden(check, { path: source.path, at: source.at }, `one projected source has ${given.join(" and ")}; make each an item of its own`);
}

/** Every file of the volume has a path of its own. */
function claimPaths(check: Check, volume: TypedObject, source: TypedObject, paths: Set<string>): void {
  for (const item of objectsOf(source, "items")) {
    const path = textOf(item, "path");
    if (path === undefined || path === "") continue;
    const spot: Spot = { path: volume.path, at: spotOf(item, "path").at };
    if (paths.has(path)) invalid(check, spot, `two files of this volume have the path ${clipped(path)}; rename one`);
    paths.add(path);
  }
}

function validateToken(check: Check, volume: TypedObject, token: TypedObject): void {
  const seconds = numberOf(token, "expirationSeconds");
  if (seconds !== undefined && (seconds < shortestToken || seconds > longestToken)) {
    const range = `${String(shortestToken)} and ${String(longestToken)}`;
    const message = `expirationSeconds is ${String(seconds)}, but must be between ${range}; write a number in that range`;
    invalid(check, spotOf(token, "expirationSeconds"), message);
  }
  // The server shows the path one level up, as the whole volume's.
  const spot: Spot = { path: `${volume.path}.path`, at: spotOf(token, "path").at };
  if (isBlank(token, "path")) required(check, spot, "a projected token needs a path; add the name of its file");
  const path = textOf(token, "path");
  if (path !== undefined && check.minor >= tokenPathsCheckedFrom) checkFilePath(check, spot, "path", path);
}
