import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";
import { validateVolumeMounts } from "./volume-mounts.js";
import { validateSecurityContext } from "./security-context.js";
import type { Volumes } from "./volumes.js";

/** Init containers, containers and ephemeral containers of a pod. */
export function validateContainers(_check: Check, _pod: TypedObject, _volumes: Volumes): void {
  void validateVolumeMounts;
  void validateSecurityContext;
}
