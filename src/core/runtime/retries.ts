import { itemLevel, level, type Level, list, text } from "../model/field.js";
import type { Job } from "../model/workload.js";
import { gracePeriod, type PodTime, type RunTimeEvidence } from "./pod-time.js";
import { mostRounds } from "./rounds.js";

/** Until a Job that fails again and again counts as failed, in seconds; null when nothing bounds it or nothing is known. */
export interface WorstCase {
  readonly seconds: number | null;
  readonly evidence: readonly RunTimeEvidence[];
}

const unbounded: WorstCase = { seconds: null, evidence: [] };

/**
 * Every attempt takes as long as it can and fails, with the waits between them, until a limit or the deadline ends the Job and its pods
 * are gone. Scheduling, image pulls and the controller's rounds of about a second come on top, except under the Job's own deadline.
 * https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/job_controller.go
 */
export function worstCase(job: Job, pod: PodTime): WorstCase {
  const { activeDeadlineSeconds: deadline, suspend, parallelism, managedBy } = job;
  const holds = suspend.value === true ? suspend : parallelism.value === 0 ? parallelism : undefined;
  if (holds) {
    const why = holds === suspend ? "the Job is suspended, so nothing starts until it is resumed" : "parallelism is 0, so no pod starts";
    return { seconds: null, evidence: [{ text: why, seconds: Infinity, place: holds.place }] };
  }
  if (managedBy.state !== "absent" && managedBy.value !== "kubernetes.io/job-controller") return unbounded;
  const retried = allAttempts(job, pod);
  const grace = gracePeriod(job.pod);
  if (deadline.state !== "present" || (retried.seconds !== null && retried.seconds <= deadline.value)) return retried;
  if (grace === null) return unbounded;
  const said = `activeDeadlineSeconds ends the Job after ${String(deadline.value)} s`;
  const ended = { text: said, seconds: deadline.value, place: deadline.place };
  return { seconds: Math.min(retried.seconds ?? Infinity, deadline.value + grace), evidence: [ended, ...graceEvidence(job, grace)] };
}

function graceEvidence({ pod }: Job, grace: number): readonly RunTimeEvidence[] {
  const { place } = pod.terminationGracePeriodSeconds;
  return grace === 0 ? [] : [{ text: `its pods have up to ${String(grace)} s to end`, seconds: grace, place }];
}

function allAttempts(job: Job, pod: PodTime): WorstCase {
  const [rounds, grace, limit] = [mostRounds(job), gracePeriod(job.pod), retryLimit(job)];
  const attempt = longestAttempt(job, pod, grace);
  if (rounds === null || grace === null || limit === undefined || attempt === null) return unbounded;
  const { restartPolicy } = job.pod;
  if (limit.once) {
    const seconds = rounds * attempt;
    const told = { text: `the first failure ends the Job, after up to ${String(seconds)} s`, seconds, place: limit.place };
    return { seconds: seconds + killing(job, grace), evidence: [told] };
  }
  if (restartPolicy.value === "Never") return newPods(job, limit, { rounds, attempt, grace });
  return restartPolicy.value === "OnFailure" && !limit.perIndex ? restarts(job, limit, { rounds, attempt, grace }, pod) : unbounded;
}

interface Attempts {
  readonly rounds: number;
  /** Seconds that one takes at most. */
  readonly attempt: number;
  readonly grace: number;
}

interface RetryLimit {
  /** Failures after which there is another attempt. */
  readonly retries: number;
  readonly perIndex: boolean;
  /** Any failure ends the Job. */
  readonly once: boolean;
  readonly name: string;
  readonly place: RunTimeEvidence["place"] & object;
}

/** `restartPolicy: Never`: a pod that failed is followed by another. */
function newPods(job: Job, { retries, perIndex, name, place }: RetryLimit, { rounds, attempt, grace }: Attempts): WorstCase {
  const waits = (perIndex ? rounds : 1) * waitsBetweenPods(retries);
  const attempts = perIndex ? rounds * (retries + 1) : rounds + retries;
  const seconds = attempts * attempt;
  const evidence = [{ text: `${name} ${String(retries)}: ${tried(attempts, attempt)}`, seconds, place }];
  return { seconds: seconds + waits + killing(job, grace), evidence: [...evidence, ...waitEvidence(waits, place)] };
}

