import { unbounded } from "./clock.js";
import type { Arithmetic } from "./script.js";
import { mayFail } from "./state.js";
import type { Frame, State } from "./state.js";

/** The value of `$((…))`, undefined when it cannot be told; assignments inside take effect on the state. */
export function evaluate(expression: Arithmetic, state: State, frame: Frame): number | undefined {
  frame.work.budget -= 1;
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name":
      return integer(state.variables.get(expression.name));
    case "unary":
      return unary(expression, state, frame);
    case "binary":
      return binary(expression, state, frame);
    case "opaque":
      // May hold command substitutions, assignments and divisions.
      state.clock = unbounded(state.clock);
      state.variables.clear();
      mayFail(frame, state);
      return undefined;
  }
}

/** A decimal integer that every shell reads alike. */
export function integer(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return undefined;
  return Number(text);
}

type Unary = Extract<Arithmetic, { kind: "unary" }>;
type Binary = Extract<Arithmetic, { kind: "binary" }>;

function unary({ operator, prefix, operand }: Unary, state: State, frame: Frame): number | undefined {
  const value = evaluate(operand, state, frame);
  if (operator === "++" || operator === "--") {
    const next = value === undefined ? undefined : value + (operator === "++" ? 1 : -1);
    assign(operand, next, state);
    return prefix ? next : value;
  }
  if (value === undefined) return undefined;
  if (operator === "-") return -value;
  if (operator === "+") return value;
  return operator === "!" ? Number(value === 0) : undefined;
}

function binary({ operator, left, right }: Binary, state: State, frame: Frame): number | undefined {
  if (operator === "=") {
    const value = evaluate(right, state, frame);
    assign(left, value, state);
    return value;
  }
  if (operator === "&&" || operator === "||" || operator === ",") return sequence({ kind: "binary", operator, left, right }, state, frame);
  const assigns = /^(?:[-+*/%&^|]|<<|>>|\*\*)=$/.test(operator);
  const [one, other] = [evaluate(left, state, frame), evaluate(right, state, frame)];
  const value = calculate(assigns ? operator.slice(0, -1) : operator, one, other);
  if (value === undefined && /^[/%]=?$/.test(operator) && (other === undefined || other === 0)) mayFail(frame, state);
  if (assigns) assign(left, value, state);
  return value;
}

function sequence({ operator, left, right }: Binary, state: State, frame: Frame): number | undefined {
  const one = evaluate(left, state, frame);
  if (operator === ",") return evaluate(right, state, frame);
  if (one === undefined) {
    evaluate(right, state, frame);
    state.variables.clear();
    return undefined;
  }
  if ((one !== 0) === (operator === "||")) return Number(one !== 0);
  const other = evaluate(right, state, frame);
  return other === undefined ? undefined : Number(other !== 0);
}

function assign(target: Arithmetic, value: number | undefined, state: State): void {
  if (target.kind !== "name") return;
  if (value === undefined) state.variables.delete(target.name);
  else state.variables.set(target.name, String(value));
}

function calculate(operator: string, one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  const result = operators.get(operator)?.(one, other);
  return result !== undefined && Number.isSafeInteger(result) && Math.abs(result) < 1e15 ? result + 0 : undefined;
}

const operators: ReadonlyMap<string, (one: number, other: number) => number> = new Map([
  ["+", (one, other) => one + other],
  ["-", (one, other) => one - other],
  ["*", (one, other) => one * other],
  ["/", (one, other) => Math.trunc(one / other)],
  ["%", (one, other) => one % other],
  ["<", (one, other) => Number(one < other)],
  ["<=", (one, other) => Number(one <= other)],
  [">", (one, other) => Number(one > other)],
  [">=", (one, other) => Number(one >= other)],
  ["==", (one, other) => Number(one === other)],
  ["!=", (one, other) => Number(one !== other)],
]);
