import type { MappingNode, Node } from "../read/node.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";
import { itemsAt, nodeAt, textAt } from "./field-at.js";

/** What an object of Argo CD or Flux deploys. */
export interface DeployedPaths {
  readonly by: "argocd" | "flux";
  /** Folders of a tree, as written: of sources, of generators. One that is not there does no harm. */
  readonly paths: readonly string[];
  /** It takes what stands in folders below too. */
  readonly whole: boolean;
}

type Deployer = Pick<DeployedPaths, "by"> & {
  readonly group: string;
  readonly kind: string;
  readonly of: (root: MappingNode) => Omit<DeployedPaths, "by">;
};

/** What a HelmRelease installs from a tree is a chart, which Helm delivers: nothing but a Kustomization keeps manifests of a folder. */
const deployers: readonly Deployer[] = [
  { by: "argocd", group: "argoproj.io", kind: "Application", of: (root) => deployedFrom(sourcesOf(root), []) },
  { by: "argocd", group: "argoproj.io", kind: "ApplicationSet", of: ofApplicationSet },
  { by: "flux", group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", of: ofKustomization },
];

const kinds = deployers.map(({ kind }) => kind);

/** In the order of the text. Costs little where no such object is. */
export function deployedPathsIn(source: Source): readonly DeployedPaths[] {
  if (!deployers.some(({ group }) => source.text.includes(`${group}/`))) return [];
  return read(source, { kinds, prose: "never" }).documents.flatMap(({ root }): readonly DeployedPaths[] => {
    const group = textAt(root, "apiVersion")?.split("/")[0];
    const kind = textAt(root, "kind");
    const deployer = deployers.find((one) => one.group === group && one.kind === kind);
    return deployer ? [{ by: deployer.by, ...deployer.of(root) }] : [];
  });
}

/** Flux makes a kustomization of all files below: https://fluxcd.io/flux/components/kustomize/kustomizations/#path */
function ofKustomization(root: MappingNode): Omit<DeployedPaths, "by"> {
  return { paths: known([textAt(root, "spec", "path")]), whole: true };
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
function sourcesOf(application: Node | undefined): readonly Node[] {
  const spec = nodeAt(application, "spec");
  const one = [nodeAt(spec, "source"), nodeAt(spec, "sourceHydrator", "drySource")].filter((source) => source !== undefined);
  return [...one, ...itemsAt(spec, "sources")];
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/applicationset-specification/ */
function ofApplicationSet(root: MappingNode): Omit<DeployedPaths, "by"> {
  const generators = itemsAt(root, "spec", "generators").flatMap(withNested);
  const own = generators.flatMap((one) => (one.kind === "mapping" ? one.entries.map(({ value }) => nodeAt(value, "template")) : []));
  const sources = [nodeAt(root, "spec", "template"), ...own].flatMap(sourcesOf);
  // A list may give each Application its path.
  const isParameter = sources.some((source) => isFilledIn(nodeAt(source, "path")));
  const found = generators.flatMap((one) => {
    const folders = [...itemsAt(one, "git", "directories"), ...itemsAt(one, "git", "files")];
    const elements = isParameter ? itemsAt(one, "list", "elements") : [];
    return [...folders.filter((folder) => textAt(folder, "exclude") !== "true"), ...elements].map((item) => textAt(item, "path"));
  });
  return deployedFrom(sources, found);
}

function isFilledIn(path: Node | undefined): boolean {
  return path?.kind === "scalar" ? path.text.includes("{{") : path !== undefined;
}

/** The reader bounds how deep a document is. */
function withNested(generator: Node): readonly Node[] {
  return [generator, ...["matrix", "merge"].flatMap((kind) => itemsAt(generator, kind, "generators")).flatMap(withNested)];
}

/** Argo CD takes the files below a folder where it is told to. */
function deployedFrom(sources: readonly Node[], more: readonly (string | undefined)[]): Omit<DeployedPaths, "by"> {
  return {
    paths: known([...sources.map((source) => textAt(source, "path")), ...more]),
    whole: sources.some((source) => textAt(source, "directory", "recurse") === "true"),
  };
}

/** Without those that something else fills in. */
function known(paths: readonly (string | undefined)[]): readonly string[] {
  return paths.flatMap((path) => (path === undefined || path === "" || /[{}\s]/.test(path) ? [] : [path]));
}
