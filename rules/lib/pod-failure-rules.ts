import { field, type Field, itemLevel, type Job, keysOf, type Level, level, list, type Present, text } from "#rule";

/** A rule of a podFailurePolicy that the server accepts, as far as all of it is known. */
export interface PodFailureRule {
  readonly level: Level;
  readonly action: string;
  readonly codes?: ExitCodes;
  /** Empty for a rule about exit codes. */
  readonly conditions: readonly PodCondition[];
}

export interface ExitCodes {
  /** Undefined: any container of the pod, init containers too. */
  readonly container: string | undefined;
  readonly operator: "In" | "NotIn";
  readonly values: readonly Present<number>[];
}

export interface PodCondition {
  readonly type: Present<string>;
  readonly status: Field<string>;
}

/** The server takes no more: https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go */
const most = { rules: 20, codes: 255 } as const;

/**
 * The rules in the order in which a failed pod is held against them; an unknown one is undefined. Undefined in all where a template
 * adds some.
 */
export function podFailureRules({ podFailurePolicy, spec }: Job): readonly (PodFailureRule | undefined)[] | undefined {
  const rules = list(podFailurePolicy, "rules", (node, path) => ruleAt(itemLevel(node, path, spec)));
  return rules.value && rules.value.length > most.rules ? undefined : rules.value;
}

function ruleAt(own: Level): PodFailureRule | undefined {
  const action = text(own, "action");
  const codes = level(own, "onExitCodes");
  const conditions = list(own, "onPodConditions", (node, path) => itemLevel(node, path, own));
  if (action.state !== "present" || codes.state === "unknown" || conditions.state === "unknown") return undefined;
  if (codes.state === "present") {
    const known = exitCodes(codes);
    if (!known || conditions.state !== "absent") return undefined;
    return { level: own, action: action.value, codes: known, conditions: [] };
  }
  const known = (conditions.value ?? []).flatMap((item) => conditionAt(item));
  if (known.length === 0 || known.length !== conditions.value?.length) return undefined;
  return { level: own, action: action.value, conditions: known };
}

function exitCodes(codes: Level): ExitCodes | undefined {
  const container = text(codes, "containerName");
  const operator = text(codes, "operator").value;
  const values = codesIn(codes);
  if (container.state === "unknown" || (operator !== "In" && operator !== "NotIn") || values === undefined) return undefined;
  return { container: container.value, operator, values };
}

/** The codes of `values`; undefined where one is a template's or no number, and where they are too many. */
export function codesIn(codes: Level): readonly Present<number>[] | undefined {
  const written = list(codes, "values", (node, path): Present<number> | undefined => {
    if (node.kind !== "scalar" || typeof node.value !== "number") return undefined;
    return { state: "present", path, place: node.place, key: node.place, value: node.value, node };
  });
  const known = (written.value ?? []).flatMap((value) => value ?? []);
  if (known.length > most.codes) return undefined;
  return written.state === "present" && known.length === written.value.length ? known : undefined;
}

function conditionAt(item: Level): readonly PodCondition[] {
  const type = text(item, "type");
  const status = text(item, "status");
  return type.state === "present" && status.state !== "unknown" ? [{ type, status }] : [];
}

/** Whether the rule decides about a container of this name (undefined: any) that ends with this code. */
export function decides({ codes }: PodFailureRule, container: string | undefined, code: number): boolean {
  if (!codes || code === 0 || (codes.container !== undefined && codes.container !== container)) return false;
  return codes.values.some(({ value }) => value === code) === (codes.operator === "In");
}

/** What the status of a condition is where it is left out. */
export function statusOf({ status }: PodCondition): string {
  return status.value ?? "True";
}

/** Whether every pod that comes to a rule was decided about by one of those before it. */
export function isDecidedBefore(rule: PodFailureRule, before: readonly PodFailureRule[]): boolean {
  const { codes, conditions } = rule;
  if (codes) return areDecided(codes, before);
  const earlier = before.flatMap((one) => one.conditions);
  return conditions.every((one) => earlier.some((other) => other.type.value === one.type.value && statusOf(other) === statusOf(one)));
}

function areDecided({ container, operator, values }: ExitCodes, before: readonly PodFailureRule[]): boolean {
  const isDecided = (code: number): boolean => before.some((one) => decides(one, container, code));
  if (operator === "In") return values.length > 0 && values.every(({ value }) => isDecided(value));
  const spared = new Set(values.map(({ value }) => value));
  return before.some(({ codes }) => {
    if (codes?.operator !== "NotIn" || (codes.container !== undefined && codes.container !== container)) return false;
    return codes.values.every(({ value }) => value === 0 || spared.has(value) || isDecided(value));
  });
}

/** The keys written in an item, to point at. */
export function actionOf(rule: PodFailureRule): Field<unknown> {
  return field(rule.level, "action", (node) => node);
}

export function hasWindows({ pod }: Job): boolean {
  const os = text(level(pod.spec, "os"), "name");
  const selector = level(pod.spec, "nodeSelector");
  if (os.value === "windows") return true;
  return keysOf(selector).some(({ text: key }) => key.endsWith("kubernetes.io/os") && text(selector, key).value === "windows");
}
