import { type Level, text } from "../model/field.js";
import type { Workload } from "../model/workload.js";
import type { Delivery } from "./context.js";

/**
 * The tool that deletes an object and makes it anew where the server refuses to change it, as its annotations say. Sources:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync,
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/#hook-lifecycle-and-cleanup,
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources,
 * https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies
 */
export function recreatedBy({ metadata: { annotations, labels } }: Workload, delivery: Delivery): string | undefined {
  const fluxForce = "kustomize.toolkit.fluxcd.io/force";
  if ([annotations, labels].some((level) => text(level, fluxForce).value?.toLowerCase() === "enabled")) return "Flux";
  if (wordsIn(annotations, "argocd.argoproj.io/sync-options").includes("Force=true")) return "Argo CD";
  if (isArgoHook(annotations)) return isAlwaysGone(argoPolicies(annotations), argoWords) ? "Argo CD" : undefined;
  if (text(annotations, "helm.sh/hook").state !== "present") return undefined;
  if (delivery === "argocd") return isAlwaysGone(argoPolicies(annotations), argoWords) ? "Argo CD" : undefined;
  return isAlwaysGone(wordsIn(annotations, helmPolicy).map((word) => word.toLowerCase()), helmWords) ? "Helm" : undefined;
}

const helmPolicy = "helm.sh/hook-delete-policy";
const argoPolicy = "argocd.argoproj.io/hook-delete-policy";
/** Before the next one is made, after a success, after a failure. */
const helmWords = ["before-hook-creation", "hook-succeeded", "hook-failed"] as const;
const argoWords = ["BeforeHookCreation", "HookSucceeded", "HookFailed"] as const;

function isArgoHook(annotations: Level): boolean {
  const hook = wordsIn(annotations, "argocd.argoproj.io/hook");
  return hook.length > 0 && !hook.includes("Skip");
}

/** What Argo CD does not know it ignores, and it reads Helm's policies as its own. */
function argoPolicies(annotations: Level): readonly string[] {
  const ofHelm = wordsIn(annotations, helmPolicy).flatMap((word) => argoWords[helmWords.findIndex((one) => one === word)] ?? []);
  return [...wordsIn(annotations, argoPolicy).filter((word) => argoWords.some((one) => one === word)), ...ofHelm];
}

/** Without a policy, both tools delete the old hook before they make the new one. */
function isAlwaysGone(policies: readonly string[], [before, succeeded, failed]: typeof helmWords | typeof argoWords): boolean {
  return policies.length === 0 || policies.includes(before) || (policies.includes(succeeded) && policies.includes(failed));
}

/** The words of `Force=true, Replace=true`; a value that a template writes is none that is known. */
function wordsIn(annotations: Level, key: string): readonly string[] {
  return (text(annotations, key).value ?? "").split(",").map((word) => word.trim()).filter((word) => word !== "");
}
