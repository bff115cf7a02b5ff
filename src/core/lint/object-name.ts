import type { Workload } from "../model/workload.js";
import type { ObjectName } from "./diagnostic.js";

/** Kind, namespace and name, as far as they are written literally. */
export function objectName(workload: Workload): ObjectName {
  const { namespace, name } = workload.kind === "CronJob" ? workload.metadata : workload.object.metadata;
  return {
    kind: workload.kind,
    ...(namespace.state === "present" ? { namespace: namespace.value } : {}),
    ...(name.state === "present" ? { name: name.value } : {}),
  };
}
