import { integer } from "./arithmetic.js";
import type { Status } from "./state.js";

/** How `test`, `[ … ]` and a single `[[ … ]]` end; operands that are undefined are not known. */
export function compare(operands: readonly (string | undefined)[]): Status {
  if (operands.length === 0) return "fail";
  if (operands[0] === "!" && operands.length > 1) return opposite(compare(operands.slice(1)));
  const [one, operator, other] = operands;
  if (operands.length === 1) return one === undefined ? "either" : verdict(one !== "");
  if (operands.length === 2) return unary(one, operator);
  if (operands.length > 3 || one === undefined || other === undefined || operator === undefined) return "either";
  if (operator === "=" || operator === "==") return verdict(one === other);
  if (operator === "!=") return verdict(one !== other);
  const [left, right] = [integer(one), integer(other)];
  const holds = left === undefined || right === undefined ? undefined : numbers.get(operator)?.(left, right);
  return holds === undefined ? "either" : verdict(holds);
}

export function opposite(status: Status): Status {
  if (status === "either") return status;
  return status === "ok" ? "fail" : "ok";
}

function verdict(holds: boolean): Status {
  return holds ? "ok" : "fail";
}

function unary(operator: string | undefined, operand: string | undefined): Status {
  if (operand === undefined) return "either";
  if (operator === "-n") return verdict(operand !== "");
  return operator === "-z" ? verdict(operand === "") : "either";
}

const numbers: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map([
  ["-eq", (left, right) => left === right],
  ["-ne", (left, right) => left !== right],
  ["-lt", (left, right) => left < right],
  ["-le", (left, right) => left <= right],
  ["-gt", (left, right) => left > right],
  ["-ge", (left, right) => left >= right],
]);
