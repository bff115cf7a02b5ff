import { type Check, clipped } from "../check.js";
import { numberOrZero, textOrEmpty } from "../known.js";
import { listOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

/** Ports that say the same. Source: warningsForPodSpecAndMeta in pkg/api/pod/warnings.go of 1.28 */
const firstWithPorts = 28;
/** Names of ports that are taken. Source: the same of 1.33 */
const firstWithNames = 33;
/** Beyond this many pairs of ports nothing more is said. */
const comparisons = 20_000;

interface Port extends Spot {
  readonly hostIP: string;
  readonly hostPort: number;
}

/** Ports of all containers of a pod that are in each other's way. */
export function warnOfPorts(check: Check, containers: readonly TypedObject[], warn: Warn): void {
  if (check.minor < firstWithPorts) return;
  const ports = knownPorts(containers);
  const seen = new Map<string, Port[]>();
  let left = comparisons;
  for (const object of ports) {
    const port = portOf(object);
    if (!port) continue;
    if (port.hostIP !== "" && port.hostPort === 0) warn(port, "a hostIP without a hostPort has no effect; write a hostPort or take it out");
    const key = keyOf(object);
    if (key === undefined) continue;
    const others = seen.get(key) ?? [];
    seen.set(key, others);
    for (const other of others) {
      if (left-- <= 0) return;
      const text = overlap(port, other);
      if (text !== undefined) warn(port, `${text} ${other.path}; take one of the two out`);
    }
    others.push(port);
  }
}

/** Of two branches of a template only one is rendered, so what a template adds to is left out. */
function knownPorts(containers: readonly TypedObject[]): readonly TypedObject[] {
  return containers.flatMap((container) => (listOf(container, "ports")?.whole === true ? objectsOf(container, "ports") : []));
}

function portOf(object: TypedObject): Port | undefined {
  const hostIP = textOrEmpty(object, "hostIP");
  const hostPort = numberOrZero(object, "hostPort");
  if (hostIP === undefined || hostPort === undefined) return undefined;
  return { path: object.path, at: spotOf(object, "containerPort").at, hostIP, hostPort };
}

function keyOf(object: TypedObject): string | undefined {
  const number = numberOrZero(object, "containerPort");
  const protocol = textOrEmpty(object, "protocol");
  return number === undefined || protocol === undefined ? undefined : `${String(number)}/${protocol === "" ? "TCP" : protocol}`;
}

function overlap(port: Port, other: Port): string | undefined {
  if (port.hostIP === other.hostIP && port.hostPort === other.hostPort) return "is the same port as";
  if (port.hostPort === 0 || other.hostPort === 0) return "is the same container port as";
  if (port.hostPort !== other.hostPort || (port.hostIP === "") === (other.hostIP === "")) return undefined;
  return "has the same host port, on one address and on all, as";
}

/** Names of ports that an earlier port of the pod has. */
export function warnOfPortNames(check: Check, containers: readonly TypedObject[], warn: Warn): void {
  if (check.minor < firstWithNames) return;
  const first = new Map<string, string>();
  for (const port of knownPorts(containers)) {
    const name = textOf(port, "name");
    if (name === undefined || name === "") continue;
    const other = first.get(name);
    if (other === undefined) first.set(name, port.path);
    else warn({ path: port.path, at: spotOf(port, "name").at }, `the port name ${clipped(name)} means ${other} already; rename one`);
  }
}
