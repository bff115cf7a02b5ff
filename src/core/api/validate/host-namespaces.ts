import { type Check, forbidden, invalid, tooLong } from "../check.js";
import { dnsSubdomainFault } from "../names.js";
import { flagOf, isSet, listOf, numberOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { everyContainer } from "./every-container.js";
import { checkSetName } from "./plain-field.js";

/** From this minor on validateHostUsers looks at block volumes too. */
const blockVolumesFrom = 34;
/** Before this minor a port that differs from the host's was called wrong itself (validateHostNetwork), since then its hostPort. */
const hostPortBlamedFrom = 28;
const longestOverride = 64;

/** The host's network, processes, users and name in a pod. */
export function validateHostNamespaces(check: Check, pod: TypedObject): void {
  if (flagOf(pod, "hostUsers") === false) checkOwnUsers(check, pod);
  if (flagOf(pod, "hostNetwork") === true) checkHostPorts(check, pod);
  if (flagOf(pod, "shareProcessNamespace") === true && flagOf(pod, "hostPID") === true) {
    const { path } = spotOf(pod, "securityContext");
    const { at } = spotOf(pod, "shareProcessNamespace");
    const fact = "shareProcessNamespace and hostPID are both true, but exclude each other";
    invalid(check, { path: `${path}.shareProcessNamespace`, at }, `${fact}; remove one`);
  }
  checkOverride(check, pod);
}

/** Source: validateHostUsers in pkg/apis/core/validation/validation.go; two of its paths begin with a capital. */
function checkOwnUsers(check: Check, pod: TypedObject): void {
  const shared = check.on("UserNamespacesHostNetworkSupport") ? ["hostPID", "hostIPC"] : ["hostNetwork", "hostPID", "hostIPC"];
  for (const name of shared) {
    if (flagOf(pod, name) !== true) continue;
    const told = name === "hostNetwork" ? name : `H${name.slice(1)}`;
    const spot = { path: `${pod.path}.${told}`, at: spotOf(pod, name).at };
    forbidden(check, spot, `${name} is true, but hostUsers is false; remove one of them`);
  }
  if (check.minor < blockVolumesFrom) return;
  for (const container of everyContainer(pod)) {
    if ((listOf(container, "volumeDevices")?.items.length ?? 0) === 0) continue;
    forbidden(check, spotOf(container, "volumeDevices"), "volumeDevices do not work where hostUsers is false; remove one of them");
  }
}

/** Source: validatePodHostNetworkDeps, as above. A hostPort of 0 is filled in later. */
function checkHostPorts(check: Check, pod: TypedObject): void {
  for (const port of objectsOf(pod, "containers").flatMap((container) => objectsOf(container, "ports"))) {
    const onHost = numberOf(port, "hostPort") ?? 0;
    const inside = port.fields.has("containerPort") || !port.whole ? numberOf(port, "containerPort") : 0;
    if (onHost === 0 || inside === undefined || onHost === inside) continue;
    const { path } = spotOf(port, check.minor >= hostPortBlamedFrom ? "hostPort" : "containerPort");
    const fact = `hostPort is ${String(onHost)} and containerPort ${String(inside)}, but hostNetwork makes them one`;
    invalid(check, { path, at: spotOf(port, "hostPort").at }, `${fact}; write the same number`);
  }
}

/** Source: validatePodHostName, as above */
function checkOverride(check: Check, pod: TypedObject): void {
  const text = textOf(pod, "hostnameOverride");
  const spot = spotOf(pod, "hostnameOverride");
  if (!isSet(pod, "hostnameOverride")) return;
  for (const name of ["setHostnameAsFQDN", "hostNetwork"]) {
    if (flagOf(pod, name) === true) forbidden(check, spot, `hostnameOverride is set, but ${name} is true; remove one of them`);
  }
  const bytes = byteLength(text ?? "");
  if (bytes > longestOverride) {
    const fact = `hostnameOverride has ${String(bytes)} characters, but at most ${String(longestOverride)} are allowed`;
    tooLong(check, spot, `${fact}; shorten it`);
  }
  checkSetName(check, pod, "hostnameOverride", dnsSubdomainFault);
}
