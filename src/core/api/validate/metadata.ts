import { type Check, clipped, invalid, required } from "../check.js";
import { dnsLabelFault, dnsSubdomainFault } from "../names.js";
import { mapOf, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { validateAnnotations } from "./annotations.js";
import { validateFinalizers } from "./finalizers.js";
import { validateLabels } from "./labels.js";
import { objectName } from "./object-name.js";
import { validateOwnerReferences } from "./owner-references.js";

/**
 * The metadata of an object to be made. What the server sets itself (uid, generation, managedFields, deletionTimestamp) is not looked at.
 * Source: ValidateObjectMeta in pkg/apis/core/validation/validation.go and in k8s.io/apimachinery/pkg/api/validation/objectmeta.go
 */
export function validateObjectMeta(check: Check, object: TypedObject): void {
  const metadata = objectOf(object, "metadata");
  if (!metadata) return;
  validateName(check, metadata);
  validateNamespace(check, metadata);
  const labels = mapOf(metadata, "labels");
  if (labels) validateLabels(check, labels);
  const annotations = mapOf(metadata, "annotations");
  if (annotations) validateAnnotations(check, annotations);
  validateOwnerReferences(check, metadata);
  validateFinalizers(check, metadata);
}

function validateName(check: Check, metadata: TypedObject): void {
  const prefix = textOf(metadata, "generateName");
  if (prefix !== undefined && prefix !== "") {
    const fault = dnsSubdomainFault(withoutTrailingDash(prefix));
    if (fault !== undefined) invalid(check, spotOf(metadata, "generateName"), `generateName ${clipped(prefix)} ${fault}; correct it`);
  }
  const name = objectName(metadata);
  if (!name) return;
  if (name.text === "") return required(check, name, `a ${check.kind} needs a name; add metadata.name or metadata.generateName`);
  const fault = dnsSubdomainFault(name.text);
  if (fault !== undefined) invalid(check, name, `the name ${clipped(name.text)} ${fault}; correct it`);
}

/** What is appended follows the dash. Source: maskTrailingDash in k8s.io/apimachinery/pkg/api/validation/generic.go */
function withoutTrailingDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;
}

function validateNamespace(check: Check, metadata: TypedObject): void {
  const namespace = textOf(metadata, "namespace");
  if (namespace === undefined || namespace === "") return;
  const fault = dnsLabelFault(namespace);
  if (fault !== undefined) invalid(check, spotOf(metadata, "namespace"), `the namespace ${clipped(namespace)} ${fault}; correct it`);
}
