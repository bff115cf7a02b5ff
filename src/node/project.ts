import { readFileSync } from "node:fs";
import { createFolders, isGitIgnored, pathFrom } from "./folder.js";
import { walk } from "./walk.js";

/** What the files of a folder say about how it is deployed, each with the file that says so. */
export interface Project {
  readonly delivery: { readonly how: "argocd" | "flux" | "helm"; readonly file: string } | undefined;
  readonly kubernetes: { readonly range: string; readonly file: string } | undefined;
}

/** Files that are looked at. */
const most = 2000;
const skipped = new Set([".git", "node_modules"]);

/** What Argo CD and Flux call the objects that deploy a folder. */
const deliverySigns = [
  { how: "argocd", group: /^apiVersion:[ \t]*["']?argoproj\.io\//m, kind: kindLine("Application(?:Set)?") },
  { how: "flux", group: /^apiVersion:[ \t]*["']?kustomize\.toolkit\.fluxcd\.io\//m, kind: kindLine("Kustomization") },
  { how: "flux", group: /^apiVersion:[ \t]*["']?helm\.toolkit\.fluxcd\.io\//m, kind: kindLine("HelmRelease") },
] as const;

function kindLine(kind: string): RegExp {
  return new RegExp(`^kind:[ \\t]*["']?${kind}["']?[ \\t]*(?:#.*)?\\r?$`, "m");
}

/** What a manifest says about how a folder is deployed. */
export function deliverySign(text: string): { readonly how: "argocd" | "flux" } | undefined {
  return deliverySigns.find(({ group, kind }) => group.test(text) && kind.test(text));
}

/** Looks through the manifests below a folder. What Argo CD or Flux deploys may well be a chart, so they win over Helm. */
export function surveyProject(folder: string): Project {
  let delivery: Project["delivery"];
  let chart: string | undefined;
  let kubernetes: Project["kubernetes"];
  for (const path of firstManifests(folder)) {
    const text = readText(path);
    const file = pathFrom(folder, path);
    const sign = deliverySign(text);
    delivery ??= sign && { how: sign.how, file };
    if (!path.endsWith("Chart.yaml")) continue;
    chart ??= file;
    const range = rangeOfChart(text);
    kubernetes ??= range === undefined ? undefined : { range, file };
  }
  return { delivery: delivery ?? (chart === undefined ? undefined : { how: "helm", file: chart }), kubernetes };
}

/** The YAML files that git does not ignore, up to a limit. */
export function* firstManifests(folder: string): Generator<string, void, undefined> {
  const folders = createFolders();
  const found = walk(folder, {
    enters: (above, name) => !skipped.has(name) && !isGitIgnored(folders(above), name, true, ""),
    wants: (_, name) => /\.ya?ml$/.test(name),
  });
  let count = 0;
  for (const { path, problem } of found) {
    if (problem !== undefined) continue;
    if (++count > most) return;
    yield path;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, 100_000);
  } catch {
    return "";
  }
}

/** `kubeVersion: ">=1.27.0-0"`, if it is as simple as that: https://helm.sh/docs/topics/charts/#the-chartyaml-file */
function rangeOfChart(text: string): string | undefined {
  const minor = /^kubeVersion:[ \t]*["']?>=[ \t]*v?1\.(\d{1,3})(?:\.[\d]+)?(?:-0)?["']?[ \t]*(?:#.*)?\r?$/m.exec(text)?.[1];
  return minor === undefined ? undefined : `>=1.${minor}`;
}
