import { evaluated, included } from "../evaluate.js";
import { fromYaml } from "../from-node.js";
import { charge, entering } from "../machine.js";
import { NotATemplate } from "../actions.js";
import { noText, plain } from "../text.js";
import { toJson, toYaml } from "../to-yaml.js";
import { known, printed, truthOf, type Value } from "../value.js";
import type { Machine } from "../machine.js";
import type { HelmFunctions } from "./function.js";

/** What Helm adds to the functions of templates. */
export const chartFunctions: HelmFunctions = {
  include: ([name, dot], machine) => include(known(name), dot, machine),
  tpl: ([text, dot], machine) => template(text, dot, machine),
  // Whoever installs the chart is told to give the value.
  required: ([, value]) => (value === undefined || truthOf(value) === "soft" || value.kind === "nil" ? undefined : value),
  fail: () => noText,
  toYaml: ([value], machine) => charged(value && toYaml(value), machine),
  toYamlPretty: ([value], machine) => charged(value && toYaml(value), machine),
  mustToYaml: ([value], machine) => charged(value && toYaml(value), machine),
  toJson: ([value]) => value && toJson(value),
  mustToJson: ([value]) => value && toJson(value),
  toRawJson: ([value]) => value && toJson(value),
  fromYaml: ([text]) => parsed(text),
  fromJson: ([text]) => parsed(text),
  fromYamlArray: ([text]) => parsed(text),
};

function charged(text: Value | undefined, machine: Machine): Value | undefined {
  if (text?.kind === "text") charge(machine, text.pieces);
  return text;
}

function include(name: string | undefined, dot: Value | undefined, machine: Machine): Value | undefined {
  // The text of a whole file is only ever hashed.
  if (name === undefined || dot === undefined || /\.ya?ml$/.test(name)) return undefined;
  return included(machine, name, dot);
}

function template(value: Value | undefined, dot: Value | undefined, machine: Machine): Value | undefined {
  const text = value && printed(value);
  if (!text || dot === undefined) return undefined;
  if (!plain(text).includes("{{")) return text;
  try {
    const { nodes, defined } = machine.parse(text);
    if (defined.size > 0) return undefined;
    return entering(machine, "tpl", () => evaluated(machine, nodes, dot));
  } catch (error) {
    if (error instanceof NotATemplate) return undefined;
    throw error;
  }
}

function parsed(value: Value | undefined): Value | undefined {
  const text = known(value);
  return text === undefined ? undefined : fromYaml(text);
}
