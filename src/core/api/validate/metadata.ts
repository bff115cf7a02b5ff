import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

/** Source: ValidateObjectMeta in k8s.io/apimachinery/pkg/apis/meta/v1/validation */
export function validateObjectMeta(_check: Check, _object: TypedObject): void {}
