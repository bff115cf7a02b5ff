import { text } from "../model/field.js";
import type { Job } from "../model/workload.js";
import { durationSeconds } from "../time/length.js";
import { failingJob } from "./failing.js";
import { observedRuns, type ObservedRuns } from "./observed.js";
import { type PodTime, podTimeOf, type RunTimeEvidence } from "./pod-time.js";
import { type WorstCase, worstCase } from "./retries.js";
import { leastRounds, mostRounds } from "./rounds.js";

/**
 * How long a run takes, in seconds from the start of its first pod; scheduling, image pulls and attempts that may fail come on top,
 * deadlines and attempts that surely fail are counted in.
 */
export interface RunTime {
  /** No run that succeeds is shorter. Of observed runs: the shortest. */
  readonly least: number;
  /** No run is shorter, not even one that fails. */
  readonly shortest: number;
  /** No first attempt is shorter. */
  readonly attempt: number;
  /** No attempt fails, as far as is known. */
  readonly succeeds: boolean;
  /** No run is longer; null when nothing bounds it or nothing is known. Of observed runs: the longest. */
  readonly most: number | null;
  /** The same with attempts that may fail, the waits between them, and the time that pods have to end after a deadline. */
  readonly mostOfJob: number | null;
  /** Where it comes from, in order of precedence. */
  readonly from: "annotation" | "settings" | "observed" | "script";
  /** What says so: `the script sleeps 100 s`, with the place that says it. Empty when nothing is known. */
  readonly evidence: readonly RunTimeEvidence[];
  /** What bounds `most`: `the script takes up to 30 s`, a deadline. Empty when nothing does. */
  readonly bounds: readonly RunTimeEvidence[];
  /** With every attempt that the Job allows. */
  readonly worst: WorstCase;
}

export type { RunTimeEvidence } from "./pod-time.js";
export type { WorstCase } from "./retries.js";

/** What is known about run times besides the manifest. */
export interface KnownRunTimes {
  /** Seconds by `namespace/name` or `name`, from the settings. */
  readonly runtimes: Readonly<Record<string, number>>;
  /** By `namespace/name`, from the cluster. */
  readonly observed?: ReadonlyMap<string, ObservedRuns>;
}

/** An annotation of the CronJob or Job, with a duration such as `20m`. */
const annotation = "kronlint/expected-runtime";

/** Of the whole Job, before deadlines. */
type Known = Omit<RunTime, "worst" | "attempt" | "succeeds" | "mostOfJob"> & { readonly pod: PodTime };

/** What the annotation says, else the settings, else what was observed, else what the scripts show. */
export function runTimeOf(job: Job, { runtimes, observed }: KnownRunTimes): RunTime {
  const known = fromAnnotation(job) ?? fromSettings(job, runtimes) ?? fromObserved(job, observed) ?? fromScripts(job);
  return withinDeadlines(job, known);
}

function fromAnnotation(job: Job): Known | undefined {
  for (const { annotations } of [job.object.metadata, job.metadata]) {
    const field = text(annotations, annotation);
    const seconds = field.state === "present" ? durationSeconds(field.value) : undefined;
    if (field.state !== "present" || seconds === undefined || seconds === 0) continue;
    const written = field.value.trim();
    const said = `a run is expected to take ${/[a-z]$/.test(written) ? written : `${written} s`}`;
    return exactly(job, "annotation", { text: said, seconds, place: field.place });
  }
  return undefined;
}

function fromSettings(job: Job, runtimes: KnownRunTimes["runtimes"]): Known | undefined {
  const { metadata } = job.object;
  if (metadata.name.state !== "present") return undefined;
  const name = metadata.name.value;
  // A manifest without a namespace is mostly applied to the default one.
  const namespace = metadata.namespace.state === "absent" ? "default" : (metadata.namespace.value ?? "");
  const seconds = runtimes[`${namespace}/${name}`] ?? runtimes[name];
  if (seconds === undefined) return undefined;
  return exactly(job, "settings", { text: `a run takes ${String(seconds)} s by the settings`, seconds });
}

