import type { MappingNode } from "../read/node.js";
import { read } from "../read/read.js";
import type { Place, Source } from "../text/place.js";
import { applicationDeployments, applicationSetDeployments } from "./argo-deployments.js";
import { nodeAt, textAt } from "./field-at.js";
import { helmReleaseDeployments } from "./flux-deployments.js";
import type { DeployedValues, PathDeployment } from "./given-layers.js";

/** What an object of Argo CD or Flux says about one path of its own repository. */
export interface Deployment {
  readonly by: "argocd" | "flux";
  readonly source: Source;
  readonly kind: string;
  readonly name: string | undefined;
  /** Where it is described: its name, if it has one. */
  readonly place: Place;
  /**
   * As written: `./charts/report`, `apps/*`. Counts from the top of the repository. Undefined for what only changes another one of that
   * name.
   */
  readonly path: string | undefined;
  /** Paths like that one which are left out. */
  readonly without: readonly string[];
  /** What it gives the chart at that path, if one is there. */
  readonly values: DeployedValues;
}

const kinds = ["Application", "ApplicationSet", "HelmRelease"];

/**
 * Every path from which the objects of a manifest install a chart, should one be there. Other repositories cannot be told from this one;
 * a path that is not there does no harm.
 */
export function deploymentsIn(source: Source): readonly Deployment[] {
  const found = known.get(source) ?? freshDeployments(source);
  known.set(source, found);
  return found;
}

/** Every chart that a manifest installs asks for it. */
const known = new WeakMap<Source, readonly Deployment[]>();

function freshDeployments(source: Source): readonly Deployment[] {
  return read(source, { kinds, prose: "never" }).documents.flatMap(({ root }) => deploymentsOf(root, source));
}

function deploymentsOf(root: MappingNode, source: Source): readonly Deployment[] {
  const group = textAt(root, "apiVersion")?.split("/")[0];
  const kind = textAt(root, "kind") ?? "";
  const name = textAt(root, "metadata", "name");
  const place = nodeAt(root, "metadata", "name")?.place ?? { ...root.place, end: root.place.start };
  const found = (): readonly PathDeployment[] => {
    if (group === "argoproj.io" && kind === "Application") return applicationDeployments(root);
    if (group === "argoproj.io" && kind === "ApplicationSet") return applicationSetDeployments(root);
    return group === "helm.toolkit.fluxcd.io" && kind === "HelmRelease" ? helmReleaseDeployments(root) : [];
  };
  const by = group === "argoproj.io" ? "argocd" : "flux";
  return found().map((one) => ({ without: [], ...one, by, source, kind, name, place }));
}
