import { type Check, clipped, invalid } from "../check.js";
import { qualifiedNameFault } from "../names.js";
import { spotOf, textsOf, type TypedObject } from "../typed.js";

/** Source: standardFinalizers in pkg/apis/core/helper/helpers.go */
const standard: ReadonlySet<string> = new Set(["kubernetes", "orphan", "foregroundDeletion"]);

/** Source: ValidateFinalizers in k8s.io/apimachinery/pkg/api/validation, validateKubeFinalizerName in pkg/apis/core/validation */
export function validateFinalizers(check: Check, metadata: TypedObject): void {
  const finalizers = textsOf(metadata, "finalizers");
  const path = `${metadata.path}.finalizers`;
  for (const { value, at, path: own } of finalizers) {
    const fault = qualifiedNameFault(value);
    if (fault !== undefined) invalid(check, { path, at }, `the finalizer ${clipped(value)} ${fault}; correct it`);
    if (value.includes("/") || standard.has(value)) continue;
    invalid(check, { path: own, at }, `the finalizer ${clipped(value)} has no domain; write one such as example.com/cleanup`);
  }
  const values = new Set(finalizers.map(({ value }) => value));
  if (!values.has("orphan") || !values.has("foregroundDeletion")) return;
  invalid(check, { path, at: spotOf(metadata, "finalizers").at }, "orphan and foregroundDeletion exclude each other; remove one");
}
