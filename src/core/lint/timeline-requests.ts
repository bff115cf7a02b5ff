import { type Amount, amountOfText } from "../api/amount.js";
import { level, type Level, scalar } from "../model/field.js";
import type { Container, Job, PodTemplate } from "../model/workload.js";

/** What the pods of one run request together while all that may run at once do run. */
export interface RunRequests {
  /** Thousandths of a CPU. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Pods at once. */
  readonly pods: number;
  /** Every container says how much CPU and memory it requests, and no template decides any of it. */
  readonly complete: boolean;
}

/** As the scheduler counts: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers */
export function requestsOf(job: Job): RunRequests {
  const pods = podsAtOnce(job);
  const cpu = podRequest(job.pod, "cpu");
  const memory = podRequest(job.pod, "memory");
  const count = pods ?? 1;
  return {
    cpuMilli: count * inUnits(cpu.amount, 1_000_000n),
    memoryBytes: count * inUnits(memory.amount, 1_000_000_000n),
    pods: count,
    complete: pods !== undefined && cpu.known && memory.known,
  };
}

/** Undefined where a template decides. */
function podsAtOnce({ parallelism, completions }: Job): number | undefined {
  if (parallelism.state === "unknown" || completions.state === "unknown") return undefined;
  return Math.max(0, Math.min(parallelism.value ?? 1, completions.value ?? Infinity));
}

/** Rounded up, as the scheduler does. */
function inUnits(amount: Amount, nanos: bigint): number {
  return Number((amount + nanos - 1n) / nanos);
}

type Resource = "cpu" | "memory";

interface Request {
  readonly amount: Amount;
  readonly known: boolean;
}

function podRequest(pod: PodTemplate, resource: Resource): Request {
  const ofContainers = containerRequests(pod, resource);
  const own = ownRequest(level(pod.spec, "resources"), resource);
  // A limit of the pod becomes its request only where no container requests any.
  const isOwn = own && (own.from === "requests" || ofContainers.amount === 0n);
  const { amount, known } = isOwn ? own : ofContainers;
  const overhead = quantityIn(level(pod.spec, "overhead"), resource);
  return { amount: amount + (overhead?.amount ?? 0n), known: known && overhead?.known !== false };
}

/** Sidecars run beside all that start after them; other init containers run one at a time, before the rest. */
function containerRequests({ written, containers, initContainers }: PodTemplate, resource: Resource): Request {
  let known = containers.state === "present" && initContainers.state !== "unknown";
  let [together, sidecars, starting] = [0n, 0n, 0n];
  const requestOf = (container: Container): Amount => {
    const own = ownRequest(container.resources, resource);
    known &&= own?.known === true;
    return own?.amount ?? 0n;
  };
  for (const container of written.filter(({ init }) => !init)) together += requestOf(container);
  for (const container of written.filter(({ init }) => init)) {
    const amount = requestOf(container);
    if (container.restartPolicy.value === "Always") sidecars += amount;
    const now = container.restartPolicy.value === "Always" ? sidecars : sidecars + amount;
    if (now > starting) starting = now;
  }
  together += sidecars;
  return { amount: together > starting ? together : starting, known };
}

/** A limit without a request is its own request. */
function ownRequest(resources: Level, resource: Resource): (Request & { readonly from: "requests" | "limits" }) | undefined {
  for (const from of ["requests", "limits"] as const) {
    const found = quantityIn(level(resources, from), resource);
    if (found) return { ...found, from };
  }
  return undefined;
}

function quantityIn(list: Level, resource: Resource): Request | undefined {
  const written = scalar(list, resource);
  if (written.state === "absent") return undefined;
  const amount = written.state === "present" && typeof written.value.value !== "boolean" ? amountOfText(written.value.text) : undefined;
  return { amount: amount !== undefined && amount > 0n ? amount : 0n, known: amount !== undefined };
}
