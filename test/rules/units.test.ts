import { describe, expect, test } from "vitest";
import { rules } from "../../rules/index.js";
import { lintReports } from "../../src/core/lint/run.js";
import { defaultFileSettings } from "../../src/core/lint/settings-file.js";
import { workspaceDiagnostics } from "../../src/core/lint/workspace.js";

const across = rules.filter(({ id }) => ["label-collision", "missing-reference", "pdb-on-jobs", "psa-rejects-pods"].includes(id));
const settings = defaultFileSettings({ settings: {} });

/** What is said of units, each of which has files by name. */
function said(...units: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const facts = units.map((files) => ({
    facts: Object.entries(files).flatMap(([name, text]) => lintReports({ name, text }, { rules: across, settings }).facts),
  }));
  const failures: never[] = [];
  const found = workspaceDiagnostics(facts, across, failures);
  expect(failures).toEqual([]);
  return found.map(({ rule, file }) => `${rule} in ${file}`);
}

const job = `apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: shop }
spec:
  template:
    metadata: { labels: { app: shop } }
    spec:
      restartPolicy: Never
      containers: [{ name: load, image: "load:1", envFrom: [{ configMapRef: { name: shop-setings } }] }]
`;
const settingsMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop-settings, namespace: shop }\ndata: { a: b }\n";
const otherMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: flags, namespace: shop }\ndata: { a: b }\n";
const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }
`;
const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }\n";
const service = "apiVersion: v1\nkind: Service\nmetadata: { name: shop, namespace: shop }\nspec: { selector: { app: shop } }\n";
const others = { "map.yaml": settingsMap, "pdb.yaml": budget, "ns.yaml": namespace, "svc.yaml": service };

describe("objects know each other", () => {
  test("in one unit, in whichever file they stand", () => {
    expect(said({ "job.yaml": job, ...others }).toSorted()).toEqual([
      "label-collision in job.yaml",
      "missing-reference in job.yaml",
      "pdb-on-jobs in job.yaml",
      "psa-rejects-pods in job.yaml",
    ]);
  });

  test("not across units", () => {
    expect(said({ "a/job.yaml": job }, others)).toEqual([]);
  });

  test("not where one names its namespace and the other does not", () => {
    const elsewhere = [settingsMap, budget, service].map((text) => text.replace(", namespace: shop", ""));
    const files = Object.fromEntries(elsewhere.map((text, index) => [`${String(index)}.yaml`, text]));
    expect(said({ "job.yaml": job, ...files })).toEqual([]);
    expect(said({ "job.yaml": job.replace(", namespace: shop", ""), ...others })).toEqual([]);
  });

  test("not where a template says the namespace", () => {
    const own = "metadata:\n  name: load\n  namespace: {{ .Release.Namespace }}";
    const templated = job.replace("metadata: { name: load, namespace: shop }", own);
    expect(said({ "job.yaml": templated, ...others })).toEqual([]);
  });
});

describe("what a kustomization adds", () => {
  const asked = job.replace("shop-setings", "made-elsewhere");

  test("is not missed where there are others of that kind", () => {
    expect(said({ "job.yaml": asked, "map.yaml": otherMap })).toEqual(["missing-reference in job.yaml"]);
    for (const kind of ["", "kind: Kustomization\n", "kind: Component\n"]) {
      const kustomization = `${kind}resources: [job.yaml, map.yaml]\n`;
      expect(said({ "job.yaml": asked, "map.yaml": otherMap, "kustomization.yaml": kustomization })).toEqual([]);
    }
  });

  test("is known by the name in its generator", () => {
    const generator = "namePrefix: eu-\nconfigMapGenerator:\n  - { name: shop-setings, literals: [a=b] }\n";
    expect(said({ "job.yaml": job, "map.yaml": settingsMap, "kustomization.yaml": generator })).toEqual([]);
  });
});
