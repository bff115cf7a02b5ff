import { type Check, forbidden, notSupported, required, tooLong, tooMany } from "../check.js";
import { textOrEmpty } from "../known.js";
import { isAbsent, listOf, objectOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";

const policies = ["Always", "Never", "OnFailure"] as const;
const operators = ["In", "NotIn"] as const;
const most = { rules: 20, exitCodes: 255 } as const;
/** From this minor on a list with too many items is TooMany, before it was TooLong: validateContainerRestartPolicy. */
const tooManyFrom = 36;

/**
 * restartPolicy of a main container.
 * Source: validateContainers and validateContainerRestartPolicy in pkg/apis/core/validation/validation.go
 */
export function validateRestartPolicy(check: Check, container: TypedObject): void {
  if (check.on("ContainerRestartRules")) validateRules(check, container);
  else if (container.fields.get("restartPolicy")?.kind === "scalar") {
    const message = "a main container has no restartPolicy of its own in this version; remove it, or make this an init container";
    forbidden(check, spotOf(container, "restartPolicy"), message);
  }
}

/** restartPolicy of an init container. Source: validateInitContainerRestartPolicy in pkg/apis/core/validation/validation.go */
export function validateInitRestartPolicy(check: Check, container: TypedObject): void {
  const field = container.fields.get("restartPolicy");
  const rules = check.on("ContainerRestartRules");
  const policy = textOf(container, "restartPolicy");
  if (!field) {
    if (rules) checkRulesHavePolicy(check, container);
  } else if (policy === "Always" && (!rules || !check.on("RestartAllContainersOnContainerExits"))) {
    if (rules && countOf(container) > 0) {
      forbidden(check, spotOf(container, "restartPolicyRules"), "an init container that always restarts has no rules for it; remove them");
    }
  } else if (rules) validateRules(check, container);
  else if (policy !== undefined) notSupported(check, field, "restartPolicy of an init container", ["Always"]);
}

function validateRules(check: Check, container: TypedObject): void {
  const field = container.fields.get("restartPolicy");
  const policy = textOf(container, "restartPolicy");
  const rules = objectsOf(container, "restartPolicyRules");
  checkRulesHavePolicy(check, container);
  if (field && policy !== undefined && !policies.some((known) => known === policy)) notSupported(check, field, "restartPolicy", policies);
  checkCount(check, spotOf(container, "restartPolicyRules"), "rules", countOf(container));
  for (const rule of rules) validateRule(check, rule);
}

function countOf(container: TypedObject): number {
  return listOf(container, "restartPolicyRules")?.items.length ?? 0;
}

function checkRulesHavePolicy(check: Check, container: TypedObject): void {
  if (countOf(container) === 0 || !isAbsent(container, "restartPolicy")) return;
  required(check, spotOf(container, "restartPolicy"), "restartPolicyRules need a restartPolicy for all other exits; add one");
}

function checkCount(check: Check, spot: Spot, what: keyof typeof most, count: number): void {
  if (count <= most[what]) return;
  const add = check.minor >= tooManyFrom ? tooMany : tooLong;
  add(check, spot, `there are ${String(count)} of them, but at most ${String(most[what])} are allowed; remove some`);
}

function validateRule(check: Check, rule: TypedObject): void {
  const actions = check.on("RestartAllContainersOnContainerExits") ? ["Restart", "RestartAllContainers"] : ["Restart"];
  checkKnown(check, rule, "action", actions);
  const codes = objectOf(rule, "exitCodes");
  if (isAbsent(rule, "exitCodes")) required(check, spotOf(rule, "exitCodes"), "a rule needs exitCodes to go by; add them");
  if (!codes) return;
  checkKnown(check, codes, "operator", operators);
  checkCount(check, spotOf(codes, "values"), "exitCodes", listOf(codes, "values")?.items.length ?? 0);
}

function checkKnown(check: Check, owner: TypedObject, name: string, values: readonly string[]): void {
  const text = textOrEmpty(owner, name);
  if (text !== undefined && !values.includes(text)) notSupported(check, owner.fields.get(name) ?? spotOf(owner, name), name, values);
}
