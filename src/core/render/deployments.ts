import type { MappingNode, Node, ScalarNode } from "../read/node.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";
import { itemsAt, mappingAt, nodeAt, scalarAt, textAt } from "./field-at.js";
import { nestedNode } from "./nested-text.js";

/** What an object of Argo CD or Flux says about one path of its own repository. */
export interface Deployment {
  readonly by: "argocd" | "flux";
  readonly source: Source;
  /** As written: `./charts/report`, `apps/*`. Counts from the top of the repository. */
  readonly path: string;
  /** What it gives the chart at that path, if one is there. */
  readonly values: DeployedValues;
}

/** Values that a chart gets beside its own, weakest first: `files`, `values`, `parameters`. */
export interface DeployedValues {
  /** Values files, from the folder of the chart, or from the top of the repository if they begin with `/`. */
  readonly files: readonly string[];
  /** With the places where they are written. */
  readonly values: readonly MappingNode[];
  /** As `--set` takes them: `job.schedule`. */
  readonly parameters: readonly { readonly name: string; readonly value: ScalarNode }[];
  /** Some of what it gives is not known (a ConfigMap, a template): a value that stands nowhere may still be given. */
  readonly open: boolean;
  readonly releaseName?: string;
  readonly namespace?: string;
}

const kinds = ["Application", "ApplicationSet", "Kustomization", "HelmRelease"];

/**
 * Every path that the objects of a manifest deploy. Other repositories cannot be told from this one; a path that is not there does no
 * harm.
 */
export function deploymentsIn(source: Source): readonly Deployment[] {
  return read(source, { kinds, prose: "never" }).documents.flatMap(({ root }) => deploymentsOf(root, source));
}

function deploymentsOf(root: MappingNode, source: Source): readonly Deployment[] {
  const group = textAt(root, "apiVersion")?.split("/")[0];
  const kind = textAt(root, "kind");
  if (group === "argoproj.io" && kind === "Application") return ofApplication(root, source);
  if (group === "argoproj.io" && kind === "ApplicationSet") return ofApplicationSet(root, source);
  if (group === "kustomize.toolkit.fluxcd.io") return ofFluxKustomization(root, source);
  return group === "helm.toolkit.fluxcd.io" ? ofHelmRelease(root, source) : [];
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function ofApplication(root: MappingNode, source: Source): readonly Deployment[] {
  const one = nodeAt(root, "spec", "source");
  const name = textAt(root, "metadata", "name");
  const namespace = textAt(root, "spec", "destination", "namespace");
  return [...(one ? [one] : []), ...itemsAt(root, "spec", "sources")].flatMap((from): readonly Deployment[] => {
    const path = textAt(from, "path");
    if (path === undefined) return [];
    const releaseName = textAt(from, "helm", "releaseName") ?? name;
    const values = { ...applicationValues(from), ...named(releaseName, namespace) };
    return [{ by: "argocd", source, path, values }];
  });
}

/** Its template is an Application with holes, so of the values only those without any are known. */
function ofApplicationSet(root: MappingNode, source: Source): readonly Deployment[] {
  const template = mappingAt(root, "spec", "template");
  const own = template ? ofApplication(template, source) : [];
  const generated = itemsAt(root, "spec", "generators").flatMap((generator) =>
    itemsAt(generator, "git", "directories").flatMap((folder) => textAt(folder, "path") ?? []),
  );
  const kept = own.filter(({ path }) => !path.includes("{{")).map((one) => ({ ...one, values: { ...one.values, open: true } }));
  const nothing: DeployedValues = { files: [], values: [], parameters: [], open: true };
  return [...kept, ...generated.map((path) => ({ by: "argocd" as const, source, path, values: nothing }))];
}

function applicationValues(from: Node): DeployedValues {
  const helm = mappingAt(from, "helm");
  const files = itemsAt(helm, "valueFiles").flatMap((file) => (file.kind === "scalar" ? [file.text] : []));
  const text = scalarAt(helm, "values");
  // An object wins over a text: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values
  const written = mappingAt(helm, "valuesObject") ?? (text && nestedNode(text));
  const parameters = itemsAt(helm, "parameters").flatMap((item) => {
    const name = textAt(item, "name");
    const value = scalarAt(item, "value");
    return name === undefined || !value ? [] : [{ name, value }];
  });
  const isLost = (text !== undefined && written?.kind !== "mapping") || files.some((file) => file.startsWith("$"));
  const open = isLost || itemsAt(helm, "fileParameters").length > 0 || (helm?.open ?? false);
  return { files: files.filter((file) => !file.startsWith("$")), values: written?.kind === "mapping" ? [written] : [], parameters, open };
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/ */
function ofFluxKustomization(root: MappingNode, source: Source): readonly Deployment[] {
  const path = textAt(root, "spec", "path");
  if (path === undefined) return [];
  return [{ by: "flux", source, path, values: { files: [], values: [], parameters: [], open: true } }];
}

/** https://fluxcd.io/flux/components/helm/helmreleases/ */
function ofHelmRelease(root: MappingNode, source: Source): readonly Deployment[] {
  const chart = nodeAt(root, "spec", "chart", "spec");
  const path = textAt(chart, "chart");
  // A bare name is a chart of a Helm repository.
  if (path === undefined || (!path.includes("/") && textAt(chart, "sourceRef", "kind") === "HelmRepository")) return [];
  const files = itemsAt(chart, "valuesFiles").flatMap((file) => (file.kind === "scalar" ? [`/${file.text.replace(/^\.\//, "")}`] : []));
  const values = mappingAt(root, "spec", "values");
  const open = itemsAt(root, "spec", "valuesFrom").length > 0 || itemsAt(root, "spec", "postRenderers").length > 0;
  const target = textAt(root, "spec", "targetNamespace");
  const name = textAt(root, "metadata", "name");
  // https://fluxcd.io/flux/components/helm/helmreleases/#release-name
  const release = textAt(root, "spec", "releaseName") ?? (target === undefined || name === undefined ? name : `${target}-${name}`);
  const given = { files, values: values ? [values] : [], parameters: [], open };
  return [{ by: "flux", source, path, values: { ...given, ...named(release, target ?? textAt(root, "metadata", "namespace")) } }];
}

function named(releaseName: string | undefined, namespace: string | undefined): Pick<DeployedValues, "releaseName" | "namespace"> {
  const isKnown = (text: string | undefined): text is string => text !== undefined && !text.includes("{{") && !text.includes("${");
  return { ...(isKnown(releaseName) ? { releaseName } : {}), ...(isKnown(namespace) ? { namespace } : {}) };
}
