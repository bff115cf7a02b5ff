import { type Check, required } from "../check.js";
import { isBlank, isSet, objectOf, spotOf, type TypedObject } from "../typed.js";

/** `what` needs a text that is not empty: "an NFS volume", "server". */
export function requireText(check: Check, object: TypedObject, what: string, name: string): void {
  if (!isBlank(object, name)) return;
  const message = isSet(object, name) ? `the ${name} of ${what} is empty; write one` : `${what} needs a ${name}; add it`;
  required(check, spotOf(object, name), message);
}

export function requireTexts(check: Check, object: TypedObject, what: string, names: readonly string[]): void {
  for (const name of names) requireText(check, object, what, name);
}

/** A reference to a Secret that is written must name one. */
export function requireSecretName(check: Check, source: TypedObject): void {
  const secret = objectOf(source, "secretRef");
  if (secret) requireText(check, secret, "a secretRef", "name");
}
