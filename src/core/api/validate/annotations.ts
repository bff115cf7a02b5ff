import { type Check, clipped, invalid, tooLong } from "../check.js";
import { qualifiedNameFault } from "../names.js";
import { keyPlace, textEntries, type TypedMap } from "../typed.js";
import { byteLength } from "./byte-length.js";

/** 256 KiB, for all keys and values together. */
const mostBytes = 256 * 1024;

/**
 * The annotations of an object or of a template; `path` as with labels. Keys are compared in lower case.
 * Source: ValidateAnnotations in k8s.io/apimachinery/pkg/api/validation/objectmeta.go
 */
export function validateAnnotations(check: Check, annotations: TypedMap, path = annotations.path): void {
  for (const key of annotations.entries.keys()) {
    const fault = qualifiedNameFault(key.toLowerCase());
    const spot = { path, at: keyPlace(annotations, key) };
    if (fault !== undefined) invalid(check, spot, `the annotation ${clipped(key)} ${fault}; correct the key`);
  }
  const bytes = textEntries(annotations).reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (bytes <= mostBytes) return;
  const message = `the annotations have ${String(bytes)} bytes, but at most ${String(mostBytes)} are allowed; move data to a ConfigMap`;
  tooLong(check, { path, at: annotations.at }, message);
}
