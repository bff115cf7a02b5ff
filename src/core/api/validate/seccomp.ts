import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { isAbsent, isBlank, isSet, objectOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkChoice } from "./plain-field.js";

export const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"] as const;

/** A path below the kubelet's folder. Source: validateLocalDescendingPath in pkg/apis/core/validation/validation.go */
function checkPath(check: Check, spot: Spot, path: string): void {
  const fault = path.startsWith("/") ? "is absolute" : path.split("/").includes("..") ? "leaves its folder with .." : undefined;
  if (fault !== undefined) invalid(check, spot, `the profile's path ${clipped(path)} ${fault}; write one below the kubelet's seccomp folder`);
}

/** The seccompProfile of a pod's or a container's securityContext. Source: validateSeccompProfileField, as above */
export function validateSeccomp(check: Check, context: TypedObject): void {
  const profile = objectOf(context, "seccompProfile");
  if (!profile) return;
  if (isBlank(profile, "type")) required(check, spotOf(profile, "type"), "seccompProfile needs a type; write RuntimeDefault");
  else checkChoice(check, profile, "type", profileTypes);
  checkLocalPath(check, profile);
}

function checkLocalPath(check: Check, profile: TypedObject): void {
  const type = isBlank(profile, "type") ? "" : textOf(profile, "type");
  if (type === undefined) return;
  const spot = spotOf(profile, "localhostProfile");
  if (type !== "Localhost") {
    if (isSet(profile, "localhostProfile")) invalidOutsideLocalhost(check, spot, type);
    return;
  }
  const path = textOf(profile, "localhostProfile");
  if (isAbsent(profile, "localhostProfile")) required(check, spot, "a Localhost profile needs localhostProfile; write its path");
  else if (path !== undefined) checkPath(check, spot, path);
}

/** localhostProfile belongs to the type Localhost alone. */
export function invalidOutsideLocalhost(check: Check, spot: Spot, type: string): void {
  const fact = type === "" ? "there is no type" : `the type is ${clipped(type)}`;
  invalid(check, spot, `localhostProfile is set, but ${fact}; remove it, or write type: Localhost`);
}

const localPrefix = "localhost/";

/** The value of an old seccomp annotation. Source: ValidateSeccompProfile, as above */
export function checkSeccompAnnotation(check: Check, spot: Spot, value: string): void {
  if (["runtime/default", "docker/default", "unconfined"].includes(value)) return;
  if (!value.startsWith(localPrefix)) {
    invalid(check, spot, `${clipped(value)} is no seccomp profile; write runtime/default, or localhost/ and a path`);
    return;
  }
  checkPath(check, spot, value.slice(localPrefix.length));
}

/** An annotation and a field that say different things. Source: validateSeccompAnnotationsAndFieldsMatch, as above */
export function checkSeccompAgreement(check: Check, context: TypedObject | undefined, annotation: string): void {
  const profile = context && objectOf(context, "seccompProfile");
  if (!profile) return;
  const agreed = { Unconfined: ["unconfined"], RuntimeDefault: ["runtime/default", "docker/default"] };
  const type = textOf(profile, "type");
  const told = `the annotation says ${clipped(annotation)}`;
  const spot = spotOf(profile, "type");
  if (type === "Unconfined" || type === "RuntimeDefault") {
    if (!agreed[type].includes(annotation)) forbidden(check, spot, `seccomp type is ${type}, but ${told}; remove the annotation`);
  } else if (type === "Localhost") {
    if (!annotation.startsWith(localPrefix)) forbidden(check, spot, `seccomp type is Localhost, but ${told}; remove the annotation`);
    else checkSamePath(check, profile, annotation.slice(localPrefix.length), told);
  }
}

/** localhostProfile as an annotation has it too. */
export function checkSamePath(check: Check, profile: TypedObject, path: string, told: string): void {
  const other = textOf(profile, "localhostProfile");
  if (!isAbsent(profile, "localhostProfile") && (other === undefined || other === path)) return;
  forbidden(check, spotOf(profile, "localhostProfile"), `localhostProfile is ${clipped(other ?? "")}, but ${told}; remove the annotation`);
}
