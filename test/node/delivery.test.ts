import { join } from "node:path";
import { expect, test } from "vitest";
import { createDelivery } from "../../src/node/delivery.js";
import { createFolders } from "../../src/node/folder.js";
import { folderWith } from "./folder-tree.js";

function deliveries(files: Readonly<Record<string, string>>, asked: readonly string[]): readonly string[] {
  const folder = folderWith({ ".git/": "", ...files });
  const around = createDelivery([folder], createFolders()).of;
  return asked.map((file) => around(join(folder, file)));
}

const application = (path: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  source:\n    path: ${path}\n`;

test("an overlay is deployed together with its bases", () => {
  const files = {
    "apps/shop.yaml": application("overlays/prod"),
    "overlays/prod/kustomization.yaml": "resources:\n  - ../../base\n  - ../jobs/import.yaml\n  - https://example.com/x//y\n",
    "base/kustomization.yaml": "resources: [job.yaml, ../common]\n",
    "common/kustomization.yaml": "resources: [../base]\n",
  };
  const asked = ["overlays/prod/a.yaml", "base/job.yaml", "common/a.yaml", "overlays/jobs/import.yaml", "overlays/jobs/other.yaml"];
  expect(deliveries(files, asked)).toEqual(["argocd", "argocd", "argocd", "argocd", "kubectl"]);
});

test("paths of other objects in the file are none of its folders", () => {
  const ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  rules:\n    - http:\n        paths:\n          - path: /\n";
  const files = { "apps/shop.yaml": `${ingress}---\n${application("deploy")}` };
  expect(deliveries(files, ["deploy/a.yaml", "other/a.yaml"])).toEqual(["argocd", "kubectl"]);
});

test("a base outside the repository is not looked for", () => {
  const files = { "apps/shop.yaml": application("deploy"), "deploy/kustomization.yaml": "resources: [../../elsewhere]\n" };
  expect(deliveries(files, ["deploy/a.yaml", "elsewhere/a.yaml"])).toEqual(["argocd", "kubectl"]);
});

test("a chart that nothing deploys is Helm's", () => {
  expect(deliveries({ "chart/Chart.yaml": "name: shop\n" }, ["chart/templates/job.yaml", "job.yaml"])).toEqual(["helm", "kubectl"]);
});

const argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\n";
const argoSet = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n";
const helmRelease = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n";
const flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n";

test.each([
  ["a source in flow style", `${argo}spec:\n  source: {repoURL: a, path: deploy, targetRevision: HEAD}\n`, "argocd"],
  ["a spec in flow style", `${flux}metadata: {name: a}\nspec: {interval: 10m, path: ./deploy, prune: true}\n`, "flux"],
  ["all of it in flow style", '{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {"source": {"path": "deploy"}}}', "argocd"],
  ["several sources", `${argo}spec:\n  sources: [{repoURL: a, chart: x}, {repoURL: b, path: "deploy"}]\n`, "argocd"],
  ["indented keys after it", `${argo}spec:\n    source:\n        path: 'deploy' # here\n        repoURL: a\n`, "argocd"],
  ["a path in a comment", `${argo}spec:\n  source:\n    # path: deploy\n    chart: x\n`, "kubectl"],
  ["a path in a text", `${argo}spec:\n  source:\n    helm:\n      values: |\n        path: deploy\n`, "kubectl"],
  ["a path among the values of a chart", `${helmRelease}spec:\n  values: {ingress: {hosts: [{paths: [{path: /, pathType: Prefix}]}]}}\n`, "kubectl"],
  ["a path that an Application ignores", `${argo}spec:\n  source: {chart: x}\n  x: {path: deploy}\n`, "kubectl"],
  ["a health check of a Kustomization", `${flux}spec:\n  path: ./else\n  healthChecks: [{path: deploy}]\n`, "kubectl"],
  ["a source that is hydrated", `${argo}spec:\n  sourceHydrator: {drySource: {path: deploy}}\n`, "argocd"],
  ["folders of a generator in another", `${argoSet}  generators: [{matrix: {generators: [{git: {directories: [{path: "*"}]}}]}}]\n`, "argocd"],
  ["a folder that a generator leaves out", `${argoSet}  generators: [{git: {directories: [{path: deploy, exclude: true}]}}]\n`, "kubectl"],
  ["files of a generator", `${argoSet}  generators: [{git: {files: [{path: "deploy/**/config.json"}]}}]\n`, "argocd"],
  ["the template of a set", `${argoSet}  template: {spec: {source: {path: deploy}}}\n`, "argocd"],
  ["a template of a generator", `${argoSet}  generators: [{list: {elements: [], template: {spec: {source: {path: deploy}}}}}]\n`, "argocd"],
  [
    "a list of paths",
    `${argoSet}  generators: [{list: {elements: [{path: deploy}]}}]\n  template: {spec: {source: {path: "{{.path}}"}}}\n`,
    "argocd",
  ],
  ["a list of other paths", `${argoSet}  generators: [{list: {elements: [{path: deploy}]}}]\n  template: {spec: {source: {path: x}}}\n`, "kubectl"],
  ["an object of another group", "apiVersion: app.k8s.io/v1\nkind: Application\nspec: {path: deploy}\n", "kubectl"],
])("%s", (_, text, expected) => {
  expect(deliveries({ "apps/shop.yaml": text }, ["deploy/a.yaml"])).toEqual([expected]);
});

test("a path among values makes no unit of the repository", () => {
  const release = `${helmRelease}spec:\n  values: {ingress: {path: /}}\n`;
  const folder = folderWith({ ".git/": "", "apps/shop.yaml": release });
  expect(createDelivery([folder], createFolders()).unitOf(join(folder, "deploy/a.yaml"))).toBeUndefined();
});
