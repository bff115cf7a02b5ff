import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

export function validateAffinity(_check: Check, _pod: TypedObject): void {}
