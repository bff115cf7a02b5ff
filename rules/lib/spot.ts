import type { PodTemplate } from "#rule";
import { nodeAlternatives, type NodeRequirement } from "./node-requirements.js";

/** Labels of nodes that a provider may take back at any time, from each provider's own documentation. */
const spotLabels: Readonly<Record<string, string>> = {
  "karpenter.sh/capacity-type": "spot",
  "eks.amazonaws.com/capacityType": "SPOT",
  "cloud.google.com/gke-spot": "true",
  "cloud.google.com/gke-preemptible": "true",
  "kubernetes.azure.com/scalesetpriority": "spot",
};

/** `karpenter.sh/capacity-type: spot`, where a pod certainly comes to such a node. */
export function spotLabelOf(pod: PodTemplate): string | undefined {
  const found = nodeAlternatives(pod).map((requirements) => requirements.find(isSpot));
  const [first] = found;
  return first && found.every((one) => one !== undefined) ? `${first.key}: ${spotLabels[first.key] ?? ""}` : undefined;
}

function isSpot({ key, operator, values }: NodeRequirement): boolean {
  const spot = Object.hasOwn(spotLabels, key) ? spotLabels[key] : undefined;
  return spot !== undefined && operator === "In" && values.length > 0 && values.every(({ value }) => value === spot);
}