/** `restartPolicy: OnFailure`: the kubelet restarts containers in the same pod, and limits of 0 and 1 act alike. */
function restarts(job: Job, limit: RetryLimit, { rounds, attempt, grace }: Attempts, pod: PodTime): WorstCase {
  const { name, place, retries } = limit;
  const deadline = job.pod.activeDeadlineSeconds;
  const tries = Math.max(retries, 1);
  const inOnePod = tries * attempt + waitsBetweenRestarts(tries);
  // A pod that its deadline ends has failed, and another one follows.
  const isCut = deadline.state === "present" && (pod.most === null || inOnePod > deadline.value);
  if (isCut) return newPods(job, limit, { rounds, attempt: deadline.value + grace, grace });
  const waits = rounds * waitsBetweenRestarts(tries);
  const seconds = rounds * tries * attempt;
  const evidence = [{ text: `${name} ${String(retries)}: ${tried(rounds * tries, attempt)}`, seconds, place }];
  return { seconds: seconds + waits + grace, evidence: [...evidence, ...waitEvidence(waits, place), ...graceEvidence(job, grace)] };
}

function tried(attempts: number, seconds: number): string {
  return `${String(attempts)} ${attempts === 1 ? "attempt" : "attempts"} of up to ${String(seconds)} s`;
}

function waitEvidence(seconds: number, place: RetryLimit["place"]): readonly RunTimeEvidence[] {
  return seconds === 0 ? [] : [{ text: `the waits between them add up to ${String(seconds)} s`, seconds, place }];
}

/** Pods that still run when the Job has failed are told to end. */
function killing({ parallelism }: Job, grace: number): number {
  return (parallelism.value ?? (parallelism.state === "absent" ? 1 : 2)) > 1 ? grace : 0;
}

function longestAttempt({ pod: { activeDeadlineSeconds: deadline } }: Job, { most }: PodTime, grace: number | null): number | null {
  if (deadline.state !== "present" || (most !== null && most <= deadline.value)) return most;
  return grace === null ? null : Math.min(most ?? Infinity, deadline.value + grace);
}

/** Undefined when a template decides, or when some failures do not count. */
function retryLimit({ backoffLimit, backoffLimitPerIndex, podFailurePolicy }: Job): RetryLimit | undefined {
  const actions = failureActions(podFailurePolicy);
  if (actions === undefined || actions.includes("Ignore")) return undefined;
  const [perIndex, field] = backoffLimitPerIndex.state === "absent" ? [false, backoffLimit] : [true, backoffLimitPerIndex];
  // https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
  const retries = field.state === "absent" ? 6 : field.value;
  if (retries === undefined || retries < 0) return undefined;
  const name = perIndex ? "backoffLimitPerIndex" : "backoffLimit";
  return { retries, perIndex, once: actions.includes("FailJob always"), name, place: field.place };
}

/** What a podFailurePolicy does; undefined when a template hides some of it. */
function failureActions(policy: Level): readonly string[] | undefined {
  if (policy.state === "absent") return [];
  const rules = list(policy, "rules", (node, path) => itemLevel(node, path, policy));
  if (rules.state !== "present") return undefined;
  const actions = rules.value.map((rule) => {
    const action = text(rule, "action").value;
    return action === "FailJob" && coversEveryFailure(rule) ? "FailJob always" : action;
  });
  return actions.every((action) => action !== undefined) ? actions : undefined;
}

/** `NotIn [0]` without a container's name; the first rule that matches counts, and others before it only lessen what is left to retry. */
function coversEveryFailure(rule: Level): boolean {
  const codes = level(rule, "onExitCodes");
  const values = list(codes, "values", (node) => (node.kind === "scalar" ? node.value : undefined));
  return text(codes, "operator").value === "NotIn" && text(codes, "containerName").state === "absent" && values.value?.join() === "0";
}

/** Seconds between a failed pod and the next, 10 s doubled up to 10 min, for so many failures in a row. */
export function waitsBetweenPods(failures: number): number {
  return doubling(failures, 600);
}

/** Seconds between attempts in one pod: the first restart is immediate, then 10 s doubled up to 5 min, which nodes may set otherwise. */
export function waitsBetweenRestarts(attempts: number): number {
  return doubling(attempts - 1, 300);
}

function doubling(waits: number, longest: number): number {
  const few = Math.min(waits, 8);
  let total = Math.max(0, waits - few) * longest;
  for (let wait = 0; wait < few; wait++) total += Math.min(10 * 2 ** wait, longest);
  return total;
}
