import type { Machine } from "../machine.js";
import { int, known, type Value } from "../value.js";
import { floatOf, type HelmFunction, type HelmFunctions, numberOf } from "./function.js";

/** Whole numbers, as sprig casts and counts; those with a fraction are rare in charts. */
export const numberFunctions: HelmFunctions = {
  int: ([value]) => cast(value),
  int64: ([value]) => cast(value),
  // Unlike the others it reads no octal numbers.
  atoi: ([value]) => (/^[-+]?0\d/.test(known(value) ?? "") ? undefined : cast(value)),
  float64: ([value]) => {
    const number = floatOf(value);
    return number === undefined ? undefined : { kind: "number", value: number, float: true };
  },
  add: folded((a, b) => a + b),
  add1: ([value], machine) => (isLeftOut(value, machine) ? undefined : mapped(value, (number) => number + 1)),
  sub: folded((a, b) => a - b),
  mul: folded((a, b) => a * b),
  div: folded((a, b) => (b === 0 ? undefined : Math.trunc(a / b))),
  mod: folded((a, b) => (b === 0 ? undefined : a % b)),
  max: folded((a, b) => Math.max(a, b)),
  min: folded((a, b) => Math.min(a, b)),
  floor: ([value]) => float(value, Math.floor),
  ceil: ([value]) => float(value, Math.ceil),
};

/** Go counts nothing as 0; but where a branch is switched off, whoever switches it on gives a number. */
function isLeftOut(value: Value | undefined, { off, unsure }: Machine): boolean {
  return value?.kind === "nil" && value.soft && off + unsure > 0;
}

function cast(value: Value | undefined): Value | undefined {
  if (value?.kind === "nil" && value.soft) return undefined;
  const number = numberOf(value);
  if (number === undefined) return undefined;
  // A number that stays the same keeps its place.
  if (value?.kind === "number") return { ...value, value: Math.trunc(number), float: false };
  const whole = int(Math.trunc(number));
  const [piece] = value?.kind === "text" && value.pieces.length === 1 ? value.pieces : [];
  return { ...whole, origin: piece?.origin };
}

function mapped(value: Value | undefined, change: (number: number) => number): Value | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : int(change(Math.trunc(number)));
}

function float(value: Value | undefined, change: (number: number) => number): Value | undefined {
  const number = floatOf(value);
  return number === undefined ? undefined : { kind: "number", value: change(number), float: true };
}

function folded(step: (a: number, b: number) => number | undefined): HelmFunction {
  return ([first, ...others], machine) => {
    if ([first, ...others].some((one) => isLeftOut(one, machine))) return undefined;
    let sum = numberOf(first);
    for (const other of others) {
      const number = numberOf(other);
      sum = sum === undefined || number === undefined ? undefined : step(Math.trunc(sum), Math.trunc(number));
    }
    return sum === undefined || !Number.isSafeInteger(Math.trunc(sum)) ? undefined : int(Math.trunc(sum));
  };
}
