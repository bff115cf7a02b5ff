import { type Check, duplicate, forbidden, invalid, required } from "../check.js";
import { isEmpty, isFullyKnown, isSet, listOf, objectOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkUnique, containerName, type Pod, validateContainer } from "./container.js";
import { validateInitRestartPolicy, validateRestartPolicy } from "./container-restart-policy.js";
import { validateEphemeralContainers } from "./ephemeral-containers.js";
import { validateFileKeyVolumes } from "./file-key-volumes.js";
import { validateLifecycle } from "./lifecycle.js";
import { type HostPorts, checkHostPorts } from "./host-ports.js";
import { validatePodResources } from "./pod-resources.js";
import { validateProbes } from "./probe.js";
import { checkInitResizePolicy } from "./resize-policy.js";
import type { Volumes } from "./volumes.js";

/** From this minor on what an init container may not have is forbidden, before it was invalid: validateInitContainers. */
const initFieldsForbiddenFrom = 25;

/**
 * Init containers, containers and ephemeral containers of a pod, and the pod's own resources.
 * Source: ValidatePodSpec in pkg/apis/core/validation/validation.go
 */
export function validateContainers(check: Check, pod: TypedObject, volumes: Volumes): void {
  const all: Pod = { spec: pod, volumes, claims: claimNames(pod) };
  validateRegular(check, all);
  validateInit(check, all);
  validateEphemeralContainers(check, all);
  validatePodResources(check, all);
  validateFileKeyVolumes(check, pod);
}

function claimNames(pod: TypedObject): ReadonlySet<string> | undefined {
  const claims = listOf(pod, "resourceClaims");
  if (!claims) return isEmpty(pod, "resourceClaims") ? new Set() : undefined;
  if (!isFullyKnown(claims)) return undefined;
  const names = new Set<string>();
  for (const claim of objectsOf(pod, "resourceClaims")) {
    const name = containerName(claim);
    if (name === undefined) return undefined;
    if (name !== "") names.add(name);
  }
  return names;
}

function validateRegular(check: Check, pod: Pod): void {
  if (isEmpty(pod.spec, "containers")) required(check, spotOf(pod.spec, "containers"), "a pod needs a container; add one");
  const names = new Set<string>();
  const ports: HostPorts = new Set();
  for (const container of objectsOf(pod.spec, "containers")) {
    validateContainer(check, pod, container);
    checkUnique(check, container, names);
    validateLifecycle(check, pod.spec, container);
    validateProbes(check, container);
    validateRestartPolicy(check, container);
    checkHostPorts(check, container, ports);
  }
}

function validateInit(check: Check, pod: Pod): void {
  const names = new Set(objectsOf(pod.spec, "containers").flatMap((container) => containerName(container) ?? []));
  const list = listOf(pod.spec, "initContainers");
  for (const container of objectsOf(pod.spec, "initContainers")) {
    validateContainer(check, pod, container);
    validateInitRestartPolicy(check, container);
    const name = containerName(container);
    if (name !== "" || names.has("")) checkUnique(check, container, names);
    // The server counts each of them as the first of its list.
    checkHostPorts(check, container, new Set(), `${list?.path ?? ""}[0]`);
    checkInitOnly(check, pod, container);
    checkInitResizePolicy(check, container);
  }
  if (check.minor < initFieldsForbiddenFrom) checkUnnamedInit(check, pod.spec);
}

/** The oldest minors look at the names of all init containers as they do at those of containers: two without one are the same. */
function checkUnnamedInit(check: Check, pod: TypedObject): void {
  const unnamed = objectsOf(pod, "initContainers").filter((container) => containerName(container) === "");
  for (const container of unnamed.slice(1)) {
    duplicate(check, spotOf(container, "name"), "another init container has no name either; name both");
  }
}

/** Only an init container that keeps running, a sidecar, has a life to look after. */
function checkInitOnly(check: Check, pod: Pod, container: TypedObject): void {
  const policy = textOf(container, "restartPolicy");
  const oldest = check.minor < initFieldsForbiddenFrom;
  if (policy === "Always" || oldest) {
    validateLifecycle(check, pod.spec, container);
    validateProbes(check, container);
  }
  if (policy === "Always" || (policy === undefined && isSet(container, "restartPolicy")) || !container.whole) return;
  for (const name of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]) {
    if (!objectOf(container, name)) continue;
    const instead = check.on("SidecarContainers") ? "or write restartPolicy: Always" : "for only a sidecar has one, from 1.29 on";
    (oldest ? invalid : forbidden)(check, spotOf(container, name), `an init container that ends has no ${name}; remove it, ${instead}`);
  }
}
