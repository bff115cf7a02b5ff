import { join } from "node:path";
import { expect, test } from "vitest";
import { createInstallers, type Installers } from "../../src/node/chart-values.js";
import { onDisk } from "../../src/node/file-tree.js";
import { createFolders, pathFrom } from "../../src/node/folder.js";
import { textAt } from "../../src/core/text/place.js";
import type { ChartRelease } from "../../src/engine.js";
import { folderWith } from "./folder-tree.js";

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: nightly }
spec:
  destination: { namespace: reports, name: prod }
  source:
    path: charts/report
    helm:
      valueFiles: [prod.yaml, /shared.yaml, "https://example.com/v.yaml"]
      values: |
        # two lines above
        schedule: "0 4 * * *"
      parameters: [{ name: job.image, value: report:2 }]
`;
const helmRelease = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: nightly, namespace: flux }
spec:
  targetNamespace: reports
  chart: { spec: { chart: ./charts/report, valuesFiles: [./shared.yaml], sourceRef: { kind: GitRepository, name: x } } }
  valuesFrom: [{ kind: ConfigMap, name: more }]
  values: { schedule: "0 5 * * *" }
`;
const files = { ".git/HEAD": "", "charts/report/Chart.yaml": "name: report\n", "charts/report/prod.yaml": "a: 1\n", "shared.yaml": "b: 1\n" };

function installersOf(more: Readonly<Record<string, string>>): { readonly top: string; readonly installers: Installers } {
  const top = folderWith({ ...files, ...more });
  return { top, installers: createInstallers({ linted: [top], folders: createFolders(), show: (path) => pathFrom(top, path), tree: onDisk }) };
}

function releasesOf(more: Readonly<Record<string, string>>, chart = "charts/report"): readonly ChartRelease[] {
  const { top, installers } = installersOf(more);
  const found = installers.of(join(top, chart));
  return found?.by(found.manifests) ?? [];
}

/** One layer a word. */
function layersOf({ layers }: ChartRelease): readonly string[] {
  return layers.map((layer) => {
    if (layer.kind === "file") return layer.source.name;
    if (layer.kind === "inline") return layer.node.entries.map(({ value }) => textAt(value.place)).join(" ");
    return layer.kind === "set" ? `${layer.name}=${layer.value?.text ?? "?"}` : "unknown";
  });
}

test("installations bring their values in the order in which they win, with the places where they are written", () => {
  const releases = releasesOf({ "apps/a.yaml": application, "flux/r.yaml": helmRelease });
  expect(releases.map(({ name, release, namespace, withoutOwn }) => ({ name, release, namespace, withoutOwn }))).toEqual([
    { name: "Application nightly", release: "nightly", namespace: "reports", withoutOwn: false },
    { name: "HelmRelease nightly", release: "reports-nightly", namespace: "reports", withoutOwn: true },
  ]);
  expect(releases.map(layersOf)).toEqual([
    ["charts/report/prod.yaml", "shared.yaml", "unknown", '"0 4 * * *"', "job.image=report:2"],
    ["shared.yaml", "unknown", '"0 5 * * *"'],
  ]);
  expect(releasesOf({ "apps/a.yaml": application }, "charts")).toEqual([]);
});

test.each([
  ["an object wins over a text", ["values: |\n        a: 1\n      valuesObject: { a: 2 }"], ["2"]],
  ["forced texts win over other parameters", ["parameters:\n        - { name: a, value: '1', forceString: true }\n        - { name: a, value: '2' }"], ["a=2", "a=1"]],
  ["what is filled in elsewhere is unknown", ["valueFiles: [$values/prod.yaml, 'values-*.yaml']"], ["unknown", "unknown"]],
  ["a file that is not there is unknown", ["valueFiles: [none.yaml, ../../../etc/x.yaml]"], ["unknown", "unknown"]],
  ["unless it need not be there", ["valueFiles: [none.yaml, ../../shared.yaml]\n      ignoreMissingValueFiles: true"], ["shared.yaml"]],
  ["a text that is no mapping is unknown", ["values: nothing"], ["unknown"]],
  ["an empty text is nothing", ["values: ''"], []],
])("of an Application, %s", (_, [helm = ""], expected) => {
  const text = application.slice(0, application.indexOf("valueFiles"));
  expect(releasesOf({ "a.yaml": `${text}${helm}\n` }).map(layersOf)).toEqual([expected]);
});

test("folders that an ApplicationSet looks for are installed, but those it leaves out", () => {
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  generators:
    - git: { directories: [{ path: charts/* }, { path: charts/left, exclude: true }] }
  template:
    metadata: { name: "{{path.basename}}" }
    spec:
      source: { path: "{{path}}", helm: { valuesObject: { a: 1, cluster: "{{name}}" } } }
      destination: { namespace: jobs }
`;
  const more = { "set.yaml": set, "charts/left/Chart.yaml": "name: left\n" };
  const [release, ...others] = releasesOf(more);
  expect([release?.release, release?.namespace, others.length]).toEqual([undefined, "jobs", 0]);
  expect(releasesOf(more, "charts/left")).toEqual([]);
  const { top, installers } = installersOf(more);
  expect(installers.chartsOf(join(top, "set.yaml")).map((path) => pathFrom(top, path)).sort()).toEqual(["charts/left", "charts/report"]);
});

test("a part of a HelmRelease that an overlay adds belongs to it, and what other patches change is unknown", () => {
  const base = helmRelease.replace(/ {2}valuesFrom.*\n/, "").replace("valuesFiles: [./shared.yaml], ", "");
  const part = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: nightly }\nspec: { values: { a: 2 } }\n";
  expect(releasesOf({ "base/r.yaml": base, "prod/p.yaml": part }).map(layersOf)).toEqual([['"0 5 * * *"', "2"]]);
  const patch = "patches:\n  - target: { kind: HelmRelease, name: nightly }\n    patch: |\n      - { op: remove, path: /spec/values/x }\n";
  expect(releasesOf({ "base/r.yaml": base, "prod/kustomization.yaml": patch }).map(layersOf)).toEqual([['"0 5 * * *"', "unknown"]]);
  const another = patch.replace("nightly", "weekly");
  expect(releasesOf({ "base/r.yaml": base, "prod/kustomization.yaml": another }).map(layersOf)).toEqual([['"0 5 * * *"']]);
});

test("what Argo CD's tools write beside a chart may change everything", () => {
  const found = releasesOf({ "apps/a.yaml": application, "charts/report/.argocd-source-nightly.yaml": "helm: {}\n" });
  expect(found.map(layersOf).at(0)?.at(-1)).toBe("unknown");
});
