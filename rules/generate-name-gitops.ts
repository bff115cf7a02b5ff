import { type Delivery, defineRule, type Fact, type FactAt, type Finding, jobOfWorkload, type KubernetesObject, manifest } from "#rule";
import { isKustomization, listedFiles, lists } from "./lib/kustomization.js";
import { ofSort } from "./lib/sorts.js";

/** An object without a name that its own delivery bears. */
interface Nameless {
  readonly sort: "nameless";
  /** kubectl create takes it. */
  readonly isPlain: boolean;
}

interface Listing {
  readonly sort: "listing";
  readonly resources: readonly string[];
}

type Data = Nameless | Listing;

export default defineRule({
  id: "generate-name-gitops",
  summary: "What is applied needs a name: generateName works with kubectl create and as an Argo CD hook.",
  why: `
    \`generateName\` has the server invent a name, each time the object is created. Tools that apply a manifest look the object up by its
    name first, and have none:

    - \`kubectl apply\` refuses it: \`cannot use generate name with apply\`. \`kubectl create\` takes it.
    - Kustomize refuses an object without \`metadata.name\`, and Flux builds everything with it.
    - Argo CD applies ordinary objects, and fails. For hooks it makes up the name itself, unless a kustomization lists them.
    - Helm fails at the first upgrade, before 4.2 at the installation. It deletes a hook by its name before it creates the next one.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/",
    "https://github.com/helm/helm/issues/3348",
    "https://github.com/helm/helm/blob/v4.3.1/pkg/kube/client.go",
    "https://github.com/kubernetes-sigs/kustomize/blob/kyaml/v0.20.1/kyaml/yaml/rnode.go",
  ],
  falsePositives: "Manifests that lie in a folder that is deployed, and are created by hand.",

  *cronJob(cronJob, { delivery }) {
    yield* refused(cronJob, delivery);
  },

  *job({ cronJob, object }, { delivery }) {
    if (!cronJob) yield* refused(object, delivery);
  },

  reads: ["Kustomization"],

  *facts(workload, { delivery }): Iterable<FactAt<Data>> {
    const { object } = jobOfWorkload(workload);
    const state = fateOf(object, delivery);
    if (state === "taken" || state === "hook") yield { at: placeOf(object), data: { sort: "nameless", isPlain: state === "taken" } };
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const resources = isKustomization(object) ? listedFiles(object) : [];
    if (resources.length > 0) yield { at: object.root, data: { sort: "listing", resources } };
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const listings = ofSort(facts, "listing");
    for (const fact of ofSort(facts, "nameless")) {
      const listing = listings.find(({ data }) => lists(data.resources, fact.at.file));
      if (listing) yield { fact, message: byKustomize, related: [{ fact: listing, message: "lists the file" }] };
      else if (fact.data.isPlain) yield { fact, message: remedies.kubectl, severity: "info" };
    }
  },

  examples: [
    {
      title: "A Job that Flux shall apply",
      settings: { delivery: "flux" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: import-
        # ^^^^^^^^^^^^ Flux builds with kustomize, which refuses an object without metadata.name; give it a name
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
    },
    {
      title: "A hook has a name made up for it",
      settings: { delivery: "argocd" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: smoke-test-
        # ^^^^^^^^^^^^ Argo CD applies this, which needs metadata.name; give it a name, or make it a hook
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: smoke-test, image: smoke-test:5.2 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: smoke-test-
          annotations:
            argocd.argoproj.io/hook: PostSync
        spec:
          activeDeadlineSeconds: 300
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: smoke-test, image: smoke-test:5.2 }]
      `,
    },
  ],
});

const byKustomize = "kustomize refuses an object without metadata.name; give it a name";

const remedies: Readonly<Record<Delivery, string>> = {
  argocd: "Argo CD applies this, which needs metadata.name; give it a name, or make it a hook",
  flux: "Flux builds with kustomize, which refuses an object without metadata.name; give it a name",
  helm: "Helm looks each object up by metadata.name, so the next upgrade fails without one; give it a name, such as one with .Release.Revision",
  kubectl: "kubectl apply refuses an object without metadata.name; use kubectl create for it",
};

function* refused(object: KubernetesObject, delivery: Delivery): Iterable<Finding> {
  if (fateOf(object, delivery) === "refused") yield { at: placeOf(object), message: remedies[delivery] };
}

/** What the way it is deployed makes of an object without a name; undefined where it has one, or may have. */
function fateOf({ metadata }: KubernetesObject, delivery: Delivery): "refused" | "taken" | "hook" | undefined {
  const { name, generateName, annotations } = metadata;
  if (name.state !== "absent" || generateName.state === "absent") return undefined;
  const hasHook = (key: string): boolean => annotations.mapping?.entries.some((entry) => entry.key.text === key) ?? false;
  if (annotations.state === "unknown" || annotations.mapping?.open === true) return undefined;
  if (hasHook("argocd.argoproj.io/hook") || (delivery !== "helm" && hasHook("helm.sh/hook"))) return "hook";
  // Whoever says that a hook is not deleted before it is created knows that it has no name.
  if (delivery === "helm" && hasHook("helm.sh/hook") && hasHook("helm.sh/hook-delete-policy")) return undefined;
  return delivery === "kubectl" ? "taken" : "refused";
}

function placeOf({ metadata: { generateName } }: KubernetesObject): Finding["at"] {
  return generateName.state === "present" ? generateName.key : generateName;
}
