import { keysOf } from "../model/field.js";
import type { Job } from "../model/workload.js";
import type { PodTime, RunTimeEvidence } from "./pod-time.js";
import { waitsBetweenPods, waitsBetweenRestarts } from "./retries.js";

/** How long a Job surely takes whose every attempt fails, in seconds. */
export interface Failing {
  readonly seconds: number;
  readonly evidence: readonly RunTimeEvidence[];
}

/** An attempt that lasted longer starts the kubelet's waits over. */
const longestBeforeReset = 600;

/**
 * Every attempt that the limit allows is made, and there are waits between them. Undefined where attempts do not surely fail, come side by
 * side, or are counted in another way.
 * https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/backoff_utils.go
 */
export function failingJob(job: Job, { fails, shortest }: PodTime): Failing | undefined {
  const { backoffLimit: limit, pod } = job;
  if (!fails || !isOneByOne(job) || limit.state === "unknown") return undefined;
  // The default: https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/v1/defaults.go
  const retries = Math.max(0, limit.value ?? 6);
  const attempt = Math.min(shortest, pod.activeDeadlineSeconds.value ?? Infinity);
  const isNever = pod.restartPolicy.value === "Never";
  if (!isNever && !restartsAlone(job)) return undefined;
  const attempts = isNever ? retries + 1 : Math.max(1, retries);
  const waits = isNever ? waitsBetweenPods(retries) : attempt > longestBeforeReset ? 0 : waitsBetweenRestarts(attempts);
  const seconds = attempts * attempt + waits;
  if (attempts === 1 || !Number.isFinite(seconds)) return undefined;
  const each = attempt === 0 ? "" : ` of ${String(attempt)} s`;
  const text = `the script fails each time, and its ${String(attempts)} attempts${each} with the waits between them take ${String(seconds)} s`;
  const place = pod.written.find(({ init }) => !init)?.command.place;
  return { seconds, evidence: [{ text, seconds, ...(place ? { place } : {}) }] };
}

function isOneByOne(job: Job): boolean {
  const { parallelism, completions, backoffLimitPerIndex, podFailurePolicy, managedBy } = job;
  const counts = [parallelism, completions].every(({ state, value }) => state === "absent" || (value !== undefined && value >= 1));
  const isSingle = parallelism.value === undefined || parallelism.value === 1 || completions.value === 1;
  const isPlain = [backoffLimitPerIndex, podFailurePolicy, managedBy].every(({ state }) => state === "absent");
  return counts && isSingle && isPlain && job.suspend.value !== true;
}

/** One container that the kubelet restarts in its pod, and nothing around it that is restarted too. */
function restartsAlone({ pod }: Job): boolean {
  const isPlain = pod.written.every(({ level }) => keysOf(level).every(({ text }) => !text.startsWith("restartPolicy")));
  return pod.restartPolicy.value === "OnFailure" && pod.written.length === 1 && isPlain && pod.activeDeadlineSeconds.state === "absent";
}
