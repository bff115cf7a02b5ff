import { type Field, type Job, text } from "#rule";

/** A Job that a deploy tool starts at a moment of its own, instead of keeping it in the cluster. */
export interface Hook {
  readonly tool: "Helm" | "Argo CD";
  /** The phases it runs in: `["pre-install", "pre-upgrade"]`. */
  readonly phases: readonly string[];
}

const annotations = { "argocd.argoproj.io/hook": "Argo CD", "helm.sh/hook": "Helm" } as const;

/** The hook that a Job certainly is; what a CronJob starts is none. */
export function hookOf(job: Job): Hook | undefined {
  if (job.cronJob) return undefined;
  for (const [key, tool] of Object.entries(annotations)) {
    const value: Field<string> = text(job.metadata.annotations, key);
    if (value.state === "present") return { tool, phases: value.value.split(",").map((phase) => phase.trim()) };
  }
  return undefined;
}

/** Also true where a template may add the annotation: only a known absence counts as none. */
export function mayBeHook(job: Job): boolean {
  return Object.keys(annotations).some((key) => text(job.metadata.annotations, key).state !== "absent");
}
