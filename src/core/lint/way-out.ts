import type { Delivery } from "./context.js";

/**
 * How an object gets changed that the server will not update, by the way it is deployed. Sources:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/,
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources,
 * https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies, https://kubernetes.io/docs/reference/kubectl/generated/kubectl_replace/
 */
export function wayOut(delivery: Delivery, kind: string): string {
  const name = `give the ${kind} a new name`;
  switch (delivery) {
    case "argocd":
      return `${name}, make it a hook, or annotate it with argocd.argoproj.io/sync-options: Force=true,Replace=true`;
    case "flux":
      return `${name}, or annotate it with kustomize.toolkit.fluxcd.io/force: enabled`;
    case "helm":
      return `${name}, or make it a hook with helm.sh/hook-delete-policy: before-hook-creation`;
    case "kubectl":
      return `${name}, or delete the old one first (kubectl replace --force does both)`;
  }
}
