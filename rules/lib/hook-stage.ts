import { type Level, text } from "#rule";

/** When a deploy tool creates an object: in which phases, and how early in each. Nothing in `phases`: with the release itself. */
export interface Stage {
  readonly phases: readonly string[];
  /** Lower ones come first. */
  readonly weight: number;
}

export type Tool = "Helm" | "Argo CD";

/** As Argo CD maps the hooks of charts: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks */
const ofHelm: Readonly<Record<string, string>> = {
  "pre-install": "PreSync", "pre-upgrade": "PreSync", "post-install": "PostSync", "post-upgrade": "PostSync",
  "pre-delete": "PreDelete", "post-delete": "PostDelete",
};

/** Undefined where a template may have a say. */
export function stageOf(annotations: Level, tool: Tool): Stage | undefined {
  const helm = hookIn(annotations, "helm.sh/hook", "helm.sh/hook-weight");
  if (tool === "Helm") return helm && { ...helm, phases: helm.phases.map((phase) => phase.toLowerCase()) };
  const argo = hookIn(annotations, "argocd.argoproj.io/hook", "argocd.argoproj.io/sync-wave");
  if (!argo || !helm) return undefined;
  if (argo.phases.length > 0 || helm.phases.length === 0) return argo;
  const phases = new Set(helm.phases.flatMap((phase) => ofHelm[phase.toLowerCase()] ?? []));
  return { phases: [...phases], weight: argo.weight === 0 ? helm.weight : argo.weight };
}

function hookIn(annotations: Level, hookKey: string, weightKey: string): Stage | undefined {
  const hook = text(annotations, hookKey);
  const weight = text(annotations, weightKey);
  if (hook.state === "unknown" || weight.state === "unknown") return undefined;
  const phases = (hook.value ?? "").split(",").map((phase) => phase.trim());
  const written = weight.value ?? "0";
  return { phases: phases.filter((phase) => phase !== ""), weight: /^[+-]?\d{1,9}$/.test(written) ? Number(written) : 0 };
}
