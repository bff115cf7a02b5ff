import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

export function validatePodSecurityContext(_check: Check, _pod: TypedObject): void {}
