import { restartPolicies } from "../../../schemas/enforced.js";
import type { Entry } from "../read/node.js";
import { type ApiFinding, findingIn } from "./finding.js";
import { childPath, type Frame, type Walk } from "./frame.js";
import { type Gate, gateNamed } from "./gates.js";
import { unsupported } from "./value.js";
import { isSingle, type Versions, versionsText } from "./versions.js";

/**
 * `restartPolicy` of one container: since 1.28 an init container may have Always (a sidecar); a main container may have a
 * policy of its own from 1.35 on. Before that it was refused, and in 1.34 dropped.
 * Source: validateContainerRestartPolicy and validateInitContainers in pkg/apis/core/validation/validation.go,
 * dropDisabledFields in pkg/api/pod/util.go.
 */
export function containerRestartPolicy(walk: Walk, frame: Frame, entry: Entry, known: Versions): readonly ApiFinding[] {
  const path = childPath(frame.path, "restartPolicy");
  const init = frame.path.includes(".initContainers[");
  const rules = gateNamed(restartPolicies.later.gate);
  const sidecars = gateNamed(restartPolicies.initContainers.gate);
  const findings: ApiFinding[] = [];
  const at = entry.key.place;
  const lost = known & (init ? sidecars.off : sidecars.off | rules.off);
  const judged = frame.judged & known & ~lost;
  const dropped = init ? 0 : lost;
  const refused = init ? 0 : judged & rules.before;
  if (refused) {
    const since = rules.onFrom ?? "its gate is on";
    const message = `restartPolicy of a main container is refused before ${since}; remove it, or make this an init container`;
    findings.push(findingIn({ rule: "field-forbidden", type: "FieldValueForbidden", at, field: path, message }, refused, walk.asked));
  }
  if (dropped) {
    const verb = isSingle(dropped) ? "drops" : "drop";
    const effect = `${versionsText(dropped)} ${verb} it silently`;
    const message = `restartPolicy of a container is lost while the gate ${rules.name} is off: ${effect}; remove it`;
    findings.push(findingIn({ rule: "field-too-new", at, field: path, message, outcome: "dropped" }, dropped, walk.asked));
  }
  return [...findings, ...values(walk, entry, path, judged & ~refused, rules.off | rules.before)];
}

/** The gate without which `restartPolicy: Always` of an init container is lost. */
export function sidecarGate(frame: Frame, name: string): Gate | undefined {
  if (name !== "restartPolicy" || frame.type.name !== "Container" || !frame.path.includes(".initContainers[")) return undefined;
  return gateNamed(restartPolicies.initContainers.gate);
}

function values(walk: Walk, entry: Entry, path: string, judged: Versions, early: Versions): readonly ApiFinding[] {
  const node = entry.value;
  if (node.kind !== "scalar" || typeof node.value !== "string" || node.value === "") return [];
  const value = { node, path, label: "restartPolicy" };
  const text = node.value;
  const refuses = (allowed: readonly string[], versions: Versions): readonly ApiFinding[] =>
    versions === 0 || allowed.includes(text) ? [] : [unsupported(walk, value, allowed, versions)];
  return [...refuses(restartPolicies.initContainers.values, judged & early), ...refuses(restartPolicies.later.values, judged & ~early)];
}
