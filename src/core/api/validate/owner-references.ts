import { type Check, invalid } from "../check.js";
import { flagOf, isBlank, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";

/** Since this minor a controller without a name is counted too. Source: ValidateOwnerReferences in objectmeta.go of 1.25 and 1.26 */
const countsNamelessFrom = 26;

/**
 * Who owns the object; the server's paths have no index. Source: ValidateOwnerReferences in
 * k8s.io/apimachinery/pkg/api/validation/objectmeta.go
 */
export function validateOwnerReferences(check: Check, metadata: TypedObject): void {
  let controllers = 0;
  for (const owner of objectsOf(metadata, "ownerReferences")) {
    validateOwner(check, owner, `${metadata.path}.ownerReferences`);
    if (flagOf(owner, "controller") !== true) continue;
    if (controllers > 0) {
      const message = "a second owner has controller: true, but only one may; remove it from one of them";
      invalid(check, { path: `${metadata.path}.ownerReferences`, at: spotOf(owner, "controller").at }, message);
    } else if (check.minor >= countsNamelessFrom || !isBlank(owner, "name")) controllers++;
  }
}

function validateOwner(check: Check, owner: TypedObject, path: string): void {
  for (const name of ["kind", "name", "uid"]) {
    if (!isBlank(owner, name)) continue;
    invalid(check, { path: `${path}.${name}`, at: spotOf(owner, name).at }, `an owner needs its ${name}; add it`);
  }
  const apiVersion = textOf(owner, "apiVersion");
  const blank = isBlank(owner, "apiVersion");
  if (blank || (apiVersion !== undefined && isWithoutVersion(apiVersion))) {
    const message = "an owner needs an apiVersion with a version in it; write one such as apps/v1";
    invalid(check, { path: `${path}.apiVersion`, at: spotOf(owner, "apiVersion").at }, message);
  }
  if (textOf(owner, "kind") !== "Event" || (apiVersion !== "v1" && apiVersion !== "/v1")) return;
  invalid(check, { path, at: owner.at }, "an Event cannot own anything; remove this owner");
}

/** Source: ParseGroupVersion in k8s.io/apimachinery/pkg/runtime/schema */
function isWithoutVersion(apiVersion: string): boolean {
  return apiVersion.endsWith("/") || apiVersion.split("/").length > 2;
}
