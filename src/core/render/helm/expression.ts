import { isDoubted, note } from "./doubt.js";
import { functionNamed } from "./functions.js";
import { charge, declare, type Frame, type Machine, step, variable } from "./machine.js";
import type { Command, Expression, Pipe } from "./syntax.js";
import { type Origin, type Text, textOf } from "./text.js";
import { isTooLarge } from "./size.js";
import { absent, bool, entryOf, int, nil, truthOf, unknown, type Value } from "./value.js";

/** The value of a pipeline. Whatever is not understood is unknown. */
export function pipeValue(machine: Machine, { commands }: Pipe, frame: Frame): Value {
  let value: Value | undefined;
  for (const command of commands) value = commandValue(machine, command, frame, value);
  return value ?? unknown;
}

function commandValue(machine: Machine, [first, ...rest]: Command, frame: Frame, piped: Value | undefined): Value {
  step(machine);
  if (!first) return unknown;
  const more = piped === undefined ? [] : [piped];
  if (first.kind === "function") return called(machine, first.name, rest, frame, more);
  const value = expressionValue(machine, first, frame);
  if (value.kind === "callable") return value.call([...rest.map((one) => expressionValue(machine, one, frame)), ...more]);
  return rest.length === 0 && more.length === 0 ? value : unknown;
}

/** Functions that go through all that a value holds. */
const expanding = new Set([
  "toYaml", "toYamlPretty", "mustToYaml", "toJson", "mustToJson", "toRawJson", "deepCopy", "mustDeepCopy",
  "merge", "mustMerge", "mergeOverwrite", "mustMergeOverwrite", "join",
]);

function called(machine: Machine, name: string, args: Command, frame: Frame, more: readonly Value[]): Value {
  if (name === "and" || name === "or") return shortened(machine, name, args, frame, more);
  const all = args.map((one) => expressionValue(machine, one, frame));
  all.push(...more);
  const expands = expanding.has(name);
  for (const value of all) if ((expands || value.kind === "text") && isTooLarge(value)) return unknown;
  const result = functionNamed(name)?.(all, machine) ?? unknown;
  // What is not written yet takes room as well.
  if (result.kind === "text") charge(machine, result.pieces);
  return result;
}

/** Go looks no further than it must; neither do templates that test a value before they use it. */
function shortened(machine: Machine, name: "and" | "or", args: Command, frame: Frame, more: readonly Value[]): Value {
  let value: Value = nil;
  let unsure = false;
  const all = [...args.map((arg) => () => expressionValue(machine, arg, frame)), ...more.map((given) => () => given)];
  for (const one of all) {
    value = one();
    const truth = truthOf(value);
    unsure ||= truth === "unknown";
    const decides = truth === "true" ? name === "or" : truth !== "unknown" && name === "and";
    if (decides && machine.asked) for (const other of all) other();
    // Whatever is unknown before, one false condition is enough.
    if (decides && unsure) return name === "and" ? bool(false) : unknown;
    if (decides) return value;
  }
  return unsure ? unknown : value;
}

function expressionValue(machine: Machine, expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case "dot":
      return frame.dot;
    case "nil":
      return nil;
    case "bool":
      return bool(expression.value);
    case "number":
      return expression.float ? { kind: "number", value: expression.value, float: true } : int(expression.value);
    case "string":
      return stringText(machine, expression);
    case "variable":
      return variable(machine, frame, expression.name);
    case "function":
      return called(machine, expression.name, [], frame, []);
    case "pipe":
      return bracketValue(machine, expression.pipe, frame);
    case "field":
      return fieldOf(machine, expressionValue(machine, expression.base, frame), expression.names);
  }
}

function bracketValue(machine: Machine, pipe: Pipe, frame: Frame): Value {
  const value = pipeValue(machine, pipe, frame);
  const [name] = pipe.names;
  if (name !== undefined) declare(machine, frame, name, value);
  return value;
}

/** A string in the template that is rendered; those of helpers have no place. */
function stringText(machine: Machine, { text, span }: Expression & { readonly kind: "string" }): Text {
  if (machine.running.length > 0) return textOf(text === "" ? [] : [{ text, at: 0 }]);
  const place = machine.placeOf(span);
  const origin: Origin = { kind: "word", place, slice: () => place, exact: false };
  return textOf(text === "" ? [] : [{ text, origin, at: 0 }]);
}

function fieldOf(machine: Machine, base: Value, names: readonly string[]): Value {
  let value = base;
  for (const [index, name] of names.entries()) {
    if (value.kind === "nil") return absent;
    if (value.kind !== "dict") return unknown;
    if (isDoubted(machine, value, name)) return unknown;
    const next: Value = entryOf(value, name) ?? (value.given ? absent : nil);
    // Of `.Values.backup.enabled` it is the last that was looked at, not all of `backup`.
    if (next.kind !== "dict" || index === names.length - 1) note(machine, value, name);
    value = next;
  }
  return value;
}
