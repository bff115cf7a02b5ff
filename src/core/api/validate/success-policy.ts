import { type Check, checkBounds, checkCount, clipped, crash, invalid, required, tooLong } from "../check.js";
import { isAbsent, isEmpty, isSet, numberOf, objectOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { isIndexed } from "./indexed.js";

const mostRules = 20;
const longestIndexes = 64 * 1024;

/** Source: validateSuccessPolicy in pkg/apis/batch/validation/validation.go */
export function validateSuccessPolicy(check: Check, spec: TypedObject): void {
  const policy = objectOf(spec, "successPolicy");
  const indexed = isIndexed(spec);
  if (!policy || indexed === undefined) return;
  if (!indexed) return invalid(check, spotOf(spec, "successPolicy"), "successPolicy works with completionMode Indexed only; set that");
  if (isEmpty(policy, "rules")) required(check, spotOf(policy, "rules"), "successPolicy needs at least one rule; add one");
  checkCount(check, policy, "rules", mostRules);
  for (const rule of objectsOf(policy, "rules")) validateRule(check, spec, rule);
}

function validateRule(check: Check, spec: TypedObject, rule: TypedObject): void {
  const counts = isSet(rule, "succeededCount");
  if (isAbsent(rule, "succeededCount") && isAbsent(rule, "succeededIndexes")) {
    required(check, rule, "a rule needs succeededCount or succeededIndexes; add one of them");
  } else if (isAbsent(spec, "completions") && (counts || isSet(rule, "succeededIndexes"))) {
    // Every minor that has the field follows this nil pointer.
    const fact = `a successPolicy without completions crashes the server's validation, so the ${check.kind} is never made`;
    return crash(check, spotOf(spec, "completions"), `${fact}; add completions`);
  }
  const completions = numberOf(spec, "completions");
  const indexes = textOf(rule, "succeededIndexes");
  const total = indexes === undefined || completions === undefined ? undefined : validateIndexes(check, rule, indexes, completions);
  checkBounds(check, rule, "succeededCount", 0);
  const count = numberOf(rule, "succeededCount");
  if (count === undefined) return;
  if (completions !== undefined && count > completions) countTooLarge(check, rule, count, `completions is ${String(completions)}`);
  if (total !== undefined && count > total) countTooLarge(check, rule, count, `succeededIndexes has ${String(total)}`);
}

function countTooLarge(check: Check, rule: TypedObject, count: number, than: string): void {
  invalid(check, spotOf(rule, "succeededCount"), `succeededCount is ${String(count)}, but ${than}; lower it`);
}

/** How many indexes these are; 0 where they cannot be read. */
function validateIndexes(check: Check, rule: TypedObject, text: string, completions: number): number {
  const spot = spotOf(rule, "succeededIndexes");
  if (byteLength(text) > longestIndexes) {
    tooLong(check, spot, `succeededIndexes is longer than ${String(longestIndexes)} bytes; join indexes to ranges`);
  }
  if (text === "") return 0;
  let total = 0;
  let last = -1;
  for (const part of text.split(",")) {
    const range = rangeOf(part);
    const fault = range ? rangeFault(range, last, completions) : `${clipped(part)} is no index and no range such as 2-5`;
    if (!range || fault !== undefined) {
      invalid(check, spot, `${fault ?? ""}; list indexes in ascending order, as in 0,2-5`);
      return 0;
    }
    last = range[1];
    total += range[1] - range[0] + 1;
  }
  return total;
}

type Range = readonly [first: number, last: number, isRange: boolean];

/** Source: parseIndexInterval, as above: numbers as strconv.Atoi reads them. */
function rangeOf(part: string): Range | undefined {
  const found = /^(\+?\d{1,20})(?:-(\+?\d{1,20}))?$/.exec(part);
  if (!found) return undefined;
  const [, first, last] = found;
  return [Number(first), Number(last ?? first), last !== undefined];
}

function rangeFault([first, last, isRange]: Range, before: number, completions: number): string | undefined {
  if (first >= completions || last >= completions) {
    return `index ${String(Math.max(first, last))} is too large, since completions is ${String(completions)}`;
  }
  if (isRange && first >= last) return `the range ${String(first)}-${String(last)} does not ascend`;
  return first <= before ? `index ${String(first)} does not come after ${String(before)}` : undefined;
}
