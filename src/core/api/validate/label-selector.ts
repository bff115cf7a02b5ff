import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { labelValueFault, qualifiedNameFault } from "../names.js";
import { isBlank, isEmpty, listOf, mapOf, objectsOf, spotOf, textOf, textsOf, type TypedObject } from "../typed.js";
import { validateLabels } from "./labels.js";

/** From this minor on the values of an expression must be label values. Source: ValidateLabelSelectorRequirement of 1.25 and 1.26 */
const valuesCheckedFrom = 26;

/** A selector of pods by their labels. Source: ValidateLabelSelector in k8s.io/apimachinery/pkg/apis/meta/v1/validation */
export function validateLabelSelector(check: Check, selector: TypedObject): void {
  const labels = mapOf(selector, "matchLabels");
  if (labels) validateLabels(check, labels);
  for (const expression of objectsOf(selector, "matchExpressions")) validateExpression(check, expression);
}

function validateExpression(check: Check, expression: TypedObject): void {
  validateOperator(check, expression);
  const key = isBlank(expression, "key") ? "" : textOf(expression, "key");
  const fault = key === undefined ? undefined : qualifiedNameFault(key);
  if (key !== undefined && fault !== undefined) {
    invalid(check, spotOf(expression, "key"), `the label ${clipped(key)} ${fault}; correct the key`);
  }
  if (check.minor < valuesCheckedFrom) return;
  for (const item of textsOf(expression, "values")) {
    const wrong = labelValueFault(item.value);
    if (wrong !== undefined) invalid(check, item, `the label value ${clipped(item.value)} ${wrong}; correct it`);
  }
}

function validateOperator(check: Check, expression: TypedObject): void {
  const operator = isBlank(expression, "operator") ? "" : textOf(expression, "operator");
  if (operator === undefined) return;
  const values = spotOf(expression, "values");
  if (operator === "In" || operator === "NotIn") {
    if (isEmpty(expression, "values")) required(check, values, `operator ${operator} needs values; add one`);
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if ((listOf(expression, "values")?.items.length ?? 0) === 0) return;
    forbidden(check, values, `operator ${operator} takes no values; remove them or use In`);
  } else {
    const message = `${operator === "" ? "an empty operator" : clipped(operator)} is no operator; use In, NotIn, Exists or DoesNotExist`;
    invalid(check, spotOf(expression, "operator"), message);
  }
}
