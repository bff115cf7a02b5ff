import { type Context, type Delivery, type Job, keysOf, text } from "#rule";

/** Prefixes of annotations and labels that only this tool reads: an object that carries one is meant for it. */
const marks = [
  ["argocd.argoproj.io/", "argocd"],
  ["kustomize.toolkit.fluxcd.io/", "flux"],
] as const;

/** How a Job reaches the cluster: what is written on it says more than what lies around its file. */
export function deliveryOfJob({ metadata }: Job, { delivery }: Pick<Context, "delivery">): Delivery {
  const keys = [...keysOf(metadata.annotations), ...keysOf(metadata.labels)];
  return marks.find(([prefix]) => keys.some((key) => key.text.startsWith(prefix)))?.[1] ?? delivery;
}

/**
 * Whether the tool deletes and creates the object instead of updating it, or leaves it alone; also where a template may say so.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function isRecreated({ metadata: { annotations, labels } }: Job): boolean {
  const options = text(annotations, "argocd.argoproj.io/sync-options");
  if (options.state === "unknown" || /\b(?:Force|Replace)=true\b/.test(options.value ?? "")) return true;
  return [annotations, labels].some((level) => {
    const force = text(level, "kustomize.toolkit.fluxcd.io/force");
    return force.state === "unknown" ? level === annotations : force.value?.toLowerCase() === "enabled";
  });
}

/** Flux is told not to touch the object again: `IfNotPresent` still creates what is gone. */
export function isLeftAlone({ metadata: { annotations, labels } }: Job): boolean {
  return [annotations, labels].some((level) => {
    const reconcile = text(level, "kustomize.toolkit.fluxcd.io/reconcile").value;
    return reconcile === "disabled" || text(level, "kustomize.toolkit.fluxcd.io/ssa").value === "Ignore";
  });
}

/** An export of a Job that a CronJob or an operator made. */
export function isOwned({ metadata }: Job): boolean {
  return keysOf(metadata).some((key) => key.text === "ownerReferences");
}
