import { type Check, clipped, invalid } from "../check.js";
import { numberOf, type Spot, spotOf, type TypedObject } from "../typed.js";

/** No part of a path may be "..". Source: validatePathNoBacksteps in pkg/apis/core/validation/validation.go */
export function hasBackstep(path: string): boolean {
  return path === ".." || path.startsWith("../") || path.endsWith("/..") || path.includes("/../");
}

export function checkNoBackstep(check: Check, spot: Spot, name: string, path: string): void {
  if (hasBackstep(path)) invalid(check, spot, `${name} ${clipped(path)} climbs with ".."; write the path without it`);
}

/** A path below some directory. Source: validateLocalDescendingPath */
export function checkDescendingPath(check: Check, spot: Spot, name: string, path: string): void {
  if (path.startsWith("/")) invalid(check, spot, `${name} ${clipped(path)} begins with /, but must be relative; remove the /`);
  checkNoBackstep(check, spot, name, path);
}

/** The same, and the kubelet keeps names that begin with "..". Source: ValidateLocalNonReservedPath */
export function checkFilePath(check: Check, spot: Spot, name: string, path: string): void {
  checkDescendingPath(check, spot, name, path);
  if (path.startsWith("..") && !path.startsWith("../")) {
    invalid(check, spot, `${name} ${clipped(path)} begins with "..", which the kubelet keeps for itself; rename it`);
  }
}

const mostBits = 0o777;

/** Permission bits of files. Source: fileModeErrorMsg, as above */
export function checkMode(check: Check, object: TypedObject, name: "mode" | "defaultMode"): void {
  const mode = numberOf(object, name);
  if (mode === undefined || (mode >= 0 && mode <= mostBits)) return;
  invalid(check, spotOf(object, name), `${name} is ${String(mode)}, but must be between 0 and 0777 (511); write one such as 0644`);
}
