import type { Node, ScalarNode } from "../read/node.js";
import type { Fix } from "./finding.js";
import { isQuantity } from "./quantity.js";
import type { ScalarName } from "./table.js";
import { isTimestamp } from "./timestamp.js";

const ranges = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

const wanted: Readonly<Record<ScalarName, string>> = {
  string: "text",
  int32: "a whole number",
  int64: "a whole number",
  bool: "true or false",
  quantity: "a quantity such as 500m or 2Gi",
  intOrString: "a whole number or text",
  time: "a time such as 2026-01-31T08:00:00Z",
  raw: "a mapping",
};

/** A whole number written as 1.0 or 1e3 is one for the server too; the reader has already made it so. */
function isInteger({ value }: ScalarNode, name: "int32" | "int64"): boolean {
  if (typeof value !== "bigint" && (typeof value !== "number" || !Number.isInteger(value))) return false;
  const [low, high] = ranges[name];
  return value >= low && value <= high;
}

/** Whether the server decodes this scalar into a Go field of this type; null is the caller's business. */
export function fits(node: ScalarNode, name: ScalarName): boolean {
  const { value } = node;
  switch (name) {
    case "string":
      return typeof value === "string";
    case "bool":
      return typeof value === "boolean";
    case "int32":
    case "int64":
      return isInteger(node, name);
    case "intOrString":
      return typeof value === "string" || isInteger(node, "int32");
    case "quantity":
      if (typeof value === "string") return isQuantity(value);
      return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
    case "time":
      return typeof value === "string" && isTimestamp(value);
    case "raw":
      return true;
  }
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** What stands there, in words. */
export function found(node: Node): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  if (node.kind === "unknown") return "a template";
  if (typeof node.value === "string") return `the text ${JSON.stringify(clipped(node.value))}`;
  if (typeof node.value === "boolean") return `the boolean ${clipped(node.text)}`;
  return `the number ${clipped(node.text)}`;
}

function isTooLarge({ value }: ScalarNode, name: ScalarName): boolean {
  if (name !== "int32" && name !== "int64" && name !== "intOrString") return false;
  return typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
}

export interface Mismatch {
  readonly message: string;
  readonly fix?: Fix;
}

function quoting(node: ScalarNode): Fix {
  // Text that YAML would have rewritten (1_000, 0x10, yes) may have been meant as the number or boolean it is.
  const safe = node.style === "plain" && node.text === String(node.value);
  return { title: `quote ${clipped(node.text)}`, safe, edits: [{ at: node.place, text: JSON.stringify(node.text) }] };
}

function unquoting(node: ScalarNode, name: ScalarName): Fix | undefined {
  if (typeof node.value !== "string") return undefined;
  const text = node.value.trim();
  const boolean = name === "bool" && /^(?:true|false)$/i.test(text);
  const integer = (name === "int32" || name === "int64") && /^-?(?:0|[1-9]\d{0,8})$/.test(text);
  if (!boolean && !integer) return undefined;
  return { title: "remove the quotes", safe: true, edits: [{ at: node.place, text: text.toLowerCase() }] };
}

/** People write bytes as they say them: 512MB. */
function remedy({ text, value }: ScalarNode, name: ScalarName): string {
  if (name === "bool" && /^(?:yes|on|no|off)$/i.test(text)) return `write ${/^(?:yes|on)$/i.test(text) ? "true" : "false"}`;
  if (name === "int32" || name === "int64") {
    return typeof value === "number" ? `write ${String(Math.floor(value))} or ${String(Math.ceil(value))}` : "write the number in digits";
  }
  const [, amount, letter = ""] = name === "quantity" ? (/^(\d{1,15}) ?([kmgt])i?b$/i.exec(text.trim()) ?? []) : [];
  if (amount === undefined) return "correct the value";
  const unit = letter.toUpperCase();
  return `write ${amount}${unit}i or ${amount}${unit === "K" ? "k" : unit}`;
}

/** Why a node is not a value of this scalar type; undefined when it is one. */
export function mismatch(label: string, node: Node, name: ScalarName): Mismatch | undefined {
  if (node.kind === "unknown" || name === "raw") return undefined;
  if (node.kind !== "scalar") return { message: `${label} must be ${wanted[name]}, not ${found(node)}; write a single value` };
  if (fits(node, name)) return undefined;
  if (isTooLarge(node, name)) {
    const [low, high] = ranges[name === "int64" ? "int64" : "int32"];
    const range = `between ${String(low)} and ${String(high)}`;
    return { message: `${label} is ${clipped(node.text)}, but must lie ${range}; write a number in that range` };
  }
  const message = `${label} must be ${wanted[name]}, not ${found(node)}`;
  if (name === "string") return { message: `${message}; quote it`, fix: quoting(node) };
  const fix = unquoting(node, name);
  if (fix) return { message: `${message}; remove the quotes`, fix };
  return { message: `${message}; ${remedy(node, name)}` };
}
