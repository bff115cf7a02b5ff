import { labelValueFault, qualifiedNameFault } from "../names.js";
import { isAbsent, isFullyKnown, listOf, mapOf, objectsOf, textEntries, textOf, textsOf, type TypedObject } from "../typed.js";

export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: ReadonlySet<string>;
}

/** Labels of a pod; a value is undefined where a template sets it. */
export interface LabelSet {
  readonly values: ReadonlyMap<string, string | undefined>;
  /** False where a template may add labels. */
  readonly whole: boolean;
}

/**
 * What a selector asks for. Undefined for one that is not fully known, and for one that the server cannot compile: it is not compared.
 * Source: LabelSelectorAsSelector in k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go
 */
export function requirementsOf(selector: TypedObject): readonly Requirement[] | undefined {
  const labels = mapOf(selector, "matchLabels");
  const expressions = listOf(selector, "matchExpressions");
  if (labels ? !labels.whole : !isAbsent(selector, "matchLabels")) return undefined;
  if (expressions ? !isFullyKnown(expressions) : !isAbsent(selector, "matchExpressions")) return undefined;
  const equal = labels ? textEntries(labels).map(([key, value]): Requirement => ({ key, operator: "In", values: new Set([value]) })) : [];
  if (equal.length !== (labels?.entries.size ?? 0)) return undefined;
  const others = objectsOf(selector, "matchExpressions").map(requirementOf);
  const all = [...equal, ...others];
  return all.every((one) => one !== undefined && isGood(one)) ? all.filter((one) => one !== undefined) : undefined;
}

function requirementOf(expression: TypedObject): Requirement | undefined {
  const key = textOf(expression, "key");
  const operator = textOf(expression, "operator");
  const list = listOf(expression, "values");
  const values = textsOf(expression, "values");
  const known = list ? isFullyKnown(list) && list.items.length === values.length : isAbsent(expression, "values");
  if (key === undefined || !known) return undefined;
  if (operator !== "In" && operator !== "NotIn" && operator !== "Exists" && operator !== "DoesNotExist") return undefined;
  return { key, operator, values: new Set(values.map(({ value }) => value)) };
}

function isGood({ key, operator, values }: Requirement): boolean {
  const takesValues = operator === "In" || operator === "NotIn";
  if (qualifiedNameFault(key) !== undefined || takesValues !== values.size > 0) return false;
  return [...values].every((value) => labelValueFault(value) === undefined);
}

/** Whether labels have all that is asked for; undefined where a template decides. */
export function matches(requirements: readonly Requirement[], labels: LabelSet): boolean | undefined {
  const answers = requirements.map((requirement) => isMet(requirement, labels));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function isMet({ key, operator, values }: Requirement, labels: LabelSet): boolean | undefined {
  const has = labels.values.has(key) ? true : labels.whole ? false : undefined;
  if (operator === "Exists" || has === undefined) return has;
  if (operator === "DoesNotExist") return !has;
  if (!has) return operator === "NotIn";
  const value = labels.values.get(key);
  return value === undefined ? undefined : values.has(value) === (operator === "In");
}
