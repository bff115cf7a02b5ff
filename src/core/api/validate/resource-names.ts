import { qualifiedNameFault } from "../names.js";

/** Why a name is none of a resource here: malformed, or none that there is. */
export interface ResourceFault {
  readonly type: "invalid" | "not supported";
  readonly text: string;
}

const standardInContainers: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);
/** What quotas count. Source: integerResources in pkg/apis/core/helper/helpers.go */
const counts: ReadonlySet<string> = new Set([
  ...["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims"],
  "services.nodeports",
  "services.loadbalancers",
]);
/** Names without a prefix, those of quotas among them. Source: standardResources in pkg/apis/core/helper/helpers.go */
const standard: ReadonlySet<string> = new Set([
  ...standardInContainers,
  ...["cpu", "memory", "storage", "ephemeral-storage"].map((name) => `requests.${name}`),
  ...["cpu", "memory", "ephemeral-storage"].map((name) => `limits.${name}`),
  ...counts,
  "storage",
]);

export function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/** In the namespace of Kubernetes, to which names without a prefix belong too. Source: IsNativeResource */
function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

/** Devices of others: `nvidia.com/gpu`. Source: IsExtendedResourceName */
function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith("requests.") && qualifiedNameFault(`requests.${name}`) === undefined;
}

/** Only whole ones can be had. Source: IsIntegerResourceName */
export function isCounted(name: string): boolean {
  return counts.has(name) || isExtended(name);
}

/** Source: IsOvercommitAllowed */
export function canOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

function invalid(text: string): ResourceFault {
  return { type: "invalid", text };
}

function nameFault(name: string): ResourceFault | undefined {
  const fault = qualifiedNameFault(name);
  if (fault !== undefined) return invalid(fault);
  const known = name.includes("/") || standard.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
  return known ? undefined : invalid("is no resource that a container has");
}

/** Source: validateContainerResourceName in pkg/apis/core/validation/validation.go */
export function containerResourceFault(name: string): ResourceFault | undefined {
  const fault = nameFault(name);
  if (fault) return fault;
  if (name.includes("/")) return isNative(name) || isExtended(name) ? undefined : invalid("is no name for a device");
  return standardInContainers.has(name) || isHugePages(name) ? undefined : invalid("is no resource that a container has");
}

/** Source: validatePodResourceName in pkg/apis/core/validation/validation.go */
export function podResourceFault(name: string): ResourceFault | undefined {
  const fault = nameFault(name);
  if (fault || name === "cpu" || name === "memory" || isHugePages(name)) return fault;
  return { type: "not supported", text: "cannot be set for a whole pod" };
}
