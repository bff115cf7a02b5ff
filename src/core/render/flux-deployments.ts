import type { MappingNode } from "../read/node.js";
import { type GivenLayer, inlineLayer, named, type PathDeployment, unknownLayer } from "./given-layers.js";
import { itemsAt, nodeAt, textAt } from "./field-at.js";

/** https://fluxcd.io/flux/components/helm/helmreleases/ */
export function helmReleaseDeployments(root: MappingNode): readonly PathDeployment[] {
  const chart = nodeAt(root, "spec", "chart", "spec");
  const path = textAt(chart, "chart");
  if (!nodeAt(chart, "chart") && !nodeAt(root, "spec", "chartRef") && nodeAt(root, "spec")) {
    return [{ path: undefined, values: { layers: ownLayers(root), withoutOwn: false } }];
  }
  // A bare name is a chart of a Helm repository.
  if (path === undefined || textAt(chart, "sourceRef", "kind") === "HelmRepository") return [];
  const [first, ...more] = [nodeAt(chart, "valuesFile"), ...itemsAt(chart, "valuesFiles")].filter((file) => file !== undefined);
  const files = [first, ...more].flatMap((file): readonly GivenLayer[] => {
    if (!file) return [];
    const isKnown = file.kind === "scalar" && !isHole(file.text);
    return isKnown ? [{ kind: "path", path: `/${file.text.replace(/^\.?\/+/, "")}`, optional: isOptional(chart) }] : [unknownLayer];
  });
  const target = nodeAt(root, "spec", "targetNamespace");
  const name = textAt(root, "metadata", "name");
  const namespace = target?.kind === "scalar" ? target.text : target ? undefined : textAt(root, "metadata", "namespace");
  const values = { layers: [...files, ...ownLayers(root)], withoutOwn: files.length > 0, ...named(releaseName(root, name), namespace) };
  return [{ path, values }];
}

function isOptional(chart: ReturnType<typeof nodeAt>): boolean {
  return textAt(chart, "ignoreMissingValuesFiles") === "true";
}

/** References, then values; what a renderer changes behind Helm may be anything. */
function ownLayers(root: MappingNode): readonly GivenLayer[] {
  const from = nodeAt(root, "spec", "valuesFrom");
  const hasMore = from !== undefined && !(from.kind === "sequence" && from.items.length === 0 && !from.open);
  const inline = inlineLayer(nodeAt(root, "spec", "values"), isHole);
  const isChanged = itemsAt(root, "spec", "postRenderers").length > 0;
  return [...(hasMore ? [unknownLayer] : []), ...inline, ...(isChanged ? [unknownLayer] : [])];
}

/**
 * Flux fills in variables where a Kustomization says so:
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
function isHole(text: string): boolean {
  return text.includes("${");
}

/** Helm takes no more; Flux shortens what is longer. */
const longestName = 53;

/** https://fluxcd.io/flux/components/helm/helmreleases/#release-name */
function releaseName(root: MappingNode, name: string | undefined): string | undefined {
  const own = nodeAt(root, "spec", "releaseName");
  const target = nodeAt(root, "spec", "targetNamespace");
  if (own) return own.kind === "scalar" ? own.text : undefined;
  if (name === undefined || target?.kind === "unknown") return undefined;
  const full = target?.kind === "scalar" && target.text !== "" ? `${target.text}-${name}` : name;
  return full.length > longestName ? undefined : full;
}
