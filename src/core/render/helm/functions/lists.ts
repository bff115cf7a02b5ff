import { isKnown, made, plain } from "../text.js";
import { lookedUp } from "../doubt.js";
import { type Machine, step } from "../machine.js";
import { byteLength } from "./utf8.js";
import { bool, int, known, type List, list, truthOf, type Value } from "../value.js";
import { type HelmFunction, type HelmFunctions, numberOf } from "./function.js";

const longest = 10_000;

export const listFunctions: HelmFunctions = {
  list: (args) => list(args),
  tuple: (args) => list(args),
  first: ([value]) => itemsOf(value)?.[0],
  last: ([value]) => itemsOf(value)?.at(-1),
  rest: sublist((items) => items.slice(1)),
  initial: sublist((items) => items.slice(0, -1)),
  reverse: sublist((items) => items.toReversed()),
  compact: sublist((items) => {
    const truths = items.map(truthOf);
    return truths.includes("unknown") ? undefined : items.filter((_, index) => truths[index] === "true");
  }),
  append: appended,
  push: appended,
  prepend: ([value, item]) => joined(item === undefined ? undefined : [item], itemsOf(value)),
  concat: (args) => args.reduce<List | undefined>((sum, next) => joined(itemsOf(sum), itemsOf(next)), list([])),
  has: ([item, value]) => contains(itemsOf(value), item),
  without: ([value, ...others]) => withoutTexts(itemsOf(value), others),
  uniq: ([value]) => unique(itemsOf(value)),
  sortAlpha: ([value]) => sorted(itemsOf(value)),
  len: ([value]) => lengthOf(value),
  until: ([count], machine) => numbered(machine, 0, numberOf(count), (numberOf(count) ?? 0) < 0 ? -1 : 1),
  untilStep: ([start, stop, step], machine) => numbered(machine, numberOf(start), numberOf(stop), numberOf(step)),
  index: ([value, ...keys], machine) => indexed(value, keys, machine),
  slice: ([value, from, to]) => {
    const items = itemsOf(value);
    return items && list(items.slice(numberOf(from) ?? 0, to === undefined ? items.length : numberOf(to)));
  },
  splitList: ([separator, text]) => split(known(separator), text),
  join: ([separator, value]) => {
    const texts = itemsOf(value)?.map(known);
    const by = known(separator);
    return texts === undefined || by === undefined || texts.includes(undefined) ? undefined : made(texts.join(by));
  },
};

export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === "nil") return [];
  return value?.kind === "list" ? value.items : undefined;
}

function sublist(change: (items: readonly Value[]) => readonly Value[] | undefined): HelmFunction {
  return ([value]) => {
    const items = itemsOf(value);
    const changed = items && change(items);
    return changed && list(changed);
  };
}

function appended([value, item]: readonly Value[]): Value | undefined {
  return joined(itemsOf(value), item === undefined ? undefined : [item]);
}

function joined(a: readonly Value[] | undefined, b: readonly Value[] | undefined): List | undefined {
  return a && b && a.length + b.length <= longest ? list([...a, ...b]) : undefined;
}

function contains(items: readonly Value[] | undefined, item: Value | undefined): Value | undefined {
  const wanted = known(item);
  const texts = items?.map(known);
  if (wanted === undefined || texts === undefined) return undefined;
  if (texts.includes(wanted)) return bool(true);
  return texts.includes(undefined) ? undefined : bool(false);
}

function withoutTexts(items: readonly Value[] | undefined, others: readonly Value[]): Value | undefined {
  const unwanted = new Set(others.map(known));
  if (items === undefined || unwanted.has(undefined) || items.some((item) => known(item) === undefined)) return undefined;
  return list(items.filter((item) => !unwanted.has(known(item))));
}

function unique(items: readonly Value[] | undefined): Value | undefined {
  const texts = items?.map(known);
  if (items === undefined || texts === undefined || texts.includes(undefined)) return undefined;
  return list(items.filter((_, index) => texts.indexOf(texts[index]) === index));
}

function sorted(items: readonly Value[] | undefined): Value | undefined {
  if (items === undefined || items.some((item) => known(item) === undefined)) return undefined;
  return list([...items].sort((a, b) => ((known(a) ?? "") < (known(b) ?? "") ? -1 : 1)));
}

function lengthOf(value: Value | undefined): Value | undefined {
  if (value?.kind === "list") return int(value.items.length);
  if (value?.kind === "dict") return value.open === true ? undefined : int(value.entries.size);
  return value?.kind === "text" && isKnown(value) ? int(byteLength(plain(value))) : undefined;
}

type Bound = number | undefined;

/** Each number is a step of the work: a template that goes through them takes more. */
function numbered(machine: Machine, start: Bound, stop: Bound, by: Bound): Value | undefined {
  if (start === undefined || stop === undefined || by === undefined || by === 0) return undefined;
  const count = Math.max(0, Math.ceil((stop - start) / by));
  step(machine, count);
  return list(Array.from({ length: count }, (_, index) => int(start + index * by)));
}

function indexed(value: Value | undefined, keys: readonly Value[], machine: Machine): Value | undefined {
  let at = value;
  for (const key of keys) {
    if (at?.kind === "list") at = at.items[numberOf(key) ?? -1];
    else if (at?.kind === "dict") {
      const name = known(key);
      at = name === undefined ? undefined : (lookedUp(machine, at, name) ?? { kind: "nil", soft: at.given });
    } else return at?.kind === "nil" ? at : undefined;
  }
  return at;
}

function split(separator: string | undefined, text: Value | undefined): Value | undefined {
  const whole = known(text);
  if (separator === undefined || whole === undefined) return undefined;
  const parts = whole.split(separator);
  return parts.length > longest ? undefined : list(parts.map(made));
}
