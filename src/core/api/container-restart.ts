import { restartPolicies } from "../../../schemas/enforced.js";
import type { Frame } from "./frame.js";
import { type Gate, gateNamed } from "./gates.js";

/**
 * The gate that decides about `restartPolicy` of one container: init containers and main containers share a type and differ in it.
 * Source: dropDisabledFields in pkg/api/pod/util.go
 */
export function containerGate(frame: Frame, name: string): Gate | undefined {
  if (name !== "restartPolicy" || frame.type.name !== "Container") return undefined;
  return gateNamed(frame.path.includes(".initContainers[") ? restartPolicies.initContainers.gate : restartPolicies.later.gate);
}
