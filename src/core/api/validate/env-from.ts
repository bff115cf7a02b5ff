import { type Check, invalid, required } from "../check.js";
import { dnsSubdomainFault } from "../names.js";
import { isBlank, listOf, objectOf, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { envNameFault } from "./env-name.js";
import { checkName } from "./plain-field.js";

/** ConfigMaps and Secrets whose entries become variables. Source: ValidateEnvFrom in pkg/apis/core/validation/validation.go */
export function validateEnvFrom(check: Check, container: TypedObject): void {
  const list = listOf(container, "envFrom");
  if (!list) return;
  const faultOf = envNameFault(check);
  for (const source of objectsOf(container, "envFrom")) {
    checkName(check, source, "prefix", faultOf);
    const refs = ["configMapRef", "secretRef"].flatMap((name) => objectOf(source, name) ?? []);
    for (const ref of refs) {
      if (isBlank(ref, "name")) required(check, spotOf(ref, "name"), "the reference needs a name; add one");
      else checkName(check, ref, "name", dnsSubdomainFault);
    }
    // The server names the list, not the item.
    const spot = { path: list.path, at: source.anchor };
    if (refs.length > 1) invalid(check, spot, "configMapRef and secretRef are both set; make two entries of them");
    else if (hasNone(source)) invalid(check, spot, "an entry of envFrom needs a source; add configMapRef or secretRef");
  }
}

function hasNone(source: TypedObject): boolean {
  return source.whole && !source.fields.has("configMapRef") && !source.fields.has("secretRef");
}
