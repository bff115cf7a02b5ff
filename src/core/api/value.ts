import type { ScalarNode } from "../read/node.js";
import { type ApiFinding, findingIn } from "./finding.js";
import type { Walk } from "./frame.js";
import type { Gate } from "./gates.js";
import { rewritten } from "./rewrite.js";
import { closest, sameButForCase } from "./similar.js";
import type { Versions } from "./versions.js";

/** A scalar of the right type, and where it stands. */
export interface Value {
  readonly node: ScalarNode;
  readonly path: string;
  readonly label: string;
}

function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")}${values.length > 1 ? " or " : ""}${values.at(-1) ?? ""}`;
}

function clipped(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** A text that is not one of the values a field may have. */
export function unsupported(walk: Walk, { node, path, label }: Value, values: readonly string[], versions: Versions): ApiFinding {
  const spelt = sameButForCase(node.text, values);
  const meant = spelt ?? closest(node.text, values);
  const message = `${label} ${clipped(node.text)} is not supported; use ${meant ?? listed(values)}`;
  const detail = { rule: "value-unsupported", type: "FieldValueNotSupported", at: node.place, field: path, message } as const;
  if (meant === undefined) return findingIn(detail, versions, walk.asked);
  return findingIn({ ...detail, fix: rewritten(node, meant, `write ${meant}`, spelt !== undefined) }, versions, walk.asked);
}

/** A value that exists, behind a gate that is off or not there yet. */
export function valueBehindGate(walk: Walk, { node, path, label }: Value, gate: Gate, versions: Versions): ApiFinding {
  const state = gate.onFrom === undefined ? `off by default (${gate.stage})` : `off until ${gate.onFrom}`;
  const message = `${label} ${node.text} needs the gate ${gate.name}, which is ${state}; use another value`;
  const detail = { rule: "value-unsupported", type: "FieldValueNotSupported", at: node.place, field: path, message } as const;
  return findingIn(detail, versions, walk.asked);
}

export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** 0 is accepted, and then nothing ever runs. */
const deadlines: ReadonlySet<string> = new Set(["activeDeadlineSeconds", "startingDeadlineSeconds"]);

/** A number outside of what the server accepts. */
export function outOfBounds(walk: Walk, at: Value, { minimum, maximum }: Bounds, versions: Versions): ApiFinding | undefined {
  const { node, path, label } = at;
  const { value } = node;
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (minimum === undefined || (value >= minimum && (maximum === undefined || value <= maximum))) return undefined;
  const least = String(minimum);
  const useful = minimum === 0 && deadlines.has(label) ? "leave it out or write 1 or more" : `write ${least} or more`;
  const message =
    maximum === undefined
      ? `${label} is ${node.text}, but must be at least ${least}; ${useful}`
      : `${label} is ${node.text}, but must be between ${least} and ${String(maximum)}; write a number in that range`;
  return findingIn({ rule: "field-invalid", type: "FieldValueInvalid", at: node.place, field: path, message }, versions, walk.asked);
}
