import type { Job } from "../model/workload.js";

/** Pods that must run one after another at the least. A new one starts when one ends, so this holds for equal pods. */
export function leastRounds({ completions, parallelism, successPolicy }: Job): number {
  // Then some of the pods may be enough.
  if (successPolicy.state !== "absent") return Math.min(1, completions.value ?? 1);
  if (completions.state !== "present" || parallelism.state === "unknown") return 1;
  return Math.ceil(Math.max(0, completions.value) / Math.max(1, parallelism.value ?? 1));
}

/** Pods that run one after another at the most; null when a template decides. Without completions all of them run side by side. */
export function mostRounds({ completions, parallelism }: Job): number | null {
  if (completions.state === "unknown") return null;
  if (completions.state === "absent") return 1;
  const atOnce = parallelism.state === "unknown" ? 1 : (parallelism.value ?? 1);
  return Math.ceil(Math.max(0, completions.value) / Math.max(1, atOnce));
}
