import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { numberOrZero, textOrEmpty } from "../known.js";
import { dnsSubdomainFault, labelValueFault, qualifiedNameFault } from "../names.js";
import {
  isEmpty,
  keyPlace,
  listOf,
  mapOf,
  objectOf,
  objectsOf,
  type Spot,
  spotOf,
  textEntries,
  textsOf,
  type TypedObject,
} from "../typed.js";

/** The label values of a required node affinity are checked from this minor on. Source: AllowInvalidLabelValueInRequiredNodeAffinity */
const firstWithCheckedValues = 33;
/** What a node can be selected by, other than labels. Source: nodeFieldSelectorValidators */
const nodeName = "metadata.name";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";

/** Labels that the node must have. Source: ValidateLabels in k8s.io/apimachinery/pkg/apis/meta/v1/validation */
export function validateNodeSelector(check: Check, pod: TypedObject): void {
  const selector = mapOf(pod, "nodeSelector");
  if (!selector) return;
  const { path } = selector;
  for (const key of selector.entries.keys()) checkLabelKey(check, { path, at: keyPlace(selector, key) }, key);
  for (const [key, value] of textEntries(selector)) {
    const fault = labelValueFault(value);
    const at = selector.entries.get(key)?.at ?? selector.at;
    if (fault !== undefined) invalid(check, { path, at }, `the label value ${clipped(value)} ${fault}; no node can have it`);
  }
}

/** Source: validateNodeAffinity in pkg/apis/core/validation/validation.go */
export function validateNodeAffinity(check: Check, affinity: TypedObject | undefined): void {
  if (!affinity) return;
  const selector = objectOf(affinity, "requiredDuringSchedulingIgnoredDuringExecution");
  if (selector) {
    if (isEmpty(selector, "nodeSelectorTerms")) {
      required(check, spotOf(selector, "nodeSelectorTerms"), "a required node affinity has no terms; add one or take it out");
    }
    const withValues = check.minor >= firstWithCheckedValues;
    for (const term of objectsOf(selector, "nodeSelectorTerms")) checkTerm(check, term, withValues);
  }
  for (const item of objectsOf(affinity, preferred)) {
    checkWeight(check, item);
    const preference = objectOf(item, "preference");
    if (preference) checkTerm(check, preference, false);
  }
}

/** How much a preference counts, for nodes and for pods. */
export function checkWeight(check: Check, item: TypedObject): void {
  const weight = numberOrZero(item, "weight");
  if (weight === undefined || (weight >= 1 && weight <= 100)) return;
  invalid(check, spotOf(item, "weight"), `weight is ${String(weight)}, but must be between 1 and 100; write a number in that range`);
}

/** The name of a label: `topology.kubernetes.io/zone`. */
export function checkLabelKey(check: Check, spot: Spot, key: string): void {
  const fault = qualifiedNameFault(key);
  if (fault !== undefined) invalid(check, spot, `the label name ${clipped(key)} ${fault}; correct the name`);
}

function checkTerm(check: Check, term: TypedObject, withValues: boolean): void {
  for (const requirement of objectsOf(term, "matchExpressions")) checkExpression(check, requirement, withValues);
  for (const requirement of objectsOf(term, "matchFields")) checkField(check, requirement);
}

function checkExpression(check: Check, requirement: TypedObject, withValues: boolean): void {
  checkOperator(check, requirement);
  const key = textOrEmpty(requirement, "key");
  if (key !== undefined) checkLabelKey(check, spotOf(requirement, "key"), key);
  if (!withValues) return;
  for (const value of textsOf(requirement, "values")) {
    const fault = labelValueFault(value.value);
    if (fault !== undefined) invalid(check, value, `the label value ${clipped(value.value)} ${fault}; no node can have it`);
  }
}

function checkOperator(check: Check, requirement: TypedObject): void {
  const operator = textOrEmpty(requirement, "operator");
  const values = spotOf(requirement, "values");
  switch (operator) {
    case undefined:
      return;
    case "In":
    case "NotIn":
      if (isEmpty(requirement, "values")) required(check, values, `operator ${operator} has no values to compare with; list at least one`);
      return;
    case "Exists":
    case "DoesNotExist":
      if (hasItems(requirement)) forbidden(check, values, `operator ${operator} compares with nothing; take the values out`);
      return;
    case "Gt":
    case "Lt":
      if (isNotOne(requirement)) required(check, values, `operator ${operator} compares with exactly one value; write one whole number`);
      return;
    default: {
      const meant = "use In, NotIn, Exists, DoesNotExist, Gt or Lt";
      invalid(check, spotOf(requirement, "operator"), `operator ${clipped(operator)} is none of a node selector; ${meant}`);
    }
  }
}

/** Source: ValidateNodeFieldSelectorRequirement */
function checkField(check: Check, requirement: TypedObject): void {
  const operator = textOrEmpty(requirement, "operator");
  if (operator === "In" || operator === "NotIn") {
    const spot = spotOf(requirement, "values");
    if (isNotOne(requirement)) required(check, spot, `matchFields compares with exactly one value; write one, or a term for each`);
  } else if (operator !== undefined) {
    invalid(check, spotOf(requirement, "operator"), `operator ${clipped(operator)} is none of matchFields; use In or NotIn`);
  }
  const key = textOrEmpty(requirement, "key");
  if (key === undefined) return;
  if (key !== nodeName) {
    invalid(check, spotOf(requirement, "key"), `matchFields knows no field ${clipped(key)}; use ${nodeName} or a matchExpressions`);
    return;
  }
  for (const value of textsOf(requirement, "values")) {
    const fault = dnsSubdomainFault(value.value);
    if (fault !== undefined) invalid(check, value, `the node name ${clipped(value.value)} ${fault}; write a node's name`);
  }
}

function hasItems(requirement: TypedObject): boolean {
  const values = listOf(requirement, "values");
  return values !== undefined && values.items.length > 0;
}

/** Certainly no value or several. */
function isNotOne(requirement: TypedObject): boolean {
  const values = listOf(requirement, "values");
  if (values && values.items.length > 1) return true;
  return isEmpty(requirement, "values");
}
