/** The default of `backoffLimit`: https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/v1/defaults.go */
export const defaultBackoffLimit = 6;

/**
 * Seconds that the Job controller waits in all before its retries when every pod fails: 10 s, doubled each time, at most
 * 600 s. Source: `pkg/controller/job/backoff_utils.go`.
 */
export function waitBetweenPods(retries: number): number {
  let total = 0;
  for (let retry = 0; retry < Math.min(retries, 7); retry++) total += Math.min(10 * 2 ** retry, 600);
  return total + Math.max(0, retries - 7) * 600;
}
