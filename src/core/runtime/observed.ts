import { type Field, flag, itemLevel, level, type Level, list, text } from "../model/field.js";
import type { Job, KubernetesObject, Workload } from "../model/workload.js";

/** What the Jobs of one CronJob that are still in the cluster say about its runs. */
export interface ObservedRuns {
  readonly namespace: string;
  readonly name: string;
  readonly succeeded: number;
  readonly failed: number;
  /** Not finished when the list was made. */
  readonly unfinished: number;
  /** Of the runs that succeeded; undefined without any. */
  readonly seconds?: RunSeconds;
}

export interface RunSeconds {
  readonly shortest: number;
  readonly median: number;
  /** 95 of 100 runs take no longer (nearest rank). */
  readonly percentile95: number;
  readonly longest: number;
}

type Outcome = number | "failed" | "unfinished";

interface Owner {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The runs of each CronJob, by `namespace/name`, from the objects that `kubectl get cronjobs,jobs -A -o json` lists. From `startTime` to
 * `completionTime` waiting for a node and pulling images count, and so do attempts that failed.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/#JobStatus
 */
export function observe(workloads: Iterable<Workload>): ReadonlyMap<string, ObservedRuns> {
  const found = new Map<string, { readonly owner: Owner; readonly outcomes: Outcome[] }>();
  const of = (owner: Owner): Outcome[] => {
    const key = `${owner.namespace}/${owner.name}`;
    const known = found.get(key) ?? { owner, outcomes: [] };
    found.set(key, known);
    return known.outcomes;
  };
  for (const workload of workloads) {
    const { name, namespace } = workload.metadata;
    if (name.state !== "present") continue;
    const where = namespace.value ?? "default";
    const owner = workload.kind === "CronJob" ? name.value : ownerOf(workload);
    if (owner === undefined) continue;
    const outcomes = of({ namespace: where, name: owner });
    if (workload.kind === "Job") outcomes.push(outcomeOf(workload));
  }
  return new Map([...found].map(([key, { owner, outcomes }]) => [key, summary(owner, outcomes)]));
}

/** The runs of a CronJob; without a namespace, if its name is the only such in the cluster. */
export function observedRuns(
  observed: ReadonlyMap<string, ObservedRuns>,
  namespace: Field<string>,
  name: Field<string>,
): ObservedRuns | undefined {
  if (name.state !== "present" || namespace.state === "unknown") return undefined;
  if (namespace.state === "present") return observed.get(`${namespace.value}/${name.value}`);
  const same = [...observed.values()].filter((runs) => runs.name === name.value);
  return same.length === 1 ? same[0] : undefined;
}

/** The CronJob that started a Job: its controller, or what the Job's name says where the list was made without owners. */
function ownerOf({ metadata, root }: Job & KubernetesObject): string | undefined {
  const references = list(level(root, "metadata"), "ownerReferences", (node, path) => itemLevel(node, path, root));
  if (references.state === "present" && references.value.length > 0) {
    const controller = references.value.find((one) => text(one, "kind").value === "CronJob" && flag(one, "controller").value !== false);
    return controller && text(controller, "name").value;
  }
  const [, name, minutes] = /^(.{1,52})-(\d{8,10})$/.exec(metadata.name.value ?? "") ?? [];
  const started = time(text(level(root, "status"), "startTime"));
  if (name === undefined || started === undefined) return undefined;
  // The number is the minute it was due: some time before the start, and not long.
  const late = started - Number(minutes) * 60;
  return late >= -60 && late <= longestDelay ? name : undefined;
}

const longestDelay = 7 * 86_400;

function outcomeOf({ root }: Job & KubernetesObject): Outcome {
  const status = level(root, "status");
  const conditions = list(status, "conditions", (node, path) => itemLevel(node, path, root));
  const isTrue = (type: string): Level | undefined =>
    conditions.value?.find((one) => text(one, "type").value === type && text(one, "status").value === "True");
  if (isTrue("Failed")) return "failed";
  const complete = isTrue("Complete");
  const end = time(text(status, "completionTime")) ?? (complete && time(text(complete, "lastTransitionTime")));
  const start = time(text(status, "startTime"));
  if (!complete && end === undefined) return "unfinished";
  return start !== undefined && end !== undefined && end >= start ? end - start : "unfinished";
}

/** Seconds since the epoch of a time as Kubernetes writes it. */
function time({ value }: Field<string>): number | undefined {
  if (value === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function summary(owner: Owner, outcomes: readonly Outcome[]): ObservedRuns {
  const lengths = outcomes.filter((one) => typeof one === "number").sort((a, b) => a - b);
  const failed = outcomes.filter((one) => one === "failed").length;
  const counts = { ...owner, succeeded: lengths.length, failed, unfinished: outcomes.length - lengths.length - failed };
  const [shortest, longest] = [lengths[0], lengths.at(-1)];
  const percentile95 = lengths[Math.ceil(lengths.length * 0.95) - 1];
  if (shortest === undefined || longest === undefined || percentile95 === undefined) return counts;
  return { ...counts, seconds: { shortest, median: medianOf(lengths), percentile95, longest } };
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
