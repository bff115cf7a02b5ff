import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

/** The securityContext of one container. */
export function validateSecurityContext(_check: Check, _pod: TypedObject, _container: TypedObject): void {}
