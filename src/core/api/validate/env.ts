import { type Check, invalid, required } from "../check.js";
import { configMapKeyFault, dnsLabelFault, dnsSubdomainFault } from "../names.js";
import { isBlank, objectOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { textOrEmpty } from "../known.js";
import { envNameFault, relaxedEnvNameFault } from "./env-name.js";
import { validateFieldRef, validateResourceFieldRef } from "./field-ref.js";
import { checkName, checkNameAt } from "./plain-field.js";

const sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"] as const;

/** Environment variables of one container; a name may repeat. Source: ValidateEnv in pkg/apis/core/validation/validation.go */
export function validateEnv(check: Check, container: TypedObject): void {
  const faultOf = envNameFault(check);
  for (const variable of objectsOf(container, "env")) {
    if (isBlank(variable, "name")) required(check, spotOf(variable, "name"), "an environment variable needs a name; add one");
    else checkName(check, variable, "name", faultOf);
    const from = objectOf(variable, "valueFrom");
    if (from) validateValueFrom(check, variable, from);
  }
}

function validateValueFrom(check: Check, variable: TypedObject, from: TypedObject): void {
  const found = sources.filter((name) => objectOf(from, name));
  const value = textOf(variable, "value") ?? "";
  if (from.whole && from.fields.size === 0) {
    invalid(check, from, "valueFrom says nothing about where the value comes from; add a source such as configMapKeyRef");
  } else if (found.length > 0 && value !== "") {
    invalid(check, from, `value and valueFrom.${String(found[0])} are both set; remove one`);
  } else if (found.length > 1) {
    invalid(check, from, `valueFrom has ${String(found.length)} sources, but may have one; remove the others`);
  }
  const [field, resource, configMap, secret, file] = sources.map((name) => objectOf(from, name));
  if (field) validateFieldRef(check, field, "env");
  if (resource) validateResourceFieldRef(check, resource, "env");
  if (configMap) validateKeyRef(check, configMap);
  if (secret) validateKeyRef(check, secret);
  if (file) validateFileKeyRef(check, file);
}

/** Source: validateConfigMapKeySelector and validateSecretKeySelector in pkg/apis/core/validation/validation.go */
function validateKeyRef(check: Check, ref: TypedObject): void {
  const name = textOrEmpty(ref, "name");
  if (name !== undefined) checkNameAt(check, spotOf(ref, "name"), "name", name, dnsSubdomainFault);
  if (isBlank(ref, "key")) required(check, spotOf(ref, "key"), "the reference needs a key; add one");
  else checkName(check, ref, "key", configMapKeyFault);
}

/** Source: validateFileKeySelector in pkg/apis/core/validation/validation.go */
function validateFileKeyRef(check: Check, ref: TypedObject): void {
  for (const name of ["key", "volumeName", "path"]) {
    if (isBlank(ref, name)) required(check, spotOf(ref, name), `the reference needs ${name}; add one`);
  }
  checkName(check, ref, "key", relaxedEnvNameFault);
  checkName(check, ref, "volumeName", dnsLabelFault);
  checkName(check, ref, "path", (path) => (path.split("/").includes("..") ? "must not have .. in it" : undefined));
}
