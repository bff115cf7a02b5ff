import type { OtherObject } from "../model/other-object.js";
import type { Workload } from "../model/workload.js";
import type { ObjectName } from "./diagnostic.js";

/** Kind, namespace and name, as far as they are written literally. */
export function objectName(object: Workload | OtherObject): ObjectName {
  const { namespace, name } = object.metadata;
  return {
    kind: object.kind,
    ...(namespace.state === "present" ? { namespace: namespace.value } : {}),
    ...(name.state === "present" ? { name: name.value } : {}),
  };
}
