import { type Delivery, type Field, type Job, type Level, type Present, text, within } from "#rule";

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

/** Argo CD runs the hooks of a chart as its own: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks */
export function hookRunner({ tool }: Hook, delivery: Delivery): Hook["tool"] {
  return delivery === "argocd" ? "Argo CD" : tool;
}

/** A word of an annotation that lists several, and where it stands. */
export interface Word {
  readonly word: string;
  readonly at: ReturnType<typeof within>;
}

/** The words of `pre-install, pre-upgrade`. */
export function wordsOf(value: Present<string>): readonly Word[] {
  return [...value.value.matchAll(/[^,\s][^,]*/g)].map(({ 0: part, index }) => {
    const word = part.trimEnd();
    return { word, at: within(value, index, index + word.length) };
  });
}

/** The annotation, when it is written and no template decides what it says. */
export function annotation(level: Level, key: string): Present<string> | undefined {
  const value = text(level, key);
  return value.state === "present" ? value : undefined;
}
