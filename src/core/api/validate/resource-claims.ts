import { type Check, clipped, duplicate, notFound, required } from "../check.js";
import { textOrEmpty } from "../known.js";
import { dnsLabelFault } from "../names.js";
import { objectsOf, type Spot, textOf, type TypedObject } from "../typed.js";
import { checkName } from "./plain-field.js";

/** Claims that a container uses; `known` are the pod's. Source: validateResourceClaimNames in pkg/apis/core/validation/validation.go */
export function validateClaims(check: Check, resources: TypedObject, known: ReadonlySet<string> | undefined): void {
  const seen: Seen = { keys: new Set(), claimsWithRequest: new Set() };
  for (const claim of objectsOf(resources, "claims")) {
    const name = textOrEmpty(claim, "name");
    const spot: Spot = { path: claim.path, at: claim.fields.get("name")?.at ?? claim.anchor };
    if (name === undefined) continue;
    if (name === "") required(check, spot, "a claim needs a name; add one");
    else {
      checkRepeat(check, claim, { name, spot, seen });
      const fact = `the pod's resourceClaims have none named ${clipped(name)}`;
      if (known && !known.has(name)) notFound(check, spot, `${fact}; add it, or correct the name`);
    }
  }
}

interface Seen {
  readonly keys: Set<string>;
  readonly claimsWithRequest: Set<string>;
}

interface Named {
  readonly name: string;
  readonly spot: Spot;
  readonly seen: Seen;
}

/** A claim as a whole, or each of its requests, once. */
function checkRepeat(check: Check, claim: TypedObject, { name, spot, seen }: Named): void {
  const say = (): void => duplicate(check, spot, `claim ${clipped(name)} is in the list already; remove one`);
  if (seen.keys.has(name)) {
    say();
    return;
  }
  if (claim.fields.get("request")?.kind === "unknown") return;
  const request = textOf(claim, "request") ?? "";
  checkName(check, claim, "request", dnsLabelFault);
  const key = request === "" ? name : `${name}/${request}`;
  if (seen.keys.has(key) || (request === "" && seen.claimsWithRequest.has(name))) say();
  seen.keys.add(key);
  const slash = key.indexOf("/");
  if (slash >= 0) seen.claimsWithRequest.add(key.slice(0, slash));
}
