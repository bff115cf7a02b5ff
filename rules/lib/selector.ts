import { itemLevel, type Job, keysOf, level, type Level, list, text, texts } from "#rule";

/** What a label selector asks for. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export interface Selector {
  readonly equal: Readonly<Record<string, string>>;
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Labels of pods: null where one is there whose value is not known. */
export interface Labels {
  readonly known: Readonly<Record<string, string | null>>;
  /** A template may add others. */
  readonly open: boolean;
}

/** The Job controller gives them to its pods: https://kubernetes.io/docs/reference/labels-annotations-taints/#job-name */
const ofEveryJob = ["job-name", "controller-uid", "batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid"];

/** `matchLabels` and `matchExpressions`; undefined when it is not written, or not all of it is known. */
export function selectorOf(parent: Level): Selector | undefined {
  if (parent.state !== "present") return undefined;
  const expressions = list(parent, "matchExpressions", (node, path) => expressionOf(itemLevel(node, path, parent)));
  const equal = equalities(level(parent, "matchLabels"));
  const whole = (expressions.value ?? []).flatMap((one) => one ?? []);
  if (!equal || expressions.state === "unknown" || whole.length !== (expressions.value ?? []).length) return undefined;
  return { equal, expressions: whole };
}

function expressionOf(own: Level): Expression | undefined {
  const { value: key } = text(own, "key");
  const { value: operator } = text(own, "operator");
  const values = texts(own, "values");
  const written = (values.value ?? []).flatMap(({ value }) => value ?? []);
  const isWhole = values.state !== "unknown" && written.length === (values.value ?? []).length;
  if (key === undefined || operator === undefined || !isWhole) return undefined;
  return { key, operator, values: written };
}

/** A map of labels that must be equal, as a Service has it; undefined when not all of it is known. */
export function equalities(parent: Level): Readonly<Record<string, string>> | undefined {
  if (parent.state === "unknown" || parent.mapping?.open === true) return undefined;
  const entries = keysOf(parent).map(({ text: key }) => [key, text(parent, key).value] as const);
  const known = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
}

/** Labels that are written under `metadata`. */
export function labelsOf(labels: Level): Labels {
  const known = keysOf(labels).map(({ text: key }) => [key, text(labels, key).value ?? null] as const);
  return { known: Object.fromEntries(known), open: labels.state === "unknown" || labels.mapping?.open === true };
}

/** Labels that the pods of a Job have: its template's, and those of the Job controller. */
export function podLabelsOf({ pod }: Job): Labels {
  const { known, open } = labelsOf(pod.metadata.labels);
  return { known: { ...Object.fromEntries(ofEveryJob.map((key) => [key, null])), ...known }, open };
}

/** Whether a selector certainly selects what has these labels. */
export function selects({ equal, expressions }: Selector, labels: Labels): boolean {
  const hasAll = Object.entries(equal).every(([key, value]) => valueOf(labels, key) === value);
  return hasAll && expressions.every((one) => holds(one, labels));
}

/** Undefined: there is no such label, as far as one can see. */
function valueOf({ known }: Labels, key: string): string | null | undefined {
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

function holds({ key, operator, values }: Expression, labels: Labels): boolean {
  const value = valueOf(labels, key);
  if (operator === "Exists") return value !== undefined;
  if (operator === "In") return typeof value === "string" && values.includes(value);
  if (value === undefined) return !labels.open && (operator === "DoesNotExist" || operator === "NotIn");
  return operator === "NotIn" && value !== null && !values.includes(value);
}

/** Finds what may select given labels among very many: those that ask for one of them, and those that ask for no certain one. */
export function selecting<Item>(items: readonly Item[], selectorOfItem: (item: Item) => Selector): (labels: Labels) => readonly Item[] {
  const byLabel = new Map<string, Item[]>();
  for (const item of items) {
    const [first] = Object.entries(selectorOfItem(item).equal);
    const label = first ? first.join("=") : "";
    const same = byLabel.get(label) ?? [];
    same.push(item);
    byLabel.set(label, same);
  }
  return (labels) => {
    const asked = Object.entries(labels.known).map(([key, value]) => `${key}=${value ?? ""}`);
    const found = ["", ...asked].flatMap((label) => byLabel.get(label) ?? []);
    return found.filter((item) => selects(selectorOfItem(item), labels));
  };
}
