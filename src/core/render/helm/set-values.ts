import type { ScalarNode } from "../../read/node.js";
import { opened } from "./overlay.js";
import { type Dict, dict, list, nil, unknown, type Value, valueOrigin } from "./value.js";

interface SetValue {
  readonly name: string;
  readonly value: ScalarNode | undefined;
  readonly asText: boolean;
}

/**
 * Values with one more, as `--set` and `--set-string` write it:
 * https://github.com/helm/helm/blob/v4.0.0/pkg/strvals/parser.go. A name that is not understood may mean any.
 */
export function valuesSetTo(values: Dict, { name, value, asText }: SetValue): Dict {
  const steps = stepsOf(name);
  const changed = steps && withStep(values, steps, value ? written(value, asText) : unknown);
  return changed?.kind === "dict" ? changed : opened(dict([]));
}

type Step = string | number;

const longestList = 1000;

/** `a.b\.c[0]` is the keys a and b.c, and the first item there. */
function stepsOf(name: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const part = /((?:\\.|[^\\.[\]=,])+)((?:\[\d{1,4}\])*)(\.|$)/y;
  while (part.lastIndex < name.length) {
    const [whole, key, indices = ""] = part.exec(name) ?? [];
    if (whole === undefined || key === undefined) return undefined;
    steps.push(key.replace(/\\(.)/g, "$1"), ...Array.from(indices.matchAll(/\d+/g), ([digits]) => Number(digits)));
  }
  return steps.length > 0 && steps.length <= 30 && !name.endsWith(".") ? steps : undefined;
}

function withStep(base: Value | undefined, [step, ...rest]: readonly Step[], value: Value): Value {
  if (step === undefined) return value;
  if (typeof step === "string") {
    const into = base?.kind === "dict" ? base : dict([], true);
    return { ...into, entries: new Map([...into.entries, [step, withStep(into.entries.get(step), rest, value)]]) };
  }
  if (step > longestList || base?.kind === "unknown") return unknown;
  const items = base?.kind === "list" ? [...base.items] : [];
  while (items.length <= step) items.push(nil);
  items[step] = withStep(items[step], rest, value);
  return list(items, true);
}

function written({ text, place, slice }: ScalarNode, asText: boolean): Value {
  // What is escaped, and what Argo CD fills in from its environment.
  if (/[\\$]/.test(text)) return unknown;
  const origin = valueOrigin(place, slice);
  if (!asText && /^\{.*\}$/s.test(text)) {
    const items = text === "{}" ? [] : text.slice(1, -1).split(",");
    return list(items.map((item) => typed(item.trim(), valueOrigin(place, undefined))), true);
  }
  return asText ? { kind: "text", pieces: [{ text, origin, at: 0 }] } : typed(text, origin);
}

function typed(text: string, origin: ReturnType<typeof valueOrigin>): Value {
  if (/^(?:true|false)$/i.test(text)) return { kind: "bool", value: /^t/i.test(text), origin };
  if (/^null$/i.test(text)) return nil;
  const isNumber = /^(?:0|[-+]?[1-9]\d{0,14})$/.test(text);
  return isNumber ? { kind: "number", value: Number(text), float: false, origin } : { kind: "text", pieces: [{ text, origin, at: 0 }] };
}
