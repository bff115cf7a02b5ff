import { join } from "node:path";
import { expect, test } from "vitest";
import { createChartValues } from "../../src/node/chart-values.js";
import { createFolders } from "../../src/node/folder.js";
import { folderWith } from "./folder-tree.js";

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: nightly }
spec:
  destination: { namespace: reports }
  source:
    path: charts/report
    helm:
      valueFiles: [prod.yaml, /shared.yaml]
      values: |
        # two lines above
        schedule: "0 4 * * *"
      parameters: [{ name: job.image, value: report:2 }]
`;
const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: nightly, namespace: flux }
spec:
  targetNamespace: reports
  chart: { spec: { chart: ./charts/report, sourceRef: { kind: GitRepository, name: x } } }
  valuesFrom: [{ kind: ConfigMap, name: more }]
  values: { schedule: "0 5 * * *" }
`;

test("installations of a chart bring their values, with the places where they are written", () => {
  const top = folderWith({ ".git/HEAD": "", "apps/a.yaml": application, "flux/r.yaml": release, "charts/report/Chart.yaml": "name: report\n" });
  const found = createChartValues([top], createFolders())(join(top, "charts/report"));
  expect(found.map(({ files, open, releaseName, namespace, parameters }) => {
    return { files, open, releaseName, namespace, parameters: parameters.map(({ name, value }) => `${name}=${value.text}`) };
  })).toEqual([
    {
      files: [join(top, "charts/report/prod.yaml"), join(top, "shared.yaml")],
      open: false,
      releaseName: "nightly",
      namespace: "reports",
      parameters: ["job.image=report:2"],
    },
    { files: [], open: true, releaseName: "reports-nightly", namespace: "reports", parameters: [] },
  ]);
  const texts = found.map(({ values: [values] }) => {
    const { value } = values?.entries[0] ?? {};
    return value?.place.source.text.slice(value.place.start, value.place.end);
  });
  expect(texts).toEqual(['"0 4 * * *"', '"0 5 * * *"']);
  expect(createChartValues([top], createFolders())(join(top, "charts"))).toEqual([]);
});
