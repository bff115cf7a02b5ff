import type { Check } from "../check.js";
import type { TypedObject } from "../typed.js";

/** A selector of pods by their labels. Source: ValidateLabelSelector in k8s.io/apimachinery/pkg/apis/meta/v1/validation */
export function validateLabelSelector(_check: Check, _selector: TypedObject): void {}
