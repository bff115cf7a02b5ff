import { type Check, clipped, invalid, notSupported } from "../check.js";
import { textOrEmpty } from "../known.js";
import { labelValueFault } from "../names.js";
import { isSet, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { checkLabelKey } from "./node-affinity.js";

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const largest = 2n ** 63n - 1n;

/** Source: ValidateTolerations in pkg/apis/core/validation/validation.go */
export function validateTolerations(check: Check, pod: TypedObject): void {
  for (const toleration of objectsOf(pod, "tolerations")) {
    checkKey(check, toleration);
    checkOperator(check, toleration);
    checkEffect(check, toleration);
  }
}

function checkKey(check: Check, toleration: TypedObject): void {
  const key = textOrEmpty(toleration, "key");
  const operator = textOrEmpty(toleration, "operator");
  if (key === undefined) return;
  if (key !== "") checkLabelKey(check, spotOf(toleration, "key"), key);
  else if (operator !== undefined && operator !== "Exists") {
    invalid(check, spotOf(toleration, "operator"), "a toleration without a key tolerates every taint; write operator Exists, or a key");
  }
}

function checkOperator(check: Check, toleration: TypedObject): void {
  const operator = textOrEmpty(toleration, "operator");
  const value = textOrEmpty(toleration, "value");
  const spot = spotOf(toleration, "operator");
  const compares = check.on("TaintTolerationComparisonOperators");
  if (operator === undefined) return;
  if (operator === "Exists") {
    if (value !== undefined && value !== "") invalid(check, spot, "operator Exists looks at no value; take the value out or use Equal");
  } else if (operator === "" || operator === "Equal") {
    const fault = value === undefined ? undefined : labelValueFault(value);
    if (fault !== undefined) invalid(check, spot, `the value ${clipped(value ?? "")} ${fault}; no taint can have it`);
  } else if (compares && (operator === "Lt" || operator === "Gt")) {
    if (value !== undefined && !isInt64(value)) {
      const fact = `operator ${operator} compares whole numbers, but the value is ${clipped(value)}`;
      invalid(check, spotOf(toleration, "value"), `${fact}; write a whole number without zeros in front`);
    }
  } else {
    notSupported(check, spot, "operator", ["Exists", "Equal", ...(compares ? ["Lt", "Gt"] : [])]);
  }
}

function checkEffect(check: Check, toleration: TypedObject): void {
  const effect = textOrEmpty(toleration, "effect");
  const spot = spotOf(toleration, "effect");
  if (effect === undefined) return;
  if (isSet(toleration, "tolerationSeconds") && effect !== "NoExecute") {
    invalid(check, spot, "tolerationSeconds counts for effect NoExecute only; write that effect or take it out");
  }
  if (effect !== "" && !effects.includes(effect)) notSupported(check, spot, "effect", effects);
}

function isInt64(text: string): boolean {
  if (text.length > 20 || !/^(?:0|-?[1-9][0-9]*)$/.test(text)) return false;
  const value = BigInt(text);
  return value <= largest && value >= -largest - 1n;
}
