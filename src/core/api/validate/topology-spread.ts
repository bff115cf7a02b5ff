import { type Check, clipped, duplicate, invalid, notSupported, required, forbidden } from "../check.js";
import { numberOrZero, textOrEmpty } from "../known.js";
import { isAbsent, isSet, listOf, mapOf, objectOf, objectsOf, spotOf, textOf, textsOf, type TypedObject } from "../typed.js";
import { validateLabelSelector } from "./label-selector.js";
import { checkLabelKey } from "./node-affinity.js";
import { checkMergedLabelKeys } from "./pod-affinity.js";

/** Earlier servers take any labelSelector here. Source: AllowInvalidTopologySpreadConstraintLabelSelector, not in 1.26 */
const firstWithCheckedSelector = 27;
const actions = ["DoNotSchedule", "ScheduleAnyway"];
const policies = ["Honor", "Ignore"];

/** Source: validateTopologySpreadConstraints in pkg/apis/core/validation/validation.go */
export function validateTopologySpread(check: Check, pod: TypedObject): void {
  const constraints = objectsOf(pod, "topologySpreadConstraints");
  for (const constraint of constraints) {
    checkNumbers(check, constraint);
    checkChoices(check, constraint);
    checkSelector(check, constraint);
  }
  if (constraints.length > 1) checkRepeats(check, constraints);
}

function checkNumbers(check: Check, constraint: TypedObject): void {
  const skew = numberOrZero(constraint, "maxSkew");
  if (skew !== undefined && skew <= 0) {
    invalid(check, spotOf(constraint, "maxSkew"), `maxSkew is ${String(skew)}, but must be at least 1; write 1 or more`);
  }
  if (!isSet(constraint, "minDomains")) return;
  const spot = spotOf(constraint, "minDomains");
  const domains = numberOrZero(constraint, "minDomains");
  const action = textOrEmpty(constraint, "whenUnsatisfiable");
  if (domains !== undefined && domains <= 0) {
    invalid(check, spot, `minDomains is ${String(domains)}, but must be at least 1; write 1 or more`);
  } else if (action !== undefined && action !== "DoNotSchedule") {
    invalid(check, spot, "minDomains goes with whenUnsatisfiable DoNotSchedule only; write that or take minDomains out");
  }
}

function checkChoices(check: Check, constraint: TypedObject): void {
  if (textOrEmpty(constraint, "topologyKey") === "") {
    const remedy = "name a node label as kubernetes.io/hostname";
    required(check, spotOf(constraint, "topologyKey"), `a spread constraint needs a topologyKey; ${remedy}`);
  }
  const action = textOrEmpty(constraint, "whenUnsatisfiable");
  if (action !== undefined && !actions.includes(action)) {
    notSupported(check, spotOf(constraint, "whenUnsatisfiable"), "whenUnsatisfiable", actions);
  }
  for (const name of ["nodeAffinityPolicy", "nodeTaintsPolicy"]) {
    const policy = textOf(constraint, name);
    if (policy !== undefined && !policies.includes(policy)) notSupported(check, spotOf(constraint, name), name, policies);
  }
}

function checkSelector(check: Check, constraint: TypedObject): void {
  if (check.on("MatchLabelKeysInPodTopologySpreadSelectorMerge") && check.on("MatchLabelKeysInPodTopologySpread")) {
    checkMergedLabelKeys(check, constraint);
  } else {
    checkSeparateLabelKeys(check, constraint);
  }
  const selector = objectOf(constraint, "labelSelector");
  if (selector && check.minor >= firstWithCheckedSelector) validateLabelSelector(check, selector);
}

/** Before the keys became part of the selector. Source: ValidateMatchLabelKeysInTopologySpread */
function checkSeparateLabelKeys(check: Check, constraint: TypedObject): void {
  const keys = listOf(constraint, "matchLabelKeys");
  if (!keys || keys.items.length === 0) return;
  if (isAbsent(constraint, "labelSelector")) {
    forbidden(check, keys, "matchLabelKeys adds to a labelSelector and there is none; write a labelSelector");
  }
  const selected = selectedKeys(constraint);
  for (const key of textsOf(constraint, "matchLabelKeys")) {
    checkLabelKey(check, key, key.value);
    if (selected.has(key.value)) {
      invalid(check, key, `${clipped(key.value)} is in matchLabelKeys and in labelSelector; take one out`);
    }
  }
}

function selectedKeys(constraint: TypedObject): ReadonlySet<string> {
  const selector = objectOf(constraint, "labelSelector");
  const keys = new Set<string>();
  if (!selector) return keys;
  for (const key of mapOf(selector, "matchLabels")?.entries.keys() ?? []) keys.add(key);
  for (const expression of objectsOf(selector, "matchExpressions")) {
    const key = textOrEmpty(expression, "key");
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/** Two constraints on the same key with the same action; the server points at the earlier. Source: ValidateSpreadConstraintNotRepeat */
function checkRepeats(check: Check, constraints: readonly TypedObject[]): void {
  const later = new Set<string>();
  for (const constraint of constraints.toReversed()) {
    const key = textOrEmpty(constraint, "topologyKey");
    const action = textOrEmpty(constraint, "whenUnsatisfiable");
    if (key === undefined || action === undefined) continue;
    const pair = JSON.stringify([key, action]);
    const { path, at } = constraint;
    if (later.has(pair)) {
      const spot = { path: `${path}.{topologyKey, whenUnsatisfiable}`, at };
      duplicate(check, spot, `another constraint spreads over ${clipped(key)} with ${clipped(action)}; take one of them out`);
    }
    later.add(pair);
  }
}
