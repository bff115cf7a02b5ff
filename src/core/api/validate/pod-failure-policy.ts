import { type Check, checkCount, clipped, duplicate, invalid, notSupported, required } from "../check.js";
import { qualifiedNameFault } from "../names.js";
import {
  isAbsent,
  isBlank,
  isEmpty,
  isSet,
  listOf,
  objectOf,
  objectsOf,
  spotOf,
  textOf,
  type TypedList,
  type TypedObject,
} from "../typed.js";
import { checkChoice } from "./plain-field.js";

const most = { rules: 20, exitCodes: 255, conditions: 20 } as const;
const actions = ["Count", "FailIndex", "FailJob", "Ignore"] as const;
/** Source: supportedPodFailurePolicyActions in 1.27 and 1.28 */
const failIndexFrom = 28;

/** Source: validatePodFailurePolicy in pkg/apis/batch/validation/validation.go */
export function validatePodFailurePolicy(check: Check, spec: TypedObject): void {
  const policy = objectOf(spec, "podFailurePolicy");
  if (!policy) return;
  checkCount(check, policy, "rules", most.rules);
  const containers = containerNames(spec);
  for (const rule of objectsOf(policy, "rules")) validateRule(check, spec, rule, containers);
}

/** Undefined where a template can bring in another one. */
function containerNames(spec: TypedObject): ReadonlySet<string> | undefined {
  const template = objectOf(spec, "template");
  const pod = template && objectOf(template, "spec");
  if (!pod) return undefined;
  const names = new Set<string>();
  for (const name of ["containers", "initContainers"]) {
    if (isAbsent(pod, name)) continue;
    const list = listOf(pod, name);
    if (!list?.whole) return undefined;
    for (const container of list.items) {
      const text = container.kind !== "object" ? undefined : isBlank(container, "name") ? "" : textOf(container, "name");
      if (text === undefined) return undefined;
      names.add(text);
    }
  }
  return names;
}

function validateRule(check: Check, spec: TypedObject, rule: TypedObject, containers: ReadonlySet<string> | undefined): void {
  validateAction(check, spec, rule);
  const exitCodes = objectOf(rule, "onExitCodes");
  if (exitCodes) validateExitCodes(check, exitCodes, containers);
  validateConditions(check, rule);
  const conditions = listOf(rule, "onPodConditions");
  if (isSet(rule, "onExitCodes") && conditions && conditions.items.length > 0) {
    invalid(check, rule, "a rule has either onExitCodes or onPodConditions, and this one has both; make it two rules");
  }
  if (!isAbsent(rule, "onExitCodes") || !isEmpty(rule, "onPodConditions")) return;
  invalid(check, rule, "a rule without onExitCodes and onPodConditions matches nothing; add one of them");
}

function validateAction(check: Check, spec: TypedObject, rule: TypedObject): void {
  const known = check.minor >= failIndexFrom ? actions : actions.filter((action) => action !== "FailIndex");
  if (isBlank(rule, "action")) return required(check, spotOf(rule, "action"), "a rule needs an action; add one, such as FailJob");
  checkChoice(check, rule, "action", known);
  if (check.minor < failIndexFrom || textOf(rule, "action") !== "FailIndex" || !isAbsent(spec, "backoffLimitPerIndex")) return;
  invalid(check, spotOf(rule, "action"), "action FailIndex needs backoffLimitPerIndex in the Job's spec; add that or use another action");
}

function validateConditions(check: Check, rule: TypedObject): void {
  checkCount(check, rule, "onPodConditions", most.conditions);
  for (const pattern of objectsOf(rule, "onPodConditions")) {
    const type = isBlank(pattern, "type") ? "" : textOf(pattern, "type");
    const fault = type === undefined ? undefined : qualifiedNameFault(type);
    if (type !== undefined && fault !== undefined) {
      invalid(check, spotOf(pattern, "type"), `the type of condition ${clipped(type)} ${fault}; write one such as DisruptionTarget`);
    }
    if (isBlank(pattern, "status")) required(check, spotOf(pattern, "status"), "a condition needs a status; add status: \"True\"");
    else checkChoice(check, pattern, "status", ["False", "True", "Unknown"]);
  }
}

function validateExitCodes(check: Check, codes: TypedObject, containers: ReadonlySet<string> | undefined): void {
  if (isBlank(codes, "operator")) required(check, spotOf(codes, "operator"), "onExitCodes needs an operator; add In or NotIn");
  else checkChoice(check, codes, "operator", ["In", "NotIn"]);
  const container = textOf(codes, "containerName");
  if (container !== undefined && containers && !containers.has(container)) {
    const message = `the pod has no container named ${clipped(container)}; name one of its containers or leave containerName out`;
    invalid(check, spotOf(codes, "containerName"), message);
  }
  if (isEmpty(codes, "values")) invalid(check, spotOf(codes, "values"), "onExitCodes needs at least one exit code in values; add it");
  checkCount(check, codes, "values", most.exitCodes);
  const values = listOf(codes, "values");
  if (values) validateValues(check, values, textOf(codes, "operator") === "In");
}

function validateValues(check: Check, values: TypedList, isIn: boolean): void {
  const seen = new Set<number>();
  let previous: number | undefined;
  let ordered = true;
  for (const item of values.items) {
    const value = item.kind === "scalar" ? Number(item.value) : undefined;
    if (value !== undefined) {
      if (isIn && value === 0) invalid(check, item, "0 is no failure, so operator In does not take it; remove it");
      if (seen.has(value)) duplicate(check, item, `exit code ${String(value)} is listed twice; remove one`);
      seen.add(value);
      if (previous !== undefined && previous > value) ordered = false;
    }
    previous = value;
  }
  if (!ordered) invalid(check, values, "exit codes must be in ascending order; sort them");
}

/** Source: validatePodReplacementPolicy in pkg/apis/batch/validation/validation.go */
export function validatePodReplacementPolicy(check: Check, spec: TypedObject): void {
  const value = textOf(spec, "podReplacementPolicy");
  const field = spotOf(spec, "podReplacementPolicy");
  if (value === undefined || value === "Failed") return;
  if (isSet(spec, "podFailurePolicy")) notSupported(check, field, "with podFailurePolicy, podReplacementPolicy", ["Failed"]);
  else if (value !== "TerminatingOrFailed") notSupported(check, field, "podReplacementPolicy", ["Failed", "TerminatingOrFailed"]);
}
