import { type Field, itemLevel, keysOf, level, type Level, list, type Place, type PodTemplate, text, texts, writtenItems } from "#rule";

/** Something that a pod asks of the labels of its node. */
export interface NodeRequirement {
  readonly key: string;
  readonly keyPlace: Place;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly Extract<Field<string>, { state: "present" }>[];
  /** The value of a nodeSelector, or the expression's own path. */
  readonly path: string;
  readonly isSelector: boolean;
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";

/** Nobody writes so many; more are not looked at. */
const mostRequirements = 1000;

/**
 * The ways in which a node can do for the pod, each with all that it then asks for. What a template may add is left out: it can only
 * ask for more, or, where it may add a way, there is only what holds in all of them.
 */
export function nodeAlternatives({ spec }: PodTemplate): readonly (readonly NodeRequirement[])[] {
  const always = selected(level(spec, "nodeSelector"));
  const nodes = level(level(level(spec, "affinity"), "nodeAffinity"), required);
  const terms = list(nodes, "nodeSelectorTerms", (node, path) => itemLevel(node, path, spec));
  if (terms.state !== "present" || terms.value.length === 0) return [always];
  if (terms.value.length * (always.length + 1) > mostRequirements) return [];
  return terms.value.map((term) => {
    return [...always, ...writtenItems(term, "matchExpressions", (node, path) => expression(itemLevel(node, path, spec))).flat()];
  });
}

function selected(selector: Level): readonly NodeRequirement[] {
  return keysOf(selector).flatMap(({ text: key, place: keyPlace }): readonly NodeRequirement[] => {
    const value = text(selector, key);
    if (value.state !== "present") return [];
    return [{ key, keyPlace, operator: "In", values: [value], path: value.path, isSelector: true }];
  });
}

function expression(item: Level): readonly NodeRequirement[] {
  const key = text(item, "key");
  const operator = operatorOf(text(item, "operator").value);
  const written = texts(item, "values");
  if (key.state !== "present" || operator === undefined || written.state === "unknown") return [];
  const values = (written.value ?? []).flatMap((value) => (value.state === "present" ? [value] : []));
  if (values.length !== (written.value ?? []).length) return [];
  return [{ key: key.value, keyPlace: key.place, operator, values, path: key.path, isSelector: false }];
}

/** Gt and Lt are about numbers that nobody knows. */
function operatorOf(written: string | undefined): NodeRequirement["operator"] | undefined {
  return written === "In" || written === "NotIn" || written === "Exists" || written === "DoesNotExist" ? written : undefined;
}
