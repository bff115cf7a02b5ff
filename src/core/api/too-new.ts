import type { Entry } from "../read/node.js";
import { type ApiFinding, findingIn } from "./finding.js";
import { childPath, type Frame, type Walk } from "./frame.js";
import type { Gate } from "./gates.js";
import type { FieldSpec } from "./table.js";
import { isSingle, minorsIn, newestVersion, type Versions, versionsText } from "./versions.js";

/** All minors that know a field, under any type it ever had. */
export function knownIn(spec: FieldSpec): Versions {
  return spec.versions | (spec.older ? knownIn(spec.older) : 0);
}

function history(name: string, known: Versions, gate: Gate | undefined): string {
  const first = minorsIn(known)[0] ?? "";
  if (!(known & newestVersion)) return `${name} is known in ${versionsText(known)} only`;
  const fact = `${name} is known from ${first} on`;
  if (!gate || (gate.off & known) === 0) return fact;
  return `${fact} (${gate.stage}, gate ${gate.name} off ${gate.onFrom === undefined ? "by default" : `until ${gate.onFrom}`})`;
}

function effects(missing: Versions, dropped: Versions, asked: Versions): string {
  const parts: string[] = [];
  if (missing) parts.push(`${versionsText(missing)} ${isSingle(missing) ? "refuses" : "refuse"} it`);
  if (dropped === asked) parts.push("the server drops it silently");
  else if (dropped) parts.push(`${versionsText(dropped)} ${isSingle(dropped) ? "drops" : "drop"} it silently`);
  return parts.join(", ");
}

export interface Lost {
  readonly gate: Gate | undefined;
  /** Minors that refuse the field, and minors that lose it because the gate is off. */
  readonly missing: Versions;
  readonly dropped: Versions;
}

/** Containers and pods have had fields of the same names at other places for longer. */
function nameOf(frame: Frame, name: string): string {
  if (frame.type.name === "PodSpec") return `${name} of the pod`;
  if (frame.type.name !== "Container") return name;
  return frame.path.includes(".initContainers[") ? `${name} of an init container` : `${name} of a container`;
}

/** A field that some of the minors asked do not know, or lose because its gate is off. */
export function tooNew(walk: Walk, frame: Frame, entry: Entry, spec: FieldSpec, { gate, missing, dropped }: Lost): ApiFinding {
  const fact = `${history(nameOf(frame, spec.name), knownIn(spec), gate)}: ${effects(missing, dropped, walk.asked)}`;
  const message = `${fact}; remove it or ${remedy(missing, gate)}`;
  const detail = { rule: "field-too-new", at: entry.key.place, field: childPath(frame.path, spec.name), message } as const;
  if (missing) return findingIn(detail, missing | dropped, walk.asked);
  return findingIn({ ...detail, outcome: "dropped" }, dropped, walk.asked);
}

function remedy(missing: Versions, gate: Gate | undefined): string {
  if (!missing && gate?.onFrom === undefined) return "turn the gate on";
  return "target clusters that know it";
}
