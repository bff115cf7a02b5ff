import { type Check, clipped, invalid } from "../check.js";
import { labelValueFault, qualifiedNameFault } from "../names.js";
import { keyPlace, textEntries, type TypedMap } from "../typed.js";

/**
 * The labels of an object or of a template. Every fault is the whole map's, at `path`: the server's own, which leaves `metadata` out
 * below a template. Source: ValidateLabels in k8s.io/apimachinery/pkg/apis/meta/v1/validation
 */
export function validateLabels(check: Check, labels: TypedMap, path = labels.path): void {
  for (const key of labels.entries.keys()) {
    const fault = qualifiedNameFault(key);
    if (fault !== undefined) invalid(check, { path, at: keyPlace(labels, key) }, `the label ${clipped(key)} ${fault}; correct the key`);
  }
  for (const [key, value] of textEntries(labels)) {
    const fault = labelValueFault(value);
    const at = labels.entries.get(key)?.at ?? labels.at;
    if (fault !== undefined) invalid(check, { path, at }, `the value ${clipped(value)} of label ${clipped(key)} ${fault}; correct it`);
  }
}
