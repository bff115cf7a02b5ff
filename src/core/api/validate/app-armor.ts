import { type Check, clipped, forbidden, invalid, required, tooLong } from "../check.js";
import { isBlank, isSet, objectOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { checkChoice } from "./plain-field.js";
import { checkSamePath, invalidOutsideLocalhost, profileTypes } from "./seccomp.js";

/** A path of Linux, less its end. */
const longestProfile = 4095;
/** What Go's TrimSpace takes off: unlike JavaScript's, U+0085 too, and no U+FEFF. */
const blankEnd = /^[\s\u0085]|[\s\u0085]$/;

function isPadded(text: string): boolean {
  return blankEnd.test(text.replace(/^\ufeff|\ufeff$/g, "-"));
}

/**
 * The appArmorProfile of a pod's or a container's securityContext.
 * Source: ValidateAppArmorProfileField in pkg/apis/core/validation/validation.go
 */
export function validateAppArmor(check: Check, context: TypedObject): void {
  const profile = objectOf(context, "appArmorProfile");
  if (!profile) return;
  if (isBlank(profile, "type")) {
    required(check, spotOf(profile, "type"), "appArmorProfile needs a type; write RuntimeDefault");
    return;
  }
  checkChoice(check, profile, "type", profileTypes);
  const type = textOf(profile, "type");
  if (type === "Localhost") checkLocalName(check, profile);
  else if ((type === "RuntimeDefault" || type === "Unconfined") && isSet(profile, "localhostProfile")) {
    invalidOutsideLocalhost(check, spotOf(profile, "localhostProfile"), type);
  }
}

function checkLocalName(check: Check, profile: TypedObject): void {
  const spot = spotOf(profile, "localhostProfile");
  if (isBlank(profile, "localhostProfile")) required(check, spot, "a Localhost profile needs localhostProfile; write its name");
  const name = textOf(profile, "localhostProfile") ?? "";
  if (isPadded(name)) invalid(check, spot, `localhostProfile ${clipped(name)} has blanks at its ends; remove them`);
  const bytes = byteLength(name);
  if (bytes > longestProfile) {
    tooLong(check, spot, `localhostProfile has ${String(bytes)} bytes, but at most ${String(longestProfile)} are allowed; shorten it`);
  }
}

const localPrefix = "localhost/";

/** The value of an old AppArmor annotation. Source: ValidateAppArmorProfileFormat, as above */
export function checkAppArmorAnnotation(check: Check, spot: Spot, value: string): void {
  if (["", "runtime/default", "unconfined"].includes(value) || value.startsWith(localPrefix)) return;
  invalid(check, spot, `${clipped(value)} is no AppArmor profile; write runtime/default, unconfined, or localhost/ and a name`);
}

/**
 * An annotation and the profile that a container has, or takes from its pod, must agree; the error stands at the container either way.
 * Source: validateAppArmorAnnotationsAndFieldsMatchOnCreate, as above
 */
export function checkAppArmorAgreement(check: Check, profile: TypedObject, container: TypedObject, annotation: string): void {
  const path = `${container.path}.securityContext.appArmorProfile`;
  const type = textOf(profile, "type");
  const told = `the annotation says ${clipped(annotation)}`;
  const spot: Spot = { path: `${path}.type`, at: spotOf(profile, "type").at };
  const agreed = { Unconfined: "unconfined", RuntimeDefault: "runtime/default" };
  if (type === "Unconfined" || type === "RuntimeDefault") {
    if (agreed[type] !== annotation) forbidden(check, spot, `AppArmor type is ${type}, but ${told}; remove the annotation`);
  } else if (type === "Localhost") {
    const here = { ...profile, path, fields: moved(profile, path) };
    if (annotation.startsWith(localPrefix)) checkSamePath(check, here, annotation.slice(localPrefix.length), told);
    else forbidden(check, spot, `AppArmor type is Localhost, but ${told}; remove the annotation`);
  }
}

/** The fields of a pod's profile, under the path that the server gives for each container that takes it over. */
function moved(profile: TypedObject, path: string): TypedObject["fields"] {
  return new Map([...profile.fields].map(([name, field]) => [name, { ...field, path: `${path}.${name}` }]));
}
