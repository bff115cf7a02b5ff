import { type Check, forbidden } from "../check.js";
import { listOf, mapOf, objectOf, type TypedObject } from "../typed.js";
import { validateAnnotations } from "./annotations.js";
import { validateLabels } from "./labels.js";
import { validatePodSpec } from "./pod-spec.js";

/**
 * Of a template's metadata only labels and annotations are looked at.
 * Source: ValidatePodTemplateSpec in pkg/apis/core/validation/validation.go
 */
export function validatePodTemplate(check: Check, template: TypedObject): void {
  const metadata = objectOf(template, "metadata");
  const labels = metadata && mapOf(metadata, "labels");
  if (labels) validateLabels(check, labels, `${template.path}.labels`);
  const annotations = metadata && mapOf(metadata, "annotations");
  if (annotations) validateAnnotations(check, annotations, `${template.path}.annotations`);
  const pod = objectOf(template, "spec");
  if (!pod) return;
  validatePodSpec(check, template, pod);
  const ephemeral = listOf(pod, "ephemeralContainers");
  if (!ephemeral || ephemeral.items.length === 0) return;
  forbidden(check, ephemeral, "a pod template may not have ephemeralContainers; remove them, kubectl debug adds them to a running pod");
}