function exactly(job: Job, from: Known["from"], said: RunTimeEvidence): Known {
  const seconds = said.seconds;
  const each = seconds / Math.max(1, mostRounds(job) ?? 1);
  const pod = { least: each, shortest: each, most: each, succeeds: true, fails: false, evidence: [said], bounds: [said] };
  return { least: seconds, shortest: seconds, most: seconds, from, evidence: [said], bounds: [said], pod };
}

/** Runs of the past bound nothing, but say how long runs take; what every attempt takes at worst, they do not say. */
function fromObserved({ object, cronJob }: Job, observed: KnownRunTimes["observed"]): Known | undefined {
  const runs = cronJob && observed && observedRuns(observed, object.metadata.namespace, object.metadata.name);
  if (runs?.seconds === undefined) return undefined;
  const { shortest, median, percentile95, longest } = runs.seconds;
  const many = runs.succeeded === 1 ? "the run" : `the ${String(runs.succeeded)} runs`;
  const range = `${String(shortest)} to ${String(longest)} s, ${String(median)} s at the median and ${String(percentile95)} s at the 95th percentile`;
  const failures = runs.failed === 0 ? "" : `, and ${String(runs.failed)} failed`;
  const text = `${many} seen in the cluster took ${shortest === longest ? `${String(shortest)} s` : range}${failures}`;
  const said = { text, seconds: shortest };
  const pod = { least: 0, shortest: 0, most: null, succeeds: false, fails: false, evidence: [], bounds: [] };
  const bounds = [{ ...said, seconds: longest }];
  return { least: shortest, shortest, most: longest, from: "observed", evidence: [said], bounds, pod };
}

function fromScripts(job: Job): Known {
  const pod = podTimeOf(job.pod);
  const { evidence, bounds } = pod;
  const failing = failingJob(job, pod);
  if (failing) {
    const { seconds, evidence: told } = failing;
    const { seconds: most } = worstCase(job, pod);
    return { least: seconds, shortest: seconds, most, from: "script", evidence: told, bounds: most === null ? [] : told, pod };
  }
  const [fewest, many] = [leastRounds(job), mostRounds(job)];
  const isOurs = job.managedBy.state === "absent" || job.managedBy.value === "kubernetes.io/job-controller";
  // Nothing times nothing is nothing, whatever the other factor.
  const least = fewest === 0 ? 0 : pod.least * fewest;
  const most = many === 0 ? 0 : many === null || pod.most === null || !isOurs ? null : pod.most * many;
  const shortest = pod.succeeds ? least : Math.min(least, pod.shortest);
  return { least, shortest, most, from: "script", evidence, bounds: most === null ? [] : bounds, pod };
}

/** A deadline of the Job ends everything; one of the pod ends each attempt. */
function withinDeadlines(job: Job, run: Known): RunTime {
  const { pod, from, evidence } = run;
  const { activeDeadlineSeconds: ofJob, pod: { activeDeadlineSeconds: ofPod } } = job;
  const worst = worstCase(job, pod);
  const { succeeds } = pod;
  const shortestDeadline = Math.min(ofJob.value ?? Infinity, ofPod.value ?? Infinity);
  const isTemplated = ofJob.state === "unknown" || ofPod.state === "unknown";
  const least = Math.min(run.least, shortestDeadline);
  const shortest = isTemplated ? 0 : Math.min(run.shortest, shortestDeadline);
  const many = mostRounds(job);
  const cuts = [
    { field: ofPod, seconds: (ofPod.value ?? Infinity) * (many ?? Infinity), what: "each pod" },
    { field: ofJob, seconds: ofJob.value ?? Infinity, what: "the Job" },
  ];
  const attempt = Math.min(shortest, pod.shortest);
  const isHeld = job.suspend.value === true || job.parallelism.value === 0;
  let { most, bounds } = run;
  for (const { field, seconds, what } of cuts) {
    if (field.state !== "present" || !(seconds < (most ?? Infinity))) continue;
    most = seconds;
    bounds = [{ text: `activeDeadlineSeconds ends ${what} after ${String(field.value)} s`, seconds, place: field.place }];
  }
  const isPlain = most === run.most && (succeeds || run.from === "observed") && !isHeld;
  return { from, evidence, least, shortest, attempt, succeeds, most, mostOfJob: isPlain ? most : worst.seconds, bounds, worst };
}
