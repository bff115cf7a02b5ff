import { type Check, duplicate } from "../check.js";
import { textOrEmpty } from "../known.js";
import { numberOf, objectsOf, spotOf, type TypedObject } from "../typed.js";

/** Ports of the node that containers before have taken. */
export type HostPorts = Set<string>;

/** Host ports that are taken already. Source: AccumulateUniqueHostPorts in pkg/apis/core/validation/validation.go */
export function checkHostPorts(check: Check, container: TypedObject, taken: HostPorts, path = container.path): void {
  for (const port of objectsOf(container, "ports")) {
    const number = numberOf(port, "hostPort") ?? 0;
    const protocol = textOrEmpty(port, "protocol");
    const address = textOrEmpty(port, "hostIP");
    if (number === 0 || protocol === undefined || address === undefined) continue;
    const key = `${protocol}/${address}/${String(number)}`;
    const spot = spotOf(port, "hostPort");
    if (taken.has(key)) {
      const told = { ...spot, path: path + spot.path.slice(container.path.length) };
      duplicate(check, told, `hostPort ${String(number)} is taken by another port of the pod; use another number`);
    } else taken.add(key);
  }
}
