import type { Place, Source } from "../text/place.js";
import { type Deployment, deploymentsIn } from "./deployments.js";
import { type GivenLayer, unknownLayer } from "./given-layers.js";
import type { ValuesLayer } from "./helm/layers.js";

/** One installation of a chart by an object of the same tree. */
export interface ChartRelease {
  /** As reports call it: `Application nightly`. */
  readonly name: string;
  /** Where it is described. */
  readonly place: Place;
  /** What it gives the chart, later ones winning. */
  readonly layers: readonly ValuesLayer[];
  /** The chart's own values.yaml is left out. */
  readonly withoutOwn: boolean;
  readonly release?: string;
  readonly namespace?: string;
}

export interface ReleaseTree {
  /** The folder of the chart. Paths count from the top of the repository. */
  readonly folder: string;
  readonly read: (path: string) => Source | undefined;
  /** Texts of kustomizations that may change the objects. */
  readonly kustomizations: readonly string[];
}

/** More installations of one chart are not judged. */
const most = 500;

/** All installations of a chart by objects in some manifests. */
export function chartReleases(manifests: readonly Source[], tree: ReleaseTree): readonly ChartRelease[] {
  const all = manifests.flatMap(deploymentsIn);
  const parts = all.filter(({ path }) => path === undefined);
  const own = all.filter((one) => isAt(one, tree.folder));
  return own.flatMap((one) => withParts(one, parts)).slice(0, most).map((one) => releaseOf(one, tree));
}

function isAt({ path, without }: Deployment, folder: string): boolean {
  return path !== undefined && matchesPath(path, folder) && !without.some((one) => matchesPath(one, folder));
}

/** Whether a path of a deployment means a folder; `*` stands for any text within one step. */
export function matchesPath(path: string, folder: string): boolean {
  const [wanted, given] = [steps(path), steps(folder)];
  return wanted.length === given.length && wanted.every((step, index) => isLike(step, given[index] ?? ""));
}

function isLike(pattern: string, step: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === step;
  const last = rest.pop() ?? "";
  if (!step.startsWith(first) || !step.endsWith(last) || step.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = step.indexOf(part, at);
    if (found < 0 || found + part.length > step.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

function steps(path: string): readonly string[] {
  return path.split("/").filter((step) => step !== "" && step !== ".");
}

/** Overlays of a kustomization write part of an object: each makes one of it. */
function withParts(one: Deployment, parts: readonly Deployment[]): readonly Deployment[] {
  const own = parts.filter(({ kind, name }) => kind === one.kind && name !== undefined && name === one.name);
  if (own.length === 0) return [one];
  return own.map(({ source, place, values }) => {
    // References come below all values; an Application's values are not told apart here.
    const isKnown = one.by === "flux" && !values.layers.some(({ kind }) => kind === "unknown");
    const layers = isKnown ? [...one.values.layers, ...values.layers] : [...one.values.layers, ...values.layers, unknownLayer];
    return { ...one, source, place, values: { ...one.values, layers } };
  });
}

function releaseOf(one: Deployment, tree: ReleaseTree): ChartRelease {
  const { kind, name, place, values } = one;
  const { releaseName, namespace, withoutOwn } = values;
  const layers = values.layers.flatMap((layer) => readLayer(layer, tree));
  const known = { ...(releaseName === undefined ? {} : { release: releaseName }), ...(namespace === undefined ? {} : { namespace }) };
  const isChanged = tree.kustomizations.some((text) => changes(text, one)) || isOverridden(one, tree);
  const shown = name === undefined ? kind : `${kind} ${name}`;
  return { name: shown, place, layers: isChanged ? [...layers, { kind: "unknown" }] : layers, withoutOwn, ...known };
}

function readLayer(layer: GivenLayer, { folder, read }: ReleaseTree): readonly ValuesLayer[] {
  if (layer.kind !== "path") return [layer];
  const path = layer.path.startsWith("/") ? resolved(layer.path) : resolved(`${folder}/${layer.path}`);
  const source = path === undefined ? undefined : read(path);
  if (source) return [{ kind: "file", source }];
  return layer.optional ? [] : [{ kind: "unknown" }];
}

/** Undefined for what lies outside of the tree. */
function resolved(path: string): string | undefined {
  const found: string[] = [];
  for (const step of steps(path)) {
    if (step !== "..") found.push(step);
    else if (found.pop() === undefined) return undefined;
  }
  return found.join("/");
}

/** Whether a kustomization has patches for an object, for all of its kind or for it by its name. */
function changes(text: string, { kind, name }: Deployment): boolean {
  if (!new RegExp(`\\bkind:[ \\t]{0,9}["']?${kind}\\b`).test(text)) return false;
  if (name !== undefined && text.includes(name)) return true;
  const before = "target:\\s{0,99}\\{?\\s{0,99}(?:(?:group|version):[^\\n,]{0,99}[\\n,]\\s{0,99}){0,2}";
  return new RegExp(`${before}kind:[ \\t]{0,9}["']?${kind}["']?[ \\t]{0,9}(?:\\}|$|\\r?\\n\\s{0,99}(?!name:)[-\\w])`).test(text);
}

/** Argo CD's tools write what they change into a file beside the chart: https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/ */
function isOverridden({ by, name }: Deployment, { folder, read }: ReleaseTree): boolean {
  if (by !== "argocd") return false;
  const files = [".argocd-source.yaml", ...(name === undefined ? [] : [`.argocd-source-${name}.yaml`])];
  return files.some((file) => read(resolved(`${folder}/${file}`) ?? file) !== undefined);
}
