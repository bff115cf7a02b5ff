import type { Check } from "../check.js";
import { objectOf, type TypedObject } from "../typed.js";
import { validateHandler } from "./handler.js";

/**
 * What runs when a container starts and before it is stopped. The stopSignal is gone by now: its gate is off in all minors.
 * Source: validateLifecycle in pkg/apis/core/validation/validation.go
 */
export function validateLifecycle(check: Check, pod: TypedObject, container: TypedObject): void {
  const lifecycle = objectOf(container, "lifecycle");
  if (!lifecycle) return;
  for (const name of ["postStart", "preStop"]) {
    const handler = objectOf(lifecycle, name);
    if (handler) validateHandler(check, pod, handler);
  }
}
