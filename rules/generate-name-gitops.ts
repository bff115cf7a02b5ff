import { type Delivery, defineRule, type Finding, type KubernetesObject, manifest } from "#rule";

export default defineRule({
  id: "generate-name-gitops",
  summary: "What is applied needs a name: generateName works with kubectl create and as an Argo CD hook.",
  why: `
    \`generateName\` has the server invent a name, each time the object is created. Tools that apply a manifest look the object up by its
    name first, and have none:

    - \`kubectl apply\` refuses it: \`cannot use generate name with apply\`. \`kubectl create\` takes it.
    - Flux builds with kustomize, which refuses an object without \`metadata.name\`.
    - Argo CD applies ordinary objects, and fails. For hooks it makes up the name itself.
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
    yield* nameless(cronJob, delivery);
  },

  *job({ cronJob, object }, { delivery }) {
    if (!cronJob) yield* nameless(object, delivery);
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

const remedies: Readonly<Record<Delivery, string>> = {
  argocd: "Argo CD applies this, which needs metadata.name; give it a name, or make it a hook",
  flux: "Flux builds with kustomize, which refuses an object without metadata.name; give it a name",
  helm: "Helm looks each object up by metadata.name, so the next upgrade fails without one; give it a name, such as one with .Release.Revision",
  kubectl: "kubectl apply refuses an object without metadata.name; use kubectl create for it",
};

function* nameless({ metadata }: KubernetesObject, delivery: Delivery): Iterable<Finding> {
  const { name, generateName, annotations } = metadata;
  if (name.state !== "absent" || generateName.state === "absent") return;
  const hasHook = (key: string): boolean => annotations.mapping?.entries.some((entry) => entry.key.text === key) ?? false;
  const isArgoHook = hasHook("argocd.argoproj.io/hook") || (delivery !== "helm" && hasHook("helm.sh/hook"));
  if (isArgoHook || annotations.state === "unknown" || annotations.mapping?.open === true) return;
  // Whoever says that a hook is not deleted before it is created knows that it has no name.
  if (delivery === "helm" && hasHook("helm.sh/hook") && hasHook("helm.sh/hook-delete-policy")) return;
  const at = generateName.state === "present" ? generateName.key : generateName;
  yield { at, message: remedies[delivery], ...(delivery === "kubectl" ? { severity: "info" as const } : {}) };
}
