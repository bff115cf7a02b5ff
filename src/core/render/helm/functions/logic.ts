import { isKnown, made, plain } from "../text.js";
import { bool, truthOf, type Value } from "../value.js";
import { numberOf, type HelmFunctions } from "./function.js";

/** Comparisons, and what chooses between values. */
export const logicFunctions: HelmFunctions = {
  not: ([value]) => negated(value),
  empty: ([value]) => negated(value),
  eq: ([first, ...others]) => anyEqual(first, others),
  ne: ([first, second]) => opposite(anyEqual(first, second === undefined ? [] : [second])),
  lt: ([a, b]) => ordered(a, b, (x, y) => x < y),
  le: ([a, b]) => ordered(a, b, (x, y) => x <= y),
  gt: ([a, b]) => ordered(a, b, (x, y) => x > y),
  ge: ([a, b]) => ordered(a, b, (x, y) => x >= y),
  default: ([fallback, given]) => (given === undefined ? fallback : chosen(given, fallback)),
  coalesce: (args) => firstFilled(args),
  ternary: ([whenTrue, whenFalse, condition]) => {
    const truth = condition && truthOf(condition);
    return truth === undefined || truth === "unknown" ? undefined : truth === "true" ? whenTrue : whenFalse;
  },
  kindIs: ([kind, value]) => isOfKind(kind, value),
  typeIs: ([kind, value]) => isOfKind(kind, value),
  kindOf: ([value]) => {
    const kind = value && kindName(value);
    return kind === undefined ? undefined : made(kind);
  },
  any: (args) => (args.some((value) => truthOf(value) === "true") ? bool(true) : undefined),
};

function negated(value: Value | undefined): Value | undefined {
  const truth = value && truthOf(value);
  return truth === undefined || truth === "unknown" ? undefined : bool(truth !== "true");
}

function opposite(value: Value | undefined): Value | undefined {
  return value?.kind === "bool" ? bool(!value.value) : undefined;
}

/** An empty value gives way; one that whoever installs the chart fills in stays one, when nothing takes its place. */
function chosen(given: Value, fallback: Value | undefined): Value | undefined {
  const truth = truthOf(given);
  if (truth === "unknown") return undefined;
  if (truth === "true" || fallback === undefined) return given;
  const isFilled = truthOf(fallback) === "true" || fallback.kind === "bool" || fallback.kind === "number";
  return truth === "soft" && !isFilled ? softer(given, fallback) : fallback;
}

/** An empty list or mapping has a form that an absent one lacks. */
function softer(given: Value, fallback: Value): Value {
  return fallback.kind === "list" || fallback.kind === "dict" ? { ...fallback, given: true } : given;
}

function firstFilled(args: readonly Value[]): Value | undefined {
  for (const value of args) {
    const truth = truthOf(value);
    if (truth === "unknown") return undefined;
    if (truth === "true") return value;
  }
  return args.at(-1);
}

function anyEqual(first: Value | undefined, others: readonly Value[]): Value | undefined {
  const answers = others.map((other) => isEqual(first, other));
  if (answers.includes(true)) return bool(true);
  return answers.includes(undefined) || answers.length === 0 ? undefined : bool(false);
}

function isEqual(a: Value | undefined, b: Value | undefined): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a.kind === "nil" || b.kind === "nil") return a.kind === "unknown" || b.kind === "unknown" ? undefined : a.kind === b.kind;
  if (a.kind === "text" && b.kind === "text") return isKnown(a) && isKnown(b) ? plain(a) === plain(b) : undefined;
  if (a.kind === "bool" && b.kind === "bool") return a.value === b.value;
  if (a.kind === "number" && b.kind === "number") return a.value === b.value;
  return undefined;
}

type Order = (x: number | string, y: number | string) => boolean;

function ordered(a: Value | undefined, b: Value | undefined, holds: Order): Value | undefined {
  if (a?.kind === "text" && b?.kind === "text") return isKnown(a) && isKnown(b) ? bool(holds(plain(a), plain(b))) : undefined;
  if (a?.kind !== "number" || b?.kind !== "number") return undefined;
  const [x, y] = [numberOf(a), numberOf(b)];
  return x === undefined || y === undefined ? undefined : bool(holds(x, y));
}

function isOfKind(kind: Value | undefined, value: Value | undefined): Value | undefined {
  const name = value && kindName(value);
  if (kind?.kind !== "text" || name === undefined) return undefined;
  const asked = plain(kind).replace("interface {}", "").replace("map[string]", "map").replace("[]", "slice");
  return bool(asked === name);
}

/** Go's names of kinds; numbers of a values file are float64, whole or not. */
function kindName(value: Value): string | undefined {
  switch (value.kind) {
    case "nil":
      return "invalid";
    case "bool":
      return "bool";
    case "number":
      return value.float ? "float64" : "int";
    case "text":
      return "string";
    case "list":
      return "slice";
    case "dict":
      return "map";
    default:
      return undefined;
  }
}
