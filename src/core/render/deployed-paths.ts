import type { Node } from "../read/node.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";
import { textAt } from "./field-at.js";

/** What an object of Argo CD or Flux deploys. */
export interface DeployedPaths {
  readonly by: "argocd" | "flux";
  /** Every `path` in it, as written: of sources, of generators. One that is not there does no harm. */
  readonly paths: readonly string[];
  /** It takes what stands in folders below too. */
  readonly whole: boolean;
}

const deployers = [
  { by: "argocd", group: "argoproj.io", kinds: ["Application", "ApplicationSet"] },
  { by: "flux", group: "kustomize.toolkit.fluxcd.io", kinds: ["Kustomization"] },
  { by: "flux", group: "helm.toolkit.fluxcd.io", kinds: ["HelmRelease"] },
] as const;

const kinds = deployers.flatMap((one) => [...one.kinds]);

/** In the order of the text. Costs little where no such object is. */
export function deployedPathsIn(source: Source): readonly DeployedPaths[] {
  if (!deployers.some(({ group }) => source.text.includes(`${group}/`))) return [];
  return read(source, { kinds, prose: "never" }).documents.flatMap(({ root }): readonly DeployedPaths[] => {
    const group = textAt(root, "apiVersion")?.split("/")[0];
    const kind = textAt(root, "kind");
    const deployer = deployers.find((one) => one.group === group && one.kinds.some((name) => name === kind));
    if (!deployer) return [];
    const found = scalarsIn(root);
    const paths = found.flatMap(([key, text]) => (key === "path" && text !== "" && !/[{}\s]/.test(text) ? [text] : []));
    // Flux makes a kustomization of all files below, Argo CD takes those below a folder where it is told to.
    return [{ by: deployer.by, paths, whole: deployer.by === "flux" || found.some(([key, text]) => key === "recurse" && text === "true") }];
  });
}

/** The reader bounds how deep a document is. */
function scalarsIn(node: Node): readonly (readonly [key: string, text: string])[] {
  if (node.kind === "sequence") return node.items.flatMap(scalarsIn);
  if (node.kind !== "mapping") return [];
  return node.entries.flatMap(({ key, value }) => (value.kind === "scalar" ? [[key.text, value.text] as const] : scalarsIn(value)));
}
