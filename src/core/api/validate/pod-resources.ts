import { type Amount, amountOf } from "../amount.js";
import { type Check, clipped, forbidden, invalid } from "../check.js";
import { entrySpot, listOf, mapOf, objectOf, objectsOf, spotOf, textOf, type TypedMap, type TypedObject } from "../typed.js";
import type { Pod } from "./container.js";
import { containerResourceFault, isHugePages, podResourceFault } from "./resource-names.js";
import { kept, validateResources } from "./resources.js";

/**
 * Overhead, and resources of the pod as a whole.
 * Source: validateOverhead and validatePodResources in pkg/apis/core/validation/validation.go
 */
export function validatePodResources(check: Check, pod: Pod): void {
  checkOverhead(check, pod.spec);
  const resources = objectOf(pod.spec, "resources");
  if (!resources || !check.on("PodLevelResources")) return;
  const os = objectOf(pod.spec, "os");
  if (os && textOf(os, "name") === "windows") {
    forbidden(check, resources, "a Windows pod has no resources as a whole; set them for its containers");
    return;
  }
  const claims = listOf(resources, "claims");
  if (claims) forbidden(check, claims, "a pod as a whole has no claims in its resources; move them to its containers");
  validateResources(check, resources, podResourceFault, pod.claims);
  checkTotals(check, pod.spec, resources);
  checkLimits(check, pod.spec, resources);
}

/** The server takes it for limits, and names it so. */
function checkOverhead(check: Check, pod: TypedObject): void {
  const overhead = mapOf(pod, "overhead");
  if (!overhead) return;
  const limits: TypedMap = { ...overhead, path: `${overhead.path}.limits` };
  const { path, at, whole } = overhead;
  const fields = new Map([["limits", limits]]);
  const resources: TypedObject = { kind: "object", type: "ResourceRequirements", path, at, anchor: at, fields, whole, nulls: undefined };
  validateResources(check, resources, containerResourceFault, undefined);
}

type ListName = "requests" | "limits";

interface Total {
  /** Of all that run at the same time in the end. */
  together: Amount;
  sidecars: Amount;
  /** The most that one init container needs beside the sidecars before it. */
  start: Amount;
}

/**
 * What all containers need together, at the least: what a template hides counts as nothing.
 * Source: AggregateContainerRequests and AggregateContainerLimits in k8s.io/component-helpers/resource
 */
function totalsOf(pod: TypedObject, list: ListName): ReadonlyMap<string, Total> {
  const totals = new Map<string, Total>();
  const each = (container: TypedObject, add: (total: Total, amount: Amount) => void): void => {
    const resources = objectOf(container, "resources");
    for (const [name, quantity] of (resources && mapOf(resources, list))?.entries ?? []) {
      const total = totals.get(name) ?? { together: 0n, sidecars: 0n, start: 0n };
      add(total, kept(amountOf(quantity)) ?? 0n);
      totals.set(name, total);
    }
  };
  for (const container of objectsOf(pod, "containers")) each(container, (total, amount) => (total.together += amount));
  for (const container of objectsOf(pod, "initContainers")) {
    const sidecar = textOf(container, "restartPolicy") === "Always";
    each(container, (total, amount) => {
      const use = total.sidecars + amount;
      if (use > total.start) total.start = use;
      if (!sidecar) return;
      total.together += amount;
      total.sidecars = use;
    });
  }
  return totals;
}

function checkTotals(check: Check, pod: TypedObject, resources: TypedObject): void {
  for (const list of ["requests", "limits"] as const) {
    const map = mapOf(resources, list);
    if (!map) continue;
    const totals = totalsOf(pod, list);
    for (const [name, quantity] of map.entries) {
      const amount = kept(amountOf(quantity));
      const total = totals.get(name);
      const counts = list === "requests" || isHugePages(name);
      if (!counts || amount === undefined || !total || (total.together <= amount && total.start <= amount)) continue;
      invalid(check, entrySpot(map, name), `the containers' ${list} of ${clipped(name)} are more together than the pod's; raise it`);
    }
  }
}

function checkLimits(check: Check, pod: TypedObject, resources: TypedObject): void {
  const limits = mapOf(resources, "limits");
  if (!limits) return;
  for (const container of objectsOf(pod, "containers")) {
    const own = objectOf(container, "resources");
    const map = own && mapOf(own, "limits");
    if (!map) continue;
    // The server's path has the container's place in it, and then the resource.
    const index = container.path.slice(spotOf(pod, "containers").path.length);
    for (const [name, quantity] of map.entries) {
      const amount = kept(amountOf(quantity));
      const most = kept(amountOf(limits.entries.get(name)));
      if (amount === undefined || most === undefined || amount <= most) continue;
      const spot = { path: `${resources.path}.containers${index}[${name}].limits`, at: quantity.at };
      invalid(check, spot, `the container's limit of ${clipped(name)} is more than the pod's; lower it, or raise the pod's`);
    }
  }
}
