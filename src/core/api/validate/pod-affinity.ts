import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { heldObject, textOrEmpty } from "../known.js";
import { dnsLabelFault } from "../names.js";
import { isAbsent, listOf, mapOf, objectOf, objectsOf, spotOf, textsOf, type TypedObject } from "../typed.js";
import { validateLabelSelector } from "./label-selector.js";
import { checkLabelKey, checkWeight } from "./node-affinity.js";

/** Near or far from other pods. Source: validatePodAffinity, validatePodAntiAffinity in pkg/apis/core/validation/validation.go */
export function validatePodAffinity(check: Check, affinity: TypedObject | undefined): void {
  if (!affinity) return;
  for (const term of objectsOf(affinity, "requiredDuringSchedulingIgnoredDuringExecution")) checkTerm(check, term);
  for (const weighted of objectsOf(affinity, "preferredDuringSchedulingIgnoredDuringExecution")) {
    checkWeight(check, weighted);
    const term = heldObject(weighted, "podAffinityTerm", "PodAffinityTerm");
    if (term) checkTerm(check, term);
  }
}

function checkTerm(check: Check, term: TypedObject): void {
  for (const name of ["labelSelector", "namespaceSelector"]) {
    const selector = objectOf(term, name);
    if (selector) validateLabelSelector(check, selector);
  }
  for (const { value, at } of textsOf(term, "namespaces")) {
    const fault = dnsLabelFault(value);
    // The server names the field in the singular, without an index.
    const spot = { path: `${term.path}.namespace`, at };
    if (fault !== undefined) invalid(check, spot, `the namespace ${clipped(value)} ${fault}; write a namespace's name`);
  }
  checkMergedLabelKeys(check, term);
  checkTopologyKey(check, term);
}

function checkTopologyKey(check: Check, term: TypedObject): void {
  const key = textOrEmpty(term, "topologyKey");
  const spot = spotOf(term, "topologyKey");
  if (key === undefined) return;
  if (key === "") required(check, spot, "a pod affinity term needs a topologyKey; name a node label as kubernetes.io/hostname");
  checkLabelKey(check, spot, key);
}

/**
 * Keys of the pod's own labels that become part of the selector: none may be in it already.
 * Source: ValidateMatchLabelKeysAndMismatchLabelKeys
 */
export function checkMergedLabelKeys(check: Check, owner: TypedObject): void {
  checkLabelKeys(check, owner, "matchLabelKeys");
  checkLabelKeys(check, owner, "mismatchLabelKeys");
  checkSelectedTwice(check, owner);
  const mismatched = new Set(textsOf(owner, "mismatchLabelKeys").map(({ value }) => value));
  for (const key of textsOf(owner, "matchLabelKeys")) {
    if (mismatched.has(key.value)) {
      invalid(check, key, `${clipped(key.value)} is in matchLabelKeys and in mismatchLabelKeys; no pod fits both, take one out`);
    }
  }
}

function checkLabelKeys(check: Check, owner: TypedObject, name: string): void {
  const keys = listOf(owner, name);
  if (!keys || keys.items.length === 0) return;
  if (isAbsent(owner, "labelSelector")) {
    forbidden(check, keys, `${name} adds to a labelSelector and there is none; write a labelSelector`);
    return;
  }
  if (!owner.fields.has("labelSelector")) return;
  for (const key of textsOf(owner, name)) checkLabelKey(check, key, key.value);
}

/** A key that the selector has twice: the server takes the later for what it made of matchLabelKeys, and names the field oddly. */
function checkSelectedTwice(check: Check, owner: TypedObject): void {
  const selector = objectOf(owner, "labelSelector");
  if (!selector || !owner.fields.has("matchLabelKeys")) return;
  const indexes = new Map<string, number>();
  for (const [index, item] of (listOf(owner, "matchLabelKeys")?.items ?? []).entries()) {
    if (item.kind === "scalar") indexes.set(String(item.value), index);
  }
  const seen = new Set(mapOf(selector, "matchLabels")?.entries.keys());
  for (const expression of objectsOf(selector, "matchExpressions")) {
    const key = textOrEmpty(expression, "key");
    if (key === undefined) continue;
    const index = indexes.get(key);
    const spot = { path: `${owner.path}[${String(index)}]`, at: spotOf(expression, "key").at };
    if (index !== undefined && seen.has(key)) {
      invalid(check, spot, `${clipped(key)} is twice in labelSelector and in matchLabelKeys; take one out`);
    }
    seen.add(key);
  }
}
